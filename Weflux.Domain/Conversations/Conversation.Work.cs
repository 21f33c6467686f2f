using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>What people do with a conversation, apart from writing in it.</summary>
public sealed partial class Conversation
{
    /// <summary>Nobody needs to answer what the customer said last.</summary>
    /// <returns>False if nobody needed to.</returns>
    public bool MarkNoReplyNeeded()
    {
        if (!NeedsReply)
        {
            return false;
        }

        WaitNoLonger();
        Version++;
        return true;
    }

    /// <summary>Takes the conversation out of the list until a time, or until the customer writes. Nobody is asked to take it over any more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not in the future.</exception>
    public void Snooze(DateTimeOffset until, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(until, now);
        State = ConversationState.Snoozed;
        SnoozedUntil = until;
        ForgetAsking();
        Version++;
    }

    /// <summary>The work is done, until the customer writes. What the customer said last needs no reply any more.</summary>
    public void Close()
    {
        State = ConversationState.Closed;
        SnoozedUntil = null;
        WaitNoLonger();
        ForgetAsking();
        Version++;
    }

    /// <summary>Puts a snoozed or closed conversation back into the list.</summary>
    public void Reopen()
    {
        State = ConversationState.Open;
        SnoozedUntil = null;
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

        if (before.NeedsReply && State == ConversationState.Open)
        {
            Wait(before.WaitingSince ?? message.SaidAt);
        }

        if (before.AssigneeId is null && AssigneeId == message.AuthorId)
        {
            AssigneeId = null;
            ForgetAsking();
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
}
