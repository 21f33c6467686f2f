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

    /// <summary>It was given to a team, or belongs to none any more.</summary>
    GivenToTeam = 40,

    /// <summary>Whoever holds it asked a member to take it over.</summary>
    AskedMember = 41,

    /// <summary>Whoever holds it asked a team to take it over.</summary>
    AskedTeam = 42,

    /// <summary>Whoever was asked took it over.</summary>
    HandOverAccepted = 43,

    /// <summary>Whoever was asked would not take it over: it stays where it was.</summary>
    HandOverDeclined = 44,

    /// <summary>Whoever asked does not ask any more.</summary>
    HandOverWithdrawn = 45,

    /// <summary>Nobody accepted in time: it stays where it was.</summary>
    HandOverLapsed = 46,

    /// <summary>Whoever was asked is not active any more: it stays where it was.</summary>
    HandOverEnded = 47,

    /// <summary>It was taken off somebody who is not there, because the customer waits.</summary>
    Released = 48,
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

    /// <summary>By itself: the member was given a conversation longest ago.</summary>
    NextInTurn = 20,

    /// <summary>By itself: the member had the fewest open conversations.</summary>
    FewestOpen = 21,

    /// <summary>By itself: the member held it before.</summary>
    HeldItBefore = 22,

    /// <summary>Whoever held it is away.</summary>
    WentAway = 23,

    /// <summary>Whoever held it is offline.</summary>
    WentOffline = 24,

    /// <summary>By itself: the rule of the number says so.</summary>
    ByNumber = 25,

    /// <summary>The team was put away.</summary>
    TeamArchived = 26,

    /// <summary>The member accepted when asked to take it over.</summary>
    Accepted = 27,
}

/// <summary>One line of what happened to a conversation. It is written in the transaction of the change and never changes.</summary>
public sealed class ConversationEvent
{
    /// <summary>Most words that go with an event, in UTF-16 units.</summary>
    public const int MaxWords = 200;

    /// <summary>Most UTF-16 units of a program's name.</summary>
    public const int MaxProgram = 100;

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

    /// <summary>What the API key is called that did it, if a program did; null otherwise.</summary>
    public string? Program { get; private set; }

    /// <summary>To whom or with what: a member of an assignment, a label, a team; null for none. <see cref="Kind"/> says which.</summary>
    public long? SubjectId { get; init; }

    /// <summary>Why a conversation came to somebody; null if it did not.</summary>
    public AssignmentReason? Reason { get; init; }

    /// <summary>Words that belong to it: the reason that a person gave, the name that a label had, how much somebody held who was chosen.</summary>
    public string? Words { get; init; }

    /// <summary>Until when it was put off, or can be accepted (UTC); null if neither.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The place in the workspace's order of changes; the message that brought it has the same.</summary>
    public long Sequence { get; private set; }

    /// <summary>The member whom <see cref="SubjectId"/> names; null if it names none.</summary>
    public UserId? SubjectMember => SubjectId is { } id && Kind is ConversationEventKind.Assigned or ConversationEventKind.Taken
        or ConversationEventKind.HandedBack or ConversationEventKind.AskedMember or ConversationEventKind.HandOverAccepted
        or ConversationEventKind.HandOverDeclined or ConversationEventKind.HandOverWithdrawn or ConversationEventKind.HandOverLapsed
        or ConversationEventKind.HandOverEnded or ConversationEventKind.Released or ConversationEventKind.ParticipantAdded
        or ConversationEventKind.ParticipantRemoved ? new UserId(id) : null;

    /// <summary>The team that <see cref="SubjectId"/> names; null if it names none.</summary>
    public long? SubjectTeam => Kind is ConversationEventKind.GivenToTeam or ConversationEventKind.AskedTeam ? SubjectId : null;

    /// <summary>A program did it, by the API.</summary>
    /// <param name="name">What its key is called.</param>
    public void DoneBy(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Program = name.Cut(MaxProgram);
    }
}
