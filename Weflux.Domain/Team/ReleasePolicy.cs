namespace Weflux.Domain.Team;

/// <summary>
/// When conversations that wait for an answer are taken off somebody who is not there. What is closed, snoozed or answered
/// stays: it needs nobody now, and whoever held it is asked first when the customer writes again.
/// </summary>
/// <param name="AwayAfter">Minutes after somebody chose to be away; 0 for never.</param>
/// <param name="OfflineAfter">Minutes after somebody went offline; 0 for never. It counts only while the business is open: after hours nobody else would answer either.</param>
public readonly record struct ReleasePolicy(int AwayAfter, int OfflineAfter)
{
    /// <summary>The minutes that can be chosen.</summary>
    public static IReadOnlyList<int> Choices { get; } = [0, 1, 5, 15];

    /// <summary>What a new workspace starts with: choosing to be away is a decision, losing the connection is none.</summary>
    public static ReleasePolicy Default => new(AwayAfter: 1, OfflineAfter: 0);

    /// <summary>Whether the minutes are among those that can be chosen.</summary>
    public bool IsSound => Choices.Contains(AwayAfter) && Choices.Contains(OfflineAfter);

    /// <summary>Whether what waits with this person is to be released, unless it came to them within the grace.</summary>
    /// <param name="presence">How the person is there.</param>
    /// <param name="since">Since when (UTC).</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="isOpen">Whether the business is open, and was for the grace of those who are offline, or has no hours.</param>
    public bool IsDue(MemberPresence presence, DateTimeOffset since, DateTimeOffset now, bool isOpen) =>
        GraceOf(presence) is { } grace && now - since >= grace && (isOpen || presence != MemberPresence.Offline);

    /// <summary>How long somebody is left what they hold, from when they went or were given it, whichever was later; null if nothing is taken off them.</summary>
    /// <param name="presence">How the person is there.</param>
    public TimeSpan? GraceOf(MemberPresence presence)
    {
        var minutes = presence switch
        {
            MemberPresence.Away => AwayAfter,
            MemberPresence.Offline => OfflineAfter,
            _ => 0,
        };
        return minutes > 0 ? TimeSpan.FromMinutes(minutes) : null;
    }
}
