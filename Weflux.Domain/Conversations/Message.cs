using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>Who a message is from.</summary>
public enum MessageDirection
{
    /// <summary>From the customer.</summary>
    In = 1,

    /// <summary>From the business.</summary>
    Out = 2,
}

/// <summary>What made an outbound message.</summary>
public enum MessageOrigin
{
    /// <summary>A customer's message.</summary>
    Customer = 0,

    /// <summary>A person wrote it.</summary>
    Person = 1,

    /// <summary>Weflux itself confirms that it heard a stop word. Sent once per stop, inside the window.</summary>
    StopConfirmation = 2,

    /// <summary>A program sent it by the API.</summary>
    Api = 3,

    /// <summary>Somebody of the business typed it in the WhatsApp Business app on the phone.</summary>
    PhoneApp = 4,

    /// <summary>It was said before the number was connected, and the phone handed it over.</summary>
    History = 5,
}

/// <summary>
/// What a person reads: one message of a conversation. Its status only moves forward; what it says never
/// changes, save that a placeholder of the platform is completed once.
/// </summary>
public sealed class Message
{
    private const int MaxTargetLength = 256;

    private Message()
    {
        Content = null!;
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>Whether the same person said both: who did not say a message can neither edit nor withdraw it.</summary>
    public bool IsOfSame(Message other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsSaidBy(other.Direction, other.Context?.Participant);
    }

    /// <summary>Whether this side said it, and in a group this person.</summary>
    /// <param name="direction">The side.</param>
    /// <param name="participant">The person of the group; null outside of groups.</param>
    public bool IsSaidBy(MessageDirection direction, GroupParticipant? participant)
    {
        return Direction == direction && string.Equals(Who(Context?.Participant), Who(participant), StringComparison.Ordinal);

        static string? Who(GroupParticipant? person) => person?.WhatsAppId ?? person?.Name;
    }

    /// <summary>The thread it stands in.</summary>
    public long ConversationId { get; private set; }

    /// <summary>The number it came to or leaves from.</summary>
    public long ConnectionId { get; private set; }

    /// <summary>Who it is from.</summary>
    public MessageDirection Direction { get; private set; }

    /// <summary>What made it.</summary>
    public MessageOrigin Origin { get; private set; }

    /// <summary>What it says.</summary>
    public MessageContent Content { get; private set; }

    /// <summary>What it refers to; null if nothing.</summary>
    public MessageContext? Context { get; private set; }

    /// <summary>The words by which search finds it: what it says now. Empty if it has none, was withdrawn, or only changed what another one says.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>The platform's id of the message that this one reacts to, edits or withdraws; null if none.</summary>
    public string? TargetWhatsAppId { get; private set; }

    /// <summary>The item as it came (JSON), kept when it holds something that Weflux does not know; null otherwise.</summary>
    public string? Raw { get; private set; }

    /// <summary>The platform's id, opaque; null until the platform has named it.</summary>
    public string? WhatsAppId { get; private set; }

    /// <summary>The place in the workspace's order of storing, in commit order. Breaks ties of time.</summary>
    public long Sequence { get; private set; }

    /// <summary>The workspace's change counter at the last change of this message.</summary>
    public long ChangeSequence { get; private set; }

    /// <summary>When it was said: by the platform's clock if the customer said it, by ours if we did (UTC, whole seconds).</summary>
    /// <remarks>The platform counts in seconds. If we counted finer, an answer within the second of our reply would stand above it.</remarks>
    public DateTimeOffset SaidAt { get; private set; }

    /// <summary>When we stored it (UTC).</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>How far it came.</summary>
    public DeliveryStatus Status { get; private set; }

    /// <summary>When the platform says the status was reached (UTC); null while there is none.</summary>
    public DateTimeOffset? StatusAt { get; private set; }

    /// <summary>Why it failed; null unless it did.</summary>
    public PlatformFault? Fault { get; private set; }

    /// <summary>Who wrote it; null for customers and for Weflux itself.</summary>
    public UserId? AuthorId { get; private set; }

    /// <summary>The draft it came from. One draft makes one message, however often Send is pressed.</summary>
    public Guid? DraftId { get; private set; }

    /// <summary>The message that a person sent again as this one; null if none.</summary>
    public long? ResendOfId { get; private set; }

    /// <summary>A customer's message as the platform reported it.</summary>
    public static Message FromCustomer(Conversation conversation, InboundMessage inbound, long sequence)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(inbound);
        return new Message
        {
            WorkspaceId = conversation.WorkspaceId,
            ConversationId = conversation.Id,
            ConnectionId = conversation.ConnectionId,
            Direction = MessageDirection.In,
            Origin = MessageOrigin.Customer,
            Content = inbound.Content,
            TargetWhatsAppId = TargetOf(inbound.Content),
            SearchText = inbound.Content.SearchText,
            Context = inbound.Context,
            Raw = inbound.Raw,
            WhatsAppId = inbound.WhatsAppId,
            Sequence = sequence,
            ChangeSequence = sequence,
            SaidAt = ToSecond(inbound.SaidAt),
            ReceivedAt = inbound.ReceivedAt,
        };
    }

    /// <summary>A message that was said without Weflux: on the business's phone, or before it was connected.</summary>
    public static Message Recorded(Conversation conversation, RecordedMessage recorded, long sequence)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var said = recorded.Said;
        var message = FromCustomer(conversation, said.SaidAt <= said.ReceivedAt ? said : said with { SaidAt = said.ReceivedAt }, sequence);
        message.Direction = recorded.Direction;
        message.Origin = recorded.Origin;
        message.Status = recorded.Direction == MessageDirection.Out ? recorded.Status : DeliveryStatus.None;
        return message;
    }

    /// <summary>A message of ours, waiting to be sent.</summary>
    /// <param name="conversation">The thread, already stored.</param>
    /// <param name="content">What to say, already decided to be allowed.</param>
    /// <param name="author">Who wrote it; null if Weflux itself did.</param>
    /// <param name="draftId">The draft it came from; null if there was none.</param>
    /// <param name="sequence">The place in the workspace's order.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="resendOfId">The message it repeats; null if none.</param>
    /// <param name="quotedWhatsAppId">The platform's id of the message it answers; null if none.</param>
    /// <param name="isOfProgram">Whether a program sends it by the API, so that it has no author.</param>
    public static Message ToCustomer(
        Conversation conversation,
        MessageContent content,
        UserId? author,
        Guid? draftId,
        long sequence,
        DateTimeOffset now,
        long? resendOfId = null,
        string? quotedWhatsAppId = null,
        bool isOfProgram = false)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(content);
        return new Message
        {
            WorkspaceId = conversation.WorkspaceId,
            ConversationId = conversation.Id,
            ConnectionId = conversation.ConnectionId,
            Direction = MessageDirection.Out,
            Origin = isOfProgram ? MessageOrigin.Api : author is null ? MessageOrigin.StopConfirmation : MessageOrigin.Person,
            Content = content,
            TargetWhatsAppId = TargetOf(content),
            SearchText = content.SearchText,
            Context = quotedWhatsAppId is null ? null : new MessageContext(quotedWhatsAppId),
            Sequence = sequence,
            ChangeSequence = sequence,
            SaidAt = ToSecond(now),
            ReceivedAt = now,
            Status = DeliveryStatus.Queued,
            AuthorId = isOfProgram ? null : author,
            DraftId = draftId,
            ResendOfId = resendOfId,
        };
    }

    /// <summary>What the platform could not hand over with the message, such as a file of imported history, came later.</summary>
    /// <param name="content">What the message says.</param>
    /// <param name="raw">The item as it came; null if everything in it is known.</param>
    /// <param name="changeSequence">The workspace's change counter.</param>
    /// <returns>False if the message was complete already.</returns>
    public bool Complete(MessageContent content, string? raw, long changeSequence)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (Content is not UnsupportedContent { IsPlaceholder: true } || content is UnsupportedContent)
        {
            return false;
        }

        (Content, Raw, ChangeSequence, SearchText) = (content, raw, changeSequence, content.SearchText);
        return true;
    }

    /// <summary>Search follows what was done to the message: it is found by what it says now, and not at all once withdrawn.</summary>
    /// <param name="acts">Every edit and withdrawal that names it. Those of somebody else change nothing.</param>
    public void FollowInSearch(IEnumerable<Message> acts)
    {
        ArgumentNullException.ThrowIfNull(acts);
        var own = acts.Where(IsOfSame).OrderBy(a => a.SaidAt).ThenBy(a => a.Sequence).ToList();
        foreach (var edit in own.Where(a => a.Content is EditContent))
        {
            edit.SearchText = "";
        }

        var latest = own.LastOrDefault(a => a.Content is EditContent { Content: not UnsupportedContent });
        SearchText = own.Exists(a => a.Content is RevokeContent) ? "" : (latest ?? this).Content.SearchText;
    }

    /// <summary>What belongs to it but is not in it, such as its file, has changed.</summary>
    public void ShowFile(long changeSequence) => ChangeSequence = changeSequence;

    /// <summary>What stands around it has changed: what became of the message that it repeats, or whether somebody must still decide.</summary>
    public void ShowAnew(long changeSequence) => ChangeSequence = changeSequence;

    /// <summary>An attempt to send it begins.</summary>
    public void BeginSending(long changeSequence) => Move(DeliveryStatus.Sending, changeSequence);

    /// <summary>The attempt certainly did not leave or was certainly refused for the moment, so that the message waits again.</summary>
    /// <exception cref="InvalidOperationException">The message is further than an attempt under way, or is a customer's.</exception>
    public void ReturnToQueue(long changeSequence)
    {
        if (Status is not (DeliveryStatus.Queued or DeliveryStatus.Sending))
        {
            throw new InvalidOperationException($"A message that is {Status} does not go back to the queue.");
        }

        Status = DeliveryStatus.Queued;
        ChangeSequence = changeSequence;
    }

    /// <summary>The platform took the message and named it.</summary>
    /// <param name="whatsAppId">The platform's id.</param>
    /// <param name="changeSequence">The workspace's change counter.</param>
    public void Accept(string whatsAppId, long changeSequence)
    {
        Name(whatsAppId, changeSequence);
        Move(DeliveryStatus.Sent, changeSequence);
    }

    /// <summary>It is not known whether the message reached the customer, and nobody reported in time.</summary>
    public void GiveUpConfirmation(long changeSequence) => Move(DeliveryStatus.NotConfirmed, changeSequence);

    /// <summary>The message certainly did not reach the customer.</summary>
    /// <returns>False if a further status was already known.</returns>
    public bool Fail(PlatformFault fault, DateTimeOffset at, long changeSequence) =>
        Report(new StatusReport(DeliveryStatus.Failed, at, WhatsAppId, fault), changeSequence);

    /// <summary>The platform reports a status, in any order and any number of times.</summary>
    /// <returns>Whether the status moved forward.</returns>
    public bool Report(StatusReport report, long changeSequence)
    {
        ArgumentNullException.ThrowIfNull(report);
        Name(report.WhatsAppId, changeSequence);
        if (!Move(report.Status, changeSequence))
        {
            return false;
        }

        StatusAt = report.At;
        Fault = report.Status == DeliveryStatus.Failed ? report.Fault : null;
        return true;
    }

    // Longer than any id of the platform's cannot be one, and would not fit.
    private static string? TargetOf(MessageContent content) =>
        content.TargetWhatsAppId is { Length: > 0 and <= MaxTargetLength } target ? target : null;

    private void Name(string? whatsAppId, long changeSequence)
    {
        if (WhatsAppId is null && whatsAppId is not null)
        {
            WhatsAppId = whatsAppId;
            ChangeSequence = changeSequence;
        }
    }

    private static DateTimeOffset ToSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private bool Move(DeliveryStatus status, long changeSequence)
    {
        if (Direction != MessageDirection.Out || Status.Advance(status) == Status)
        {
            return false;
        }

        Status = status;
        ChangeSequence = changeSequence;
        return true;
    }
}
