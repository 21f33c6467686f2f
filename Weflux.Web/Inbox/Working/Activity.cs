using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Media;

namespace Weflux.Web.Inbox.Working;

/// <summary>What stands in a thread beside the messages: a note, or a line of what happened.</summary>
/// <param name="At">When it was written or happened (UTC).</param>
/// <param name="Id">Its key among its kind.</param>
public abstract record ActivityItem(DateTimeOffset At, long Id)
{
    /// <summary>Tells it from every other one in the thread.</summary>
    public abstract string Key { get; }
}

/// <summary>A note as one reader sees it.</summary>
/// <param name="Author">Who wrote it; null if nobody knows any more.</param>
/// <param name="Pieces">What it says; empty once deleted.</param>
/// <param name="IsMine">Whether this reader wrote it, and may edit and delete it.</param>
/// <param name="MentionsMe">Whether it mentions this reader.</param>
public sealed record NoteView(
    DateTimeOffset At,
    long Id,
    Colleague? Author,
    UserId AuthorId,
    IReadOnlyList<NotePieceView> Pieces,
    DateTimeOffset? EditedAt,
    bool IsDeleted,
    bool IsMine,
    bool MentionsMe) : ActivityItem(At, Id)
{
    /// <summary>What the API key is called that wrote it; null if a person did.</summary>
    public string? Program { get; init; }

    /// <summary>Who wrote it, for somebody who reads.</summary>
    public string Who => IsMine ? "You" : Program is { } program ? ActivityWords.Api(program) : Author?.Name ?? "A former member";

    public override string Key => $"note-{Id}";

    /// <summary>Its files, in their order.</summary>
    public IReadOnlyList<MediaView> Files { get; init; } = [];
}

/// <summary>A piece of a note: words, or the name of somebody who is mentioned.</summary>
public readonly record struct NotePieceView(string Words, bool IsMention, bool IsMe);

/// <summary>Something that happened.</summary>
/// <param name="By">Who did it, a program by the name of its key; null for the customer or Weflux itself.</param>
/// <param name="IsByMe">Whether this reader did it.</param>
/// <param name="Subject">To whom, by name of the member or the team; null for nobody.</param>
/// <param name="IsToMe">Whether it came to this reader.</param>
public sealed record EventView(
    DateTimeOffset At,
    long Id,
    ConversationEventKind Kind,
    AssignmentReason? Reason,
    string? By,
    bool IsByMe,
    string? Subject,
    bool IsToMe,
    string? Words,
    DateTimeOffset? Until) : ActivityItem(At, Id)
{
    public override string Key => $"event-{Id}";

    /// <summary>Whether somebody did it with themselves.</summary>
    public bool IsByThemselves { get; init; }
}

/// <summary>The window closed. Nothing is stored of it: it follows from when the customer wrote.</summary>
public sealed record WindowClosedView(DateTimeOffset At) : ActivityItem(At, 0)
{
    public override string Key => FormattableString.Invariant($"closed-{At.UtcTicks}");
}

/// <summary>A team to assign to.</summary>
public sealed record TeamView(long Id, string Name);

/// <summary>Somebody to assign to, or to mention.</summary>
public sealed record MemberView(UserId User, string Name, Guid? Picture, Role Role);
