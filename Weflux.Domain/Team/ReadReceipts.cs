namespace Weflux.Domain.Team;

/// <summary>When customers see blue ticks under what they wrote: the choice of a workspace.</summary>
public enum ReadReceipts
{
    /// <summary>When somebody has answered.</summary>
    WhenReplied = 1,

    /// <summary>When somebody who works the conversation opens it.</summary>
    WhenOpened = 2,

    /// <summary>Never.</summary>
    Never = 3,
}

/// <summary>Whether a customer is told that a message was read.</summary>
public static class ReadReceiptRules
{
    /// <summary>
    /// Whether opening a conversation tells the customer. Only who works it speaks for the business: who holds it, and
    /// an Agent if nobody does. A Manager who looks in stays unseen.
    /// </summary>
    /// <param name="choice">What the workspace chose.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="assignee">Who holds the conversation; null if nobody does.</param>
    public static bool TellsOnOpening(this ReadReceipts choice, Actor actor, UserId? assignee)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return choice == ReadReceipts.WhenOpened
            && actor.Key is null
            && actor.May(Permission.WorkConversations)
            && (assignee == actor.User || (assignee is null && actor.Role == Role.Agent));
    }

    /// <summary>Whether typing may be shown. On this platform it also marks as read, so it follows the same choice.</summary>
    public static bool TellsOnTyping(this ReadReceipts choice, Actor actor, UserId? assignee) => choice.TellsOnOpening(actor, assignee);
}
