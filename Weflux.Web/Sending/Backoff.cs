using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.Sending;

/// <summary>When a message that was refused for the moment is tried again, and how long a number rests that was.</summary>
internal static class Backoff
{
    private const int PairLimit = 131056;
    private const int AppLimit = 4;
    private const int AccountLimit = 80007;
    private const int ThroughputLimit = 130429;
    private const int Maintenance = 131057;
    private const int SpamLimit = 131048;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>After so many refusals a message goes back to its author.</summary>
    /// <param name="fault">Why it was refused; null if it did not even leave.</param>
    public static int MostRefusals(PlatformFault? fault) =>
        // The number's trouble is not the message's: about an hour of rests of a minute.
        fault is not null && PlatformErrors.Of(fault.Code).Scope == FaultScope.Number ? 60 : 12;

    /// <param name="fault">Why it was refused; null if it did not even leave.</param>
    /// <param name="refusals">How often before, 0 at the first.</param>
    public static TimeSpan After(PlatformFault? fault, int refusals) => Jittered(fault?.Code switch
    {
        // The platform asks for 4^n seconds between messages to one person.
        PairLimit => Power(4, 1, refusals + 1, Longest),
        null => Power(2, 1, refusals, Longest),
        { } code when PlatformErrors.Of(code).Scope >= FaultScope.Number => Rest(code, refusals),
        _ => Power(2, 1, refusals, Longest),
    });

    /// <summary>How long a number rests, so that what waits behind the refused message is not refused as well.</summary>
    /// <param name="code">The platform's code, or <see cref="OwnFaults.NotReached"/>.</param>
    /// <param name="times">How many rests in a row it had before.</param>
    public static TimeSpan OfNumber(int code, int times) => Jittered(Rest(code, times));

    private static TimeSpan Rest(int code, int times) => code switch
    {
        ThroughputLimit => Power(2, 1, times, TimeSpan.FromMinutes(1)),
        Maintenance => Power(2, 15, times, TimeSpan.FromMinutes(1)),
        SpamLimit => Power(2, 300, times, TimeSpan.FromHours(1)),
        AppLimit or AccountLimit => TimeSpan.FromMinutes(Math.Min(1 + times, 10)),
        OwnFaults.NotReached => Power(2, 5, times, TimeSpan.FromMinutes(1)),
        _ => Power(2, 2, times, TimeSpan.FromMinutes(1)),
    };

    private static TimeSpan Power(int power, int seconds, int steps, TimeSpan most)
    {
        var wait = seconds * Math.Pow(power, Math.Min(steps, 12));
        return wait < most.TotalSeconds ? TimeSpan.FromSeconds(wait) : most;
    }

    // Never less than the platform asks for.
    private static TimeSpan Jittered(TimeSpan wait) => wait + (wait * (Random.Shared.NextDouble() * 0.2));
}
