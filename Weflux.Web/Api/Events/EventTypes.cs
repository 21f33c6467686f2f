using Weflux.Domain.Conversations;

namespace Weflux.Web.Api.Events;

/// <summary>A kind of event that others can be told of.</summary>
/// <param name="Name">The word for programs; a promise.</param>
/// <param name="Words">When it is told, for people.</param>
/// <param name="Group">What it is about.</param>
public sealed record EventType(string Name, string Words, string Group);

/// <summary>Every kind of event that others can be told of.</summary>
public static class EventTypes
{
    public const string MessageReceived = "message.received";
    public const string MessageStatus = "message.status";
    public const string ConversationCreated = "conversation.created";
    public const string ConversationAssigned = "conversation.assigned";
    public const string ConversationClosed = "conversation.closed";
    public const string ConversationReopened = "conversation.reopened";
    public const string ConversationSnoozed = "conversation.snoozed";
    public const string ConversationLabelled = "conversation.labelled";
    public const string ConversationHandOver = "conversation.hand_over";
    public const string ConversationParticipants = "conversation.participants";
    public const string NoReplyNeeded = "conversation.no_reply_needed";
    public const string NoteCreated = "note.created";
    public const string NoteUpdated = "note.updated";
    public const string ContactCreated = "contact.created";
    public const string ContactUpdated = "contact.updated";
    public const string ConsentChanged = "consent.changed";

    /// <summary>What the button for trying sends. Nobody chooses it.</summary>
    public const string Test = "test";

    private const string Messages = "Messages";
    private const string Conversations = "Conversations";
    private const string Notes = "Notes";
    private const string Contacts = "Contacts";

    public static IReadOnlyList<EventType> All { get; } =
    [
        new(MessageReceived, "A customer wrote, reacted, edited or withdrew something", Messages),
        new(MessageStatus, "A message of yours was sent, delivered, read or played, failed, or could not be confirmed", Messages),
        new(ConversationCreated, "A conversation began", Conversations),
        new(ConversationAssigned, "A conversation came to somebody, to a team, or to nobody", Conversations),
        new(ConversationHandOver, "Somebody is asked to take a conversation over, or the asking ended", Conversations),
        new(ConversationParticipants, "A colleague takes part in a conversation, or no more", Conversations),
        new(ConversationClosed, "A conversation was closed", Conversations),
        new(ConversationReopened, "A closed or snoozed conversation is open again", Conversations),
        new(ConversationSnoozed, "A conversation was put off", Conversations),
        new(ConversationLabelled, "A label was put on a conversation or taken off", Conversations),
        new(NoReplyNeeded, "Somebody said that no reply is needed", Conversations),
        new(NoteCreated, "Somebody wrote a note beside the messages", Notes),
        new(NoteUpdated, "Somebody changed or deleted a note", Notes),
        new(ContactCreated, "A new contact is known", Contacts),
        new(ContactUpdated, "Name, number, stage, fields, tags or block of a contact changed", Contacts),
        new(ConsentChanged, "A contact agreed to something, or stopped it", Contacts),
    ];

    /// <summary>What happened to conversations and is told by something else or not at all, with the reason. A kind that is neither here nor told fails a test.</summary>
    public static IReadOnlyDictionary<ConversationEventKind, string> Untold { get; } = new Dictionary<ConversationEventKind, string>
    {
        [ConversationEventKind.OptedOut] = ConsentChanged,
        [ConversationEventKind.OptedIn] = ConsentChanged,
        [ConversationEventKind.MarketingStopped] = ConsentChanged,
        [ConversationEventKind.MarketingResumed] = ConsentChanged,
    };

    public static bool IsKnown(string name) => All.Any(t => string.Equals(t.Name, name, StringComparison.Ordinal));

    /// <summary>As what something that happened to a conversation is told; null if it is not.</summary>
    public static string? Of(ConversationEventKind kind) => kind switch
    {
        ConversationEventKind.Assigned or ConversationEventKind.Taken or ConversationEventKind.HandedBack or ConversationEventKind.GivenToTeam
            or ConversationEventKind.Released or ConversationEventKind.HandOverAccepted => ConversationAssigned,
        ConversationEventKind.AskedMember or ConversationEventKind.AskedTeam or ConversationEventKind.HandOverDeclined
            or ConversationEventKind.HandOverWithdrawn or ConversationEventKind.HandOverLapsed or ConversationEventKind.HandOverEnded => ConversationHandOver,
        ConversationEventKind.ParticipantAdded or ConversationEventKind.ParticipantRemoved => ConversationParticipants,
        ConversationEventKind.Closed => ConversationClosed,
        ConversationEventKind.Reopened or ConversationEventKind.SnoozeEnded => ConversationReopened,
        ConversationEventKind.Snoozed => ConversationSnoozed,
        ConversationEventKind.LabelAdded or ConversationEventKind.LabelRemoved => ConversationLabelled,
        ConversationEventKind.NoReplyNeeded => NoReplyNeeded,
        _ => null,
    };
}
