using Weflux.Domain.Sending;

namespace Weflux.Domain.Conversations;

/// <summary>Until when a conversation can be put off.</summary>
public static class SnoozePolicy
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The shortest snooze.</summary>
    public static TimeSpan Shortest => TimeSpan.FromMinutes(1);

    /// <summary>The longest snooze.</summary>
    public static TimeSpan Longest => TimeSpan.FromDays(366);

    /// <summary>Whether a conversation can be put off until then.</summary>
    public static DueTime Judge(DateTimeOffset until, DateTimeOffset now) =>
        until - now < Shortest ? DueTime.TooSoon : until - now > Longest ? DueTime.TooFar : DueTime.Fits;

    /// <summary>Times that people mean by "later", by the clock on the wall of the business.</summary>
    public static IReadOnlyList<LaterChoice> Choices(DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return
        [
            new LaterChoice("In 1 hour", now + Hour),
            .. WallClock.Choices(now, zone).Select(c => c with
            {
                Name = c.Name switch
                {
                    "Later today" => "This evening",
                    "Tomorrow" => "Tomorrow morning",
                    _ => c.Name,
                },
            }),
        ];
    }
}
