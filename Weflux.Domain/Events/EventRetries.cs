namespace Weflux.Domain.Events;

/// <summary>When an event that was not taken is sent again, and when an address is left in peace.</summary>
public static class EventRetries
{
    private const int MostDoublings = 4;
    private const double Spread = 0.1;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private static readonly TimeSpan ShortestStreak = TimeSpan.FromHours(12);

    // The longest wait with the most that is added to it, a rest, and room.
    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(36);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    /// <summary>How often an event is sent at most: once, and once after each wait.</summary>
    public static int MostTries => Waits.Length + 1;

    /// <summary>How long an address may fail, with no event taken, before it is switched off.</summary>
    public static TimeSpan Patience => TimeSpan.FromDays(5);

    /// <summary>How many failures in a row make an address rest.</summary>
    public static int FailuresBeforeRest => 3;

    /// <summary>How long to wait after a failure.</summary>
    /// <param name="tries">How often it was sent, at least once.</param>
    /// <param name="chance">From 0 to 1: waits are up to a tenth longer, so that what failed together is not sent together.</param>
    /// <returns>Null if it is not sent again.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It was never sent, or the chance is not between 0 and 1.</exception>
    public static TimeSpan? After(int tries, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tries, 1);
        if (chance is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(chance));
        }

        return tries > Waits.Length ? null : Waits[tries - 1] * (1 + (Spread * chance));
    }

    /// <summary>How long an address rests, so that one that does not answer takes nobody's time.</summary>
    /// <param name="failures">How many sendings failed one after another.</param>
    /// <returns>Zero for no rest.</returns>
    public static TimeSpan Rest(int failures)
    {
        if (failures < FailuresBeforeRest)
        {
            return TimeSpan.Zero;
        }

        var rest = ShortestRest * Math.Pow(2, Math.Min(failures - FailuresBeforeRest, MostDoublings));
        return rest < LongestRest ? rest : LongestRest;
    }

    /// <summary>
    /// When, seen from a failure, there must have been another one before an address is switched off: half a day before at least,
    /// so that both are not the same bad moment, and not before the longest wait. An address that gets few events may have been
    /// well for weeks after its first failure, with nothing sent that shows it.
    /// </summary>
    /// <param name="now">The time (UTC).</param>
    public static (DateTimeOffset From, DateTimeOffset To) Before(DateTimeOffset now) => (now - LongestGap, now - ShortestStreak);

    /// <summary>Whether an address that has failed since then is switched off, if it failed <see cref="Before"/> as well.</summary>
    /// <param name="failingSince">When the first of the failures was, with nothing taken since; null if there is none.</param>
    /// <param name="now">The time (UTC).</param>
    public static bool IsGivenUp(DateTimeOffset? failingSince, DateTimeOffset now) => now - failingSince >= Patience;
}
