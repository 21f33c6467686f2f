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
public sealed partial class Conversation
{
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

    /// <summary>Since when the customer waits: what was said first of what nobody has answered (UTC); null if nobody needs to reply.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }

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
    public Standing Standing => new(State, SnoozedUntil, NeedsReply, AssigneeId, WaitingSince);

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
            if (!IsGroup)
            {
                Wait(capped.SaidAt);
            }
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
            WaitNoLonger();
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
            WaitNoLonger();
        }

        Show(message);
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
        Participants = other.Participants.Members.Aggregate(Participants, (all, member) => all.With(member));
        LastWorkSequence = Math.Max(LastWorkSequence, other.LastWorkSequence);
        var isNewer = (other.LastActivityAt, other.LastSequence).CompareTo((LastActivityAt, LastSequence)) > 0;
        if (State != ConversationState.Open && (isNewer || other.State == ConversationState.Open))
        {
            (State, SnoozedUntil) = (other.State, other.SnoozedUntil);
        }

        // Who spoke last decides whether somebody should answer.
        var since = WaitingSince is null || other.WaitingSince < WaitingSince ? other.WaitingSince : WaitingSince;
        if (State == ConversationState.Open && (isNewer ? other.NeedsReply : NeedsReply) && since is { } first)
        {
            Wait(first);
        }
        else
        {
            WaitNoLonger();
        }

        if (isNewer && other.LastSequence != 0)
        {
            (LastActivityAt, LastSequence, LastWhatsAppId) = (other.LastActivityAt, other.LastSequence, other.LastWhatsAppId);
            (LastKind, LastLine, LastDirection, LastStatus) = (other.LastKind, other.LastLine, other.LastDirection, other.LastStatus);
        }
    }

    /// <summary>Messages may come in another order than they were said in.</summary>
    private void Wait(DateTimeOffset since)
    {
        NeedsReply = true;
        WaitingSince = WaitingSince is { } known && known <= since ? known : since;
    }

    private void WaitNoLonger() => (NeedsReply, WaitingSince) = (false, null);
}
