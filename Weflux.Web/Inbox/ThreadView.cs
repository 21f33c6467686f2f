using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Media;

namespace Weflux.Web.Inbox;

/// <summary>A conversation as one reader sees it: its head and its newest messages.</summary>
/// <param name="Head">Everything above and beside the messages.</param>
/// <param name="Messages">The newest messages, oldest first.</param>
/// <param name="HasOlder">Whether there are older ones.</param>
/// <param name="Draft">What the reader had typed.</param>
/// <param name="ChangeSequence">Ask for changes after this.</param>
public sealed record ThreadView(
    ThreadHead Head,
    IReadOnlyList<ThreadMessage> Messages,
    bool HasOlder,
    DraftView Draft,
    long ChangeSequence);

/// <summary>What happened in a thread since it was read.</summary>
/// <param name="Head">The head as it is now.</param>
/// <param name="Messages">Messages that are new or changed, oldest first.</param>
/// <param name="ChangeSequence">Ask for changes after this.</param>
public sealed record ThreadChanges(ThreadHead Head, IReadOnlyList<ThreadMessage> Messages, long ChangeSequence)
{
    /// <summary>Whether so much happened that the thread is better opened anew; no messages are told then.</summary>
    public bool IsTooMuch { get; init; }
}

/// <summary>Older messages, oldest first.</summary>
public sealed record OlderMessages(IReadOnlyList<ThreadMessage> Messages, bool HasOlder);

/// <summary>The head of a thread.</summary>
/// <param name="Reply">Whether a free-form reply could be sent now, and if not, why.</param>
/// <param name="Template">Whether a utility template could be sent now; the window does not matter to it.</param>
public sealed record ThreadHead(
    long ConversationId,
    long Version,
    ContactView Contact,
    string ConnectionName,
    string ConnectionNumber,
    ConversationState State,
    UserId? AssigneeId,
    Colleague? Assignee,
    bool NeedsReply,
    int InboundCount,
    DateTimeOffset? WindowClosesAt,
    SendDecision Reply,
    SendDecision Template)
{
    /// <summary>Whether it is the thread of a group.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The workspace's change counter when a message last left the thread again; 0 if none did.</summary>
    public long LastTakenBack { get; init; }

    /// <summary>When its snooze ends; null unless snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>The team it belongs to; null if none.</summary>
    public long? TeamId { get; init; }

    /// <summary>What the team is called.</summary>
    public string? TeamName { get; init; }

    /// <summary>A hand-over that waits for an answer; null if nobody is asked.</summary>
    public HandOverView? HandOver { get; init; }

    /// <summary>The labels it carries.</summary>
    public IReadOnlyList<long> LabelIds { get; init; } = [];

    /// <summary>The workspace's change counter when a note or an event was last added or changed; 0 if none was.</summary>
    public long LastWorkSequence { get; init; }

    /// <summary>Whose it is, and who takes part: who may see it.</summary>
    public Holding Holding { get; init; }

    /// <summary>The colleagues who take part beside whoever holds it.</summary>
    public IReadOnlyList<ParticipantView> Participants { get; init; } = [];

    /// <summary>The catalogue whose products can be sent; null for none.</summary>
    public string? CatalogId { get; init; }
}

/// <summary>Somebody who takes part.</summary>
public sealed record ParticipantView(UserId User, Colleague Colleague);

/// <summary>What is known of the customer, as the reader may see it.</summary>
/// <param name="Phone">In full or masked; null if the customer hides it.</param>
/// <param name="IsPhoneMasked">Whether the reader sees it masked.</param>
public sealed record ContactView(
    long Id,
    string Name,
    string ProfileName,
    string? Username,
    string? Phone,
    bool IsPhoneMasked,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset? AllStoppedAt,
    bool IsMarketingStopped,
    DateTimeOffset? MarketingGivenAt,
    bool IsRestricted,
    bool IsBlocked)
{
    /// <summary>Whether the reader may have the masked number shown, with a reason.</summary>
    public bool MayReveal { get; init; }
}

/// <summary>One bubble.</summary>
/// <param name="AuthorName">Who wrote it, for our own messages; null for customers.</param>
/// <param name="Quoted">The message it answers; null if none.</param>
/// <param name="Failure">Why it failed, in a plain sentence; null unless it did.</param>
public sealed record ThreadMessage(
    long Id,
    string? WhatsAppId,
    MessageDirection Direction,
    MessageOrigin Origin,
    MessageContent Content,
    MessageContext? Context,
    QuotedMessage? Quoted,
    DateTimeOffset SaidAt,
    long Sequence,
    long ChangeSequence,
    DeliveryStatus Status,
    DateTimeOffset? StatusAt,
    string? AuthorName,
    PlatformFault? Fault,
    string? Failure,
    long? ResendOfId)
{
    public ThreadCursor Cursor => new(SaidAt, Sequence);

    /// <summary>Its files: one, or several of a template.</summary>
    public IReadOnlyList<MediaView> Files { get; init; } = [];

    /// <summary>What was done to it after it was said.</summary>
    public MessageMarks Marks { get; init; } = MessageMarks.None;

    /// <summary>Who said it, in a group; null outside of groups.</summary>
    public string? Participant { get; init; }

    /// <summary>Whether the item is kept as it came and this reader may open it.</summary>
    public bool MayOpenRaw { get; init; }

    /// <summary>Whether it is an edit or a withdrawal of a message that somebody else said: it changed nothing.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Whether this reader wrote it and may still take it back.</summary>
    public bool MayTakeBack { get; init; }

    /// <summary>What the reader can do about it; null unless it went wrong.</summary>
    public WayOn? Way { get; init; }

    /// <summary>Whether it repeats a message that proved to have arrived, so that the customer has it twice.</summary>
    public bool IsRepeatOfArrived { get; init; }

    /// <summary>What it says now.</summary>
    public MessageContent Shown => Marks.Latest ?? Content;
}

/// <summary>The message that another one answers.</summary>
/// <param name="IsKnown">False if we do not have it.</param>
/// <param name="Line">What it says now, or what it is.</param>
public sealed record QuotedMessage(string WhatsAppId, bool IsKnown, MessageDirection Direction, string Line)
{
    /// <summary>Who said it, in a group; null outside of groups.</summary>
    public string? Who { get; init; }

    /// <summary>Whether whoever said it has deleted it since.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>The same quote of a message that may have changed.</summary>
    internal QuotedMessage Of(ThreadMessage message) => this with
    {
        Line = message.Marks.WithdrawnAt is null ? LineWords.Say(message.Shown, message.Direction) : "",
        IsWithdrawn = message.Marks.WithdrawnAt is not null,
    };

    /// <summary>What is quoted, as the reader may see it: what it says now, and nothing of what was withdrawn.</summary>
    internal static QuotedMessage Of(Message message, MessageMarks marks, bool seesNumbers) => new(
        message.WhatsAppId!,
        IsKnown: true,
        message.Direction,
        marks.WithdrawnAt is null ? LineWords.Say(marks.Latest ?? ContactNames.Show(message.Content, seesNumbers), message.Direction) : "")
    {
        Who = message.Context?.Participant is { } participant ? ContactNames.Show(participant, seesNumbers) : null,
        IsWithdrawn = marks.WithdrawnAt is not null,
    };
}

/// <summary>A place in a thread.</summary>
public sealed record ThreadCursor(DateTimeOffset SaidAt, long Sequence);

/// <summary>What a person has typed and not sent, under the id of the message it would become.</summary>
/// <param name="Known">The change counter that the screen had read when the writing began; 0 if that is not known.</param>
public sealed record DraftView(Guid DraftId, string Text, long Known = 0);
