using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>What happened to a conversation, apart from messages.</summary>
public enum ConversationEventKind
{
    /// <summary>Somebody gave it to a member, or to nobody.</summary>
    Assigned = 1,

    /// <summary>A member took it.</summary>
    Taken = 2,

    /// <summary>Whoever held it gave it back.</summary>
    HandedBack = 3,

    /// <summary>Somebody closed it.</summary>
    Closed = 4,

    /// <summary>It was closed or snoozed and is open again: the customer wrote, or somebody opened it.</summary>
    Reopened = 5,

    /// <summary>Somebody put it off.</summary>
    Snoozed = 6,

    /// <summary>Its snooze was over.</summary>
    SnoozeEnded = 7,

    /// <summary>Somebody said that no reply is needed.</summary>
    NoReplyNeeded = 8,

    /// <summary>The customer wants no messages at all.</summary>
    OptedOut = 9,

    /// <summary>The customer wants messages again.</summary>
    OptedIn = 10,

    /// <summary>A label was put on.</summary>
    LabelAdded = 11,

    /// <summary>A label was taken off.</summary>
    LabelRemoved = 12,

    /// <summary>The customer wants no marketing.</summary>
    MarketingStopped = 13,

    /// <summary>The customer wants marketing again.</summary>
    MarketingResumed = 14,

    /// <summary>A member takes part from now on.</summary>
    ParticipantAdded = 31,

    /// <summary>A member takes part no more.</summary>
    ParticipantRemoved = 32,
}

/// <summary>Why a conversation came to whom it came.</summary>
public enum AssignmentReason
{
    /// <summary>The member took it.</summary>
    TookIt = 1,

    /// <summary>The member was the first to reply.</summary>
    RepliedFirst = 2,

    /// <summary>Somebody assigned it.</summary>
    ByPerson = 3,

    /// <summary>Whoever held it is no member any more.</summary>
    ColleagueLeft = 4,

    /// <summary>Whoever held it gave it back.</summary>
    HandedBack = 5,
}

/// <summary>One line of what happened to a conversation. It is written in the transaction of the change and never changes.</summary>
public sealed class ConversationEvent
{
    /// <summary>Most words that go with an event, in UTF-16 units.</summary>
    public const int MaxWords = 200;

    private ConversationEvent()
    {
    }

    internal ConversationEvent(Conversation conversation, ConversationEventKind kind, UserId? actor, DateTimeOffset at, long sequence)
    {
        WorkspaceId = conversation.WorkspaceId;
        ConversationId = conversation.Id;
        Kind = kind;
        ActorId = actor;
        At = at;
        Sequence = sequence;
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>The conversation.</summary>
    public long ConversationId { get; private set; }

    /// <summary>What happened.</summary>
    public ConversationEventKind Kind { get; private set; }

    /// <summary>Who did it; null for the customer, a program or Weflux itself.</summary>
    public UserId? ActorId { get; private set; }

    /// <summary>To whom or with what: a member of an assignment, a label; null for none.</summary>
    public long? SubjectId { get; init; }

    /// <summary>Why a conversation came to somebody; null if it did not.</summary>
    public AssignmentReason? Reason { get; init; }

    /// <summary>Words that belong to it: the reason for closing, the name that a label had.</summary>
    public string? Words { get; init; }

    /// <summary>Until when it was put off (UTC); null if it was not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The place in the workspace's order of changes; the message that brought it has the same.</summary>
    public long Sequence { get; private set; }
}
