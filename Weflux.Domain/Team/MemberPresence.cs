namespace Weflux.Domain.Team;

/// <summary>Whether a member is there for customers now: a choice of theirs plus the fact that a page of theirs is open.</summary>
public enum MemberPresence
{
    /// <summary>No page of theirs is open, whatever they chose.</summary>
    Offline = 0,

    /// <summary>A page is open, and they chose to be away or nobody has touched it for long.</summary>
    Away = 1,

    /// <summary>A page is open, it is used, and they chose to be available.</summary>
    Available = 2,
}

/// <summary>What a member says of themselves.</summary>
public enum PresenceChoice
{
    /// <summary>There for customers whenever a page is open. What everybody starts with.</summary>
    Available = 1,

    /// <summary>Not there for customers, page or not.</summary>
    Away = 2,
}

/// <summary>
/// What is known of a member, from which the presence follows. Times only ever move on, so several nodes that know
/// different pages of one person write them without asking each other.
/// </summary>
/// <param name="Choice">What the member chose.</param>
/// <param name="AwayUntil">When a choice to be away is over (UTC, exclusive); null if it stays until the member says otherwise.</param>
/// <param name="OpenAt">The latest moment at which a page of theirs was known to be open (UTC); null if none ever was.</param>
/// <param name="UsedAt">The latest moment at which an open page was known to be in use (UTC); null if none ever was.</param>
public sealed record PresenceFacts(PresenceChoice Choice, DateTimeOffset? AwayUntil, DateTimeOffset? OpenAt, DateTimeOffset? UsedAt)
{
    /// <summary>Nobody was ever here.</summary>
    public static PresenceFacts None { get; } = new(PresenceChoice.Available, null, null, null);

    /// <summary>
    /// How long a page still counts after it was last known to be open: longer than a page takes to load again, and than
    /// two notices of a node that may get lost. After a node dies its people are offline within this time.
    /// </summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(45);

    /// <summary>How long an open page may lie untouched before its member counts as away.</summary>
    public static TimeSpan Idle { get; } = TimeSpan.FromMinutes(15);

    /// <summary>How far ahead somebody may say when they are back.</summary>
    public static TimeSpan LongestAway { get; } = TimeSpan.FromDays(30);

    /// <summary>Whether a page counts as open at that time: the grace is half-open, so at its very end it does not.</summary>
    /// <param name="now">The time (UTC).</param>
    public bool IsOpenAt(DateTimeOffset now) => IsFresh(OpenAt, now);

    /// <summary>Whether the member's own choice keeps them away at that time. At the very end of a choice with an end it does not.</summary>
    /// <param name="now">The time (UTC).</param>
    public bool IsAwayByChoiceAt(DateTimeOffset now) => Choice == PresenceChoice.Away && (AwayUntil is not { } until || now < until);

    /// <summary>The presence at that time.</summary>
    /// <param name="now">The time (UTC).</param>
    public MemberPresence At(DateTimeOffset now) =>
        !IsOpenAt(now) ? MemberPresence.Offline
        : IsAwayByChoiceAt(now) || !IsFresh(UsedAt, now) ? MemberPresence.Away
        : MemberPresence.Available;

    /// <summary>Since when it is so, as far as the facts tell: for a change that nobody has written down yet.</summary>
    /// <param name="now">The time (UTC).</param>
    /// <returns>The moment; <paramref name="now"/> if the facts do not tell.</returns>
    public DateTimeOffset ChangedBy(DateTimeOffset now) => At(now) switch
    {
        MemberPresence.Offline => OpenAt ?? now,
        MemberPresence.Away when !IsAwayByChoiceAt(now) => UsedAt ?? now,
        MemberPresence.Available when Choice == PresenceChoice.Away => AwayUntil ?? now,
        _ => now,
    };

    private static bool IsFresh(DateTimeOffset? at, DateTimeOffset now) => at is { } known && now < known + Grace;
}
