using Microsoft.AspNetCore.Components;
using Weflux.Web.Scheduling;
using Weflux.Web.Work;

namespace Weflux.Web.Inbox.Working;

/// <summary>Until when the conversation is put off.</summary>
public sealed partial class SnoozeMenu
{
    private SnoozeForm? _form;

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private SnoozeConversation Snooze { get; set; } = null!;

    [Inject]
    private ScheduledQuery Scheduled { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private DateTimeOffset Now => Time.GetUtcNow();

    protected override async Task OpenAsync()
    {
        await base.OpenAsync();
        _form = new SnoozeForm(Now, Me is { } actor ? await Scheduled.ZoneAsync(actor) ?? TimeZoneInfo.Utc : TimeZoneInfo.Utc);
    }

    private Task SnoozeAsync(DateTimeOffset until) => RunAsync(actor => Snooze.ExecuteAsync(actor, Head.ConversationId, until));

    private Task SnoozeAtAsync() => _form?.Read(Now) is { } until ? SnoozeAsync(until) : Task.CompletedTask;
}
