using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>Whether a conversation is being worked on. Independent of its window.</summary>
public enum ConversationState
{
    /// <summary>In the list.</summary>
    Open = 1,

    /// <summary>Out of the list until a time, or until the customer writes.</summary>
    Snoozed = 2,

    /// <summary>Done, until the customer writes.</summary>
    Closed = 3,
}

/// <summary>
/// The one thread between a contact and one of the business's numbers, kept for ever. It knows its window, who holds
/// it, whether somebody should answer, and enough of its last message for a list. Everything that changes it raises
/// <see cref="Version"/>.
/// </summary>
public sealed class Conversation
{
    /// <summary>Stands between who spoke in a group and what was said: it has no width, and no message keeps it.</summary>
    public const char SpeakerMark = '\u2063';

    /// <summary>Added to the kind of an edit or a withdrawal of somebody else's message, which changed nothing.</summary>
    public const string Refused = "_refused";

    private const int LastLineLength = 200;
    private const int SpeakerLength = 40;

    private Conversation()
    {
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>The customer.</summary>
    public long ContactId { get; private set; }

    /// <summary>The business's number.</summary>
    public long ConnectionId { get; private set; }

    /// <summary>Whether it is the thread of a group, which Weflux shows and does not write into.</summary>
    public bool IsGroup { get; private set; }

    /// <summary>Whether it is being worked on.</summary>
    public ConversationState State { get; private set; }

    /// <summary>When a snooze ends (UTC); null unless snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; private set; }

    /// <summary>The member who holds it; null if nobody does.</summary>
    public UserId? AssigneeId { get; private set; }

    /// <summary>The team it belongs to, apart from who holds it; null if none.</summary>
    public long? TeamId { get; private set; }

    /// <summary>When the customer last opened the window (UTC); null if never.</summary>
    public DateTimeOffset? LastCustomerActAt { get; private set; }

    /// <summary>Whether the customer spoke last and nobody has replied or said that no reply is needed.</summary>
    public bool NeedsReply { get; private set; }

    /// <summary>The time of the newest message, by which lists are sorted (UTC).</summary>
    public DateTimeOffset LastActivityAt { get; private set; }

    /// <summary>The place of the newest message in the workspace's order.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The platform's id of the newest message; null while it has none.</summary>
    public string? LastWhatsAppId { get; private set; }

    /// <summary>The kind of the newest message, as people tell kinds apart; empty before the first.</summary>
    public string LastKind { get; private set; } = "";

    /// <summary>The beginning of the newest message's words.</summary>
    public string LastLine { get; private set; } = "";

    /// <summary>Who the newest message is from.</summary>
    public MessageDirection LastDirection { get; private set; }

    /// <summary>How far the newest message came, if it is ours.</summary>
    public DeliveryStatus LastStatus { get; private set; }

    /// <summary>How many messages the customer sent: a kept count, so that a reader's unread count is a difference.</summary>
    public int InboundCount { get; private set; }

    /// <summary>Raised by every change.</summary>
    public long Version { get; private set; }

    /// <summary>The workspace's change counter when a message last left the thread again; 0 if none did.</summary>
    public long LastTakenBack { get; private set; }

    /// <summary>What a reply changes, to be put back if it is taken back.</summary>
    public Standing Standing => new(State, SnoozedUntil, NeedsReply, AssigneeId);

    /// <summary>The window for free-form messages.</summary>
    public ServiceWindow Window => new(LastCustomerActAt);

    /// <summary>A thread with no message yet.</summary>
    public static Conversation Start(WorkspaceId workspace, long contactId, long connectionId, DateTimeOffset now, bool isGroup = false) => new()
    {
        IsGroup = isGroup,
        WorkspaceId = workspace,
        ContactId = contactId,
        ConnectionId = connectionId,
        State = ConversationState.Open,
        LastActivityAt = now,
        LastDirection = MessageDirection.In,
    };

    /// <summary>
    /// The customer said something: the window opens or extends, the conversation reopens and keeps whoever holds it,
    /// and somebody should answer. Not idempotent: the caller stores each platform id once.
    /// </summary>
    /// <param name="inbound">What was said.</param>
    /// <param name="sequence">The place in the workspace's order.</param>
    /// <param name="isRefused">Whether it is about somebody else's message, so that it changes nothing.</param>
    public ReceiveOutcome Receive(InboundMessage inbound, long sequence, bool isRefused = false)
    {
        ArgumentNullException.ThrowIfNull(inbound);
        var capped = inbound.SaidAt <= inbound.ReceivedAt ? inbound : inbound with { SaidAt = inbound.ReceivedAt };
        var before = Window;
        if (capped.Content.OpensWindow && !IsGroup)
        {
            LastCustomerActAt = before.Extend(capped.SaidAt, capped.ReceivedAt).LastCustomerActAt;
        }

        var reopened = capped.Content.AsksForReply && State != ConversationState.Open;
        if (capped.Content.AsksForReply)
        {
            State = ConversationState.Open;
            SnoozedUntil = null;
            NeedsReply = !IsGroup;
        }

        if (capped.Content is not SystemContent)
        {
            InboundCount++;
        }

        var message = Message.FromCustomer(this, capped, sequence);
        Show(message, isRefused);
        var windowOpened = !before.IsOpenAt(capped.ReceivedAt) && Window.IsOpenAt(capped.ReceivedAt);
        return new ReceiveOutcome(message, reopened, windowOpened);
    }

    /// <summary>A message of ours joins the thread. A person's reply answers the customer and takes an unassigned conversation.</summary>
    /// <param name="message">The message, made for this conversation.</param>
    public void Reply(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.ConversationId != Id || message.Direction != MessageDirection.Out)
        {
            throw new ArgumentException("The message is not a reply in this conversation.", nameof(message));
        }

        // A thumb under a message is no answer to it.
        if (message.Origin is MessageOrigin.Person or MessageOrigin.Api && message.Content is not ReactionContent)
        {
            NeedsReply = false;
            State = ConversationState.Open;
            SnoozedUntil = null;
            AssigneeId ??= message.AuthorId;
        }

        Show(message);
    }

    /// <summary>
    /// A message that was said without Weflux joins the thread. It opens no window and counts for nobody as unread. What
    /// was typed on the business's phone after the customer spoke answers the customer.
    /// </summary>
    /// <param name="message">The message, made for this conversation.</param>
    public void File(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.ConversationId != Id || message.Origin is not (MessageOrigin.PhoneApp or MessageOrigin.History))
        {
            throw new ArgumentException("The message was not said without Weflux in this conversation.", nameof(message));
        }

        if (message.Origin == MessageOrigin.PhoneApp && message.Content.TargetWhatsAppId is null && message.SaidAt >= LastActivityAt)
        {
            NeedsReply = false;
        }

        Show(message);
    }

    /// <summary>A message changed its status; the list shows the newest one's.</summary>
    public void ShowStatus(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Sequence == LastSequence)
        {
            LastStatus = message.Status;
            LastWhatsAppId = message.WhatsAppId;
        }

        Version++;
    }

    /// <summary>What a message says became known after it was stored.</summary>
    public void ShowContent(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Sequence == LastSequence)
        {
            LastKind = message.Content.LineKind;
            LastLine = LineOf(message);
        }

        Version++;
    }

    /// <summary>
    /// A reply that never left is taken out of the thread, and the conversation stands as it did before, as far as nothing
    /// happened since.
    /// </summary>
    /// <param name="message">The reply.</param>
    /// <param name="before">How the conversation stood before it.</param>
    /// <param name="newest">The newest message that stays; null if none does.</param>
    /// <param name="changeSequence">The workspace's change counter.</param>
    public void TakeBack(Message message, Standing before, Message? newest, long changeSequence)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(before);
        var isNewest = message.Sequence == LastSequence;
        if (isNewest)
        {
            (State, SnoozedUntil) = (before.State, before.SnoozedUntil);
        }

        NeedsReply |= before.NeedsReply && State == ConversationState.Open;
        if (before.AssigneeId is null && AssigneeId == message.AuthorId)
        {
            AssigneeId = null;
        }

        LastTakenBack = changeSequence;
        Version++;
        if (isNewest)
        {
            (LastSequence, LastWhatsAppId, LastKind, LastLine) = (0, null, "", "");
            (LastDirection, LastStatus) = (MessageDirection.In, DeliveryStatus.None);
            if (newest is not null)
            {
                Show(newest);
            }
        }
    }

    /// <summary>What waits to be sent later in this thread has changed.</summary>
    public void ShowScheduled() => Version++;

    /// <summary>What lists show of the contact, a name or a consent, has changed.</summary>
    public void ShowContact() => Version++;

    /// <summary>Nobody needs to answer what the customer said last.</summary>
    /// <returns>False if nobody needed to.</returns>
    public bool MarkNoReplyNeeded()
    {
        if (!NeedsReply)
        {
            return false;
        }

        NeedsReply = false;
        Version++;
        return true;
    }

    /// <summary>Gives the conversation to a member, or to nobody.</summary>
    /// <returns>False if it was so already.</returns>
    public bool Assign(UserId? assignee)
    {
        if (AssigneeId == assignee)
        {
            return false;
        }

        AssigneeId = assignee;
        Version++;
        return true;
    }

    /// <summary>Takes the conversation out of the list until a time, or until the customer writes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not in the future.</exception>
    public void Snooze(DateTimeOffset until, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(until, now);
        State = ConversationState.Snoozed;
        SnoozedUntil = until;
        Version++;
    }

    /// <summary>The work is done, until the customer writes. What the customer said last needs no reply any more.</summary>
    public void Close()
    {
        State = ConversationState.Closed;
        SnoozedUntil = null;
        NeedsReply = false;
        Version++;
    }

    /// <summary>Puts a snoozed or closed conversation back into the list.</summary>
    public void Reopen()
    {
        State = ConversationState.Open;
        SnoozedUntil = null;
        Version++;
    }

    /// <summary>The thread belongs to another contact, because the platform says that both are one person.</summary>
    public void MoveTo(Contacts.Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ContactId = contact.Id;
        Version++;
    }

    /// <summary>The same person's other thread with the same number joins this one; the caller moves its messages.</summary>
    /// <param name="other">The thread that ends.</param>
    public void Absorb(Conversation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.ConnectionId != ConnectionId)
        {
            throw new ArgumentException("Threads of different numbers stay apart.", nameof(other));
        }

        Version = Math.Max(Version, other.Version) + 1;
        LastCustomerActAt = LastCustomerActAt is null || other.LastCustomerActAt > LastCustomerActAt ? other.LastCustomerActAt : LastCustomerActAt;
        InboundCount += other.InboundCount;
        AssigneeId ??= other.AssigneeId;
        TeamId ??= other.TeamId;
        var isNewer = (other.LastActivityAt, other.LastSequence).CompareTo((LastActivityAt, LastSequence)) > 0;
        if (State != ConversationState.Open && (isNewer || other.State == ConversationState.Open))
        {
            (State, SnoozedUntil) = (other.State, other.SnoozedUntil);
        }

        // Who spoke last decides whether somebody should answer.
        NeedsReply = State == ConversationState.Open && (isNewer ? other.NeedsReply : NeedsReply);
        if (isNewer && other.LastSequence != 0)
        {
            (LastActivityAt, LastSequence, LastWhatsAppId) = (other.LastActivityAt, other.LastSequence, other.LastWhatsAppId);
            (LastKind, LastLine, LastDirection, LastStatus) = (other.LastKind, other.LastLine, other.LastDirection, other.LastStatus);
        }
    }

    private void Show(Message message, bool isRefused = false)
    {
        Version++;
        if (LastSequence != 0 && (message.SaidAt, message.Sequence).CompareTo((LastActivityAt, LastSequence)) < 0)
        {
            return;
        }

        LastActivityAt = message.SaidAt;
        LastSequence = message.Sequence;
        LastWhatsAppId = message.WhatsAppId;
        LastKind = message.Content.LineKind + (isRefused ? Refused : "");
        LastDirection = message.Direction;
        LastStatus = message.Status;
        LastLine = LineOf(message);
    }

    private string LineOf(Message message) =>
        Shorten(Speaker(message) + message.Content.Line.Replace($"{SpeakerMark}", "", StringComparison.Ordinal));

    private string Speaker(Message message) => IsGroup && message.Context?.Participant?.Name is { Length: > 0 } name
        ? name.Replace($"{SpeakerMark}", "", StringComparison.Ordinal).Cut(SpeakerLength) + SpeakerMark
        : "";

    private static string Shorten(string text) => text.ReplaceLineEndings(" ").WithoutControls().Trim().Cut(LastLineLength);
}
