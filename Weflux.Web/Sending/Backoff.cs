using Weflux.Domain.Conversations;

namespace Weflux.Web.Sending;

/// <summary>When a message that was refused for the moment is tried again.</summary>
internal static class Backoff
{
    /// <summary>After so many refusals a message goes back to its author.</summary>
    public const int MostRefusals = 12;

    private const int PairLimit = 131056;
    private const int AppLimit = 4;
    private const int AccountLimit = 80007;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <param name="fault">Why it was refused; null if it did not even leave.</param>
    /// <param name="refusals">How often before, 0 at the first.</param>
    public static TimeSpan After(PlatformFault? fault, int refusals)
    {
        var steps = Math.Min(refusals, 10);
        var wait = fault?.Code switch
        {
            // The platform asks for 4^n seconds between messages to one person.
            PairLimit => TimeSpan.FromSeconds(Math.Pow(4, Math.Max(1, steps + 1))),
            AppLimit or AccountLimit => TimeSpan.FromMinutes(1 + steps),
            _ => TimeSpan.FromSeconds(Math.Pow(2, steps)),
        };
        var bounded = wait < Longest ? wait : Longest;
        return bounded + (bounded * (Random.Shared.NextDouble() * 0.2));
    }
}
