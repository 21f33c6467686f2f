using Weflux.Domain.Notices;

namespace Weflux.Web.Inbox.Notices;

/// <summary>What became of something that a person was told of.</summary>
public enum NoticeState
{
    /// <summary>It holds good, and the person has not seen it.</summary>
    Unread = 1,

    /// <summary>The person has seen it.</summary>
    Read = 2,

    /// <summary>Somebody dealt with it, or it is over.</summary>
    Handled = 3,
}

/// <summary>One line behind the bell, as one person sees it.</summary>
/// <param name="Id">The notice; 0 for the line that tells of customers whom nobody holds.</param>
/// <param name="Kind">What.</param>
/// <param name="ConversationId">The conversation to open; null for the list of those that nobody holds, or for one that the person may not see any more.</param>
/// <param name="Subject">Who or what it is about, in as few words as can be.</param>
/// <param name="Title">What happened.</param>
/// <param name="Text">What was written, if it may be shown; null if not.</param>
/// <param name="At">When it last happened (UTC).</param>
/// <param name="Sequence">The workspace's change counter when it last happened.</param>
/// <param name="State">What became of it.</param>
/// <param name="Ways">How the person wants to be told of it.</param>
public sealed record NoticeLine(
    long Id,
    NoticeKind Kind,
    long? ConversationId,
    string Subject,
    string Title,
    string? Text,
    DateTimeOffset At,
    long Sequence,
    NoticeState State,
    NoticeWays Ways)
{
    /// <summary>What a notice of the browser about it is known by.</summary>
    public string Key => FormattableString.Invariant($"n{Id}");

    /// <summary>Whether it stands behind the bell.</summary>
    public bool IsInBell => Ways.HasFlag(NoticeWays.Bell);
}

/// <summary>What a person is told of.</summary>
/// <param name="Lines">Everything, the newest first, also what is told by the browser alone.</param>
/// <param name="Watched">The conversations whose changes can change a line.</param>
/// <param name="Counter">The workspace's change counter before the read.</param>
/// <param name="Preferences">How the person wants to be told.</param>
/// <param name="ShowsText">Whether what was written may be shown: the person wants it and the workspace does not forbid it.</param>
public sealed record NoticeBoard(
    IReadOnlyList<NoticeLine> Lines, IReadOnlySet<long> Watched, long Counter, Account.PersonPreferences Preferences, bool ShowsText)
{
    /// <summary>The lines behind the bell.</summary>
    public IEnumerable<NoticeLine> InBell => Lines.Where(l => l.IsInBell);

    /// <summary>How many lines behind the bell the person has not seen.</summary>
    public int Unread => InBell.Count(l => l.State == NoticeState.Unread);

    /// <summary>The newest change that the lines tell of.</summary>
    public long Newest => Lines.Count == 0 ? 0 : Lines.Max(l => l.Sequence);
}
