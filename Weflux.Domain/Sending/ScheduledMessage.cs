using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Domain.Sending;

/// <summary>How far a scheduled message is.</summary>
public enum ScheduledState
{
    /// <summary>It goes out when it is due.</summary>
    Waiting = 1,

    /// <summary>It became a message of the thread.</summary>
    Sent = 2,

    /// <summary>It could not go out when it was due, and waits for its author with the reason.</summary>
    Returned = 3,

    /// <summary>Somebody took it back.</summary>
    Cancelled = 4,

    /// <summary>The customer wrote before it was due, and it was not to go out then.</summary>
    CancelledByCustomer = 5,
}

/// <summary>What is planned.</summary>
/// <param name="DueAt">When it goes out (UTC).</param>
/// <param name="Fallback">The template that goes out if the window is closed then; null to let it come back.</param>
/// <param name="CancelsWhenCustomerWrites">Whether it stays if the customer writes before.</param>
public sealed record SchedulePlan(DateTimeOffset DueAt, TemplateContent? Fallback = null, bool CancelsWhenCustomerWrites = true);

/// <summary>
/// Something that a person wrote now and that goes out later. Nothing is decided for good when it is written: what may be
/// sent is decided when it is due, by the window, the consent and the number as they are then.
/// </summary>
public sealed class ScheduledMessage
{
    private ScheduledMessage()
    {
        Content = null!;
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>The thread it will stand in.</summary>
    public long ConversationId { get; private set; }

    /// <summary>The number it will leave from.</summary>
    public long ConnectionId { get; private set; }

    /// <summary>Who wrote it.</summary>
    public UserId AuthorId { get; private set; }

    /// <summary>What it says.</summary>
    public MessageContent Content { get; private set; }

    /// <summary>The template that goes out if the window is closed; null for none.</summary>
    public TemplateContent? Fallback { get; private set; }

    /// <summary>When it goes out (UTC).</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Whether it stays if the customer writes before it is due.</summary>
    public bool CancelsWhenCustomerWrites { get; private set; }

    /// <summary>The draft it came from, and the one that its message comes from: one draft makes one message.</summary>
    public Guid DraftId { get; private set; }

    /// <summary>The message of the thread that it answers; null if none.</summary>
    public long? QuotedId { get; private set; }

    /// <summary>The message that went wrong and that it repeats; null if it repeats none.</summary>
    public long? ResendOfId { get; private set; }

    /// <summary>When it was written (UTC).</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>How far it is.</summary>
    public ScheduledState State { get; private set; }

    /// <summary>When it left <see cref="ScheduledState.Waiting"/> (UTC); null while it waits.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Why it came back; null unless it did.</summary>
    public PlatformFault? Fault { get; private set; }

    /// <summary>The message that it became; null unless it was sent.</summary>
    public long? MessageId { get; private set; }

    /// <summary>The workspace's change counter at its last change.</summary>
    public long ChangeSequence { get; private set; }

    /// <summary>Whether somebody still has to do something about it, or it has yet to go out.</summary>
    public bool IsOpen => State is ScheduledState.Waiting or ScheduledState.Returned or ScheduledState.CancelledByCustomer;

    /// <summary>A message that waits.</summary>
    /// <param name="conversation">The thread, already stored.</param>
    /// <param name="author">Who wrote it.</param>
    /// <param name="content">What it says, as it is stored.</param>
    /// <param name="plan">When it goes out, and what then.</param>
    /// <param name="draftId">The draft it comes from.</param>
    /// <param name="quotedId">The message of the thread that it answers; null if none.</param>
    /// <param name="resendOfId">The message that went wrong and that it repeats; null if it repeats none.</param>
    /// <param name="changeSequence">The workspace's change counter.</param>
    /// <param name="now">The time (UTC).</param>
    public static ScheduledMessage Make(
        Conversation conversation,
        UserId author,
        MessageContent content,
        SchedulePlan plan,
        Guid draftId,
        long? quotedId,
        long? resendOfId,
        long changeSequence,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(plan);
        return new ScheduledMessage
        {
            WorkspaceId = conversation.WorkspaceId,
            ConversationId = conversation.Id,
            ConnectionId = conversation.ConnectionId,
            AuthorId = author,
            Content = content,
            Fallback = plan.Fallback,
            DueAt = plan.DueAt,
            CancelsWhenCustomerWrites = plan.CancelsWhenCustomerWrites,
            DraftId = draftId,
            QuotedId = quotedId,
            ResendOfId = resendOfId,
            CreatedAt = now,
            State = ScheduledState.Waiting,
            ChangeSequence = changeSequence,
        };
    }

    /// <summary>Plans it anew. What had come back, or stayed because the customer wrote, waits again.</summary>
    /// <exception cref="InvalidOperationException">It was sent or taken back.</exception>
    public void Plan(SchedulePlan plan, long changeSequence)
    {
        ArgumentNullException.ThrowIfNull(plan);
        MustBeOpen();
        (DueAt, Fallback, CancelsWhenCustomerWrites) = (plan.DueAt, plan.Fallback, plan.CancelsWhenCustomerWrites);
        (State, SettledAt, Fault, ChangeSequence) = (ScheduledState.Waiting, null, null, changeSequence);
    }

    /// <summary>It became a message.</summary>
    /// <exception cref="InvalidOperationException">It was sent or taken back already.</exception>
    public void MarkSent(long messageId, DateTimeOffset now, long changeSequence)
    {
        MustBeOpen();
        MessageId = messageId;
        Settle(ScheduledState.Sent, now, changeSequence);
    }

    /// <summary>It could not go out.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="changeSequence">The workspace's change counter.</param>
    /// <exception cref="InvalidOperationException">It was sent or taken back already.</exception>
    public void Return(PlatformFault fault, DateTimeOffset now, long changeSequence)
    {
        ArgumentNullException.ThrowIfNull(fault);
        MustBeOpen();
        Settle(ScheduledState.Returned, now, changeSequence);
        Fault = fault;
    }

    /// <summary>Somebody took it back.</summary>
    /// <exception cref="InvalidOperationException">It was sent or taken back already.</exception>
    public void Cancel(DateTimeOffset now, long changeSequence)
    {
        MustBeOpen();
        Settle(ScheduledState.Cancelled, now, changeSequence);
    }

    private void MustBeOpen()
    {
        if (!IsOpen)
        {
            throw new InvalidOperationException($"A scheduled message that is {State} does not change any more.");
        }
    }

    private void Settle(ScheduledState state, DateTimeOffset now, long changeSequence) =>
        (State, SettledAt, Fault, ChangeSequence) = (state, now, null, changeSequence);
}
