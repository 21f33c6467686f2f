using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.Inbox.Working;

/// <summary>A day and a time until which something is put off, as a menu asks for them.</summary>
public sealed class SnoozeForm(DateTimeOffset now, TimeZoneInfo zone)
{
    /// <summary>Whose clock times are read by.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>Times that people mean by "later".</summary>
    public IReadOnlyList<LaterChoice> Choices { get; } = SnoozePolicy.Choices(now, zone);

    public DateOnly? Day { get; set; } = DateOnly.FromDateTime(WallClock.Show(now, zone).AddDays(1));

    public TimeOnly? Time { get; set; } = new TimeOnly(9, 0);

    /// <summary>What is wrong with the day and the time; null if nothing is.</summary>
    public string? Fault { get; private set; }

    /// <returns>The moment that was asked for; null if there is none, and then the fault says why.</returns>
    public DateTimeOffset? Read(DateTimeOffset now)
    {
        if (Day is not { } day || Time is not { } time)
        {
            Fault = "Choose a day and a time.";
            return null;
        }

        Fault = WallClock.Read(day.ToDateTime(time), zone, out var until) == WallTime.Never
            ? "The clocks are put forward over that time. Choose another one."
            : SnoozePolicy.Judge(until, now) switch
            {
                DueTime.TooSoon => "That time is past. Choose a later one.",
                DueTime.TooFar => "That is more than a year ahead. Choose an earlier day.",
                _ => null,
            };
        return Fault is null ? until : null;
    }
}
