using Weflux.Domain.Sending;

namespace Weflux.Domain.Team;

/// <summary>Until when people mean to be away.</summary>
public static class AwayTimes
{
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Moments that are offered, in their order, by the clock on the wall of the business.</summary>
    /// <param name="now">The time (UTC).</param>
    /// <param name="zone">Where the clock hangs.</param>
    /// <returns>Half an hour and an hour from now, and tomorrow morning unless the clocks skip it. Each is within <see cref="PresenceFacts.LongestAway"/>.</returns>
    public static IReadOnlyList<LaterChoice> Choices(DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return
        [
            new LaterChoice("For 30 minutes", now + HalfHour),
            new LaterChoice("For 1 hour", now + Hour),
            .. WallClock.Choices(now, zone).Where(c => string.Equals(c.Name, "Tomorrow", StringComparison.Ordinal))
                .Select(c => c with { Name = "Until tomorrow morning" }),
        ];
    }
}
