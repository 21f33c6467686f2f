namespace Weflux.Web.Live;

/// <summary>
/// How long a part of a screen leaves news alone after it has read. Reading is a small part of the time, however many screens
/// are open and however long it takes them.
/// </summary>
internal static class NewsPace
{
    /// <summary>One part of reading to so many of rest.</summary>
    private const int Share = 20;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    /// <param name="took">How long it took, with the waiting for its turn.</param>
    public static TimeSpan RestAfter(TimeSpan took) => TimeSpan.FromTicks(Math.Clamp(took.Ticks * Share, Least.Ticks, Most.Ticks));
}
