using Microsoft.AspNetCore.Components;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Scheduling;
using Weflux.Web.Work;

namespace Weflux.Web.Inbox.Working;

/// <summary>Until when the conversation is put off.</summary>
public sealed partial class SnoozeMenu
{
    private IReadOnlyList<LaterChoice> _choices = [];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private DateOnly? _day;
    private TimeOnly? _time;
    private string? _fault;

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private SnoozeConversation Snooze { get; set; } = null!;

    [Inject]
    private ScheduledQuery Scheduled { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private DateTimeOffset Now => Time.GetUtcNow();

    private ScreenClock Wall => Clock.In(_zone);

    protected override async Task OpenAsync()
    {
        await base.OpenAsync();
        _zone = Me is { } actor ? await Scheduled.ZoneAsync(actor) ?? TimeZoneInfo.Utc : TimeZoneInfo.Utc;
        _choices = SnoozePolicy.Choices(Now, _zone);
        var tomorrow = WallClock.Show(Now, _zone).AddDays(1);
        (_day, _time, _fault) = (DateOnly.FromDateTime(tomorrow), new TimeOnly(9, 0), null);
    }

    private Task SnoozeAsync(DateTimeOffset until) => RunAsync(actor => Snooze.ExecuteAsync(actor, Head.ConversationId, until));

    private async Task SnoozeAtAsync()
    {
        if (_day is not { } day || _time is not { } time)
        {
            _fault = "Choose a day and a time.";
            return;
        }

        _fault = WallClock.Read(day.ToDateTime(time), _zone, out var until) == WallTime.Never
            ? "The clocks are put forward over that time. Choose another one."
            : SnoozePolicy.Judge(until, Now) switch
            {
                DueTime.TooSoon => "That time is past. Choose a later one.",
                DueTime.TooFar => "That is more than a year ahead. Choose an earlier day.",
                _ => null,
            };
        if (_fault is null)
        {
            await SnoozeAsync(until);
        }
    }
}
