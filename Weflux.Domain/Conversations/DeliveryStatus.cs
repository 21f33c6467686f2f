namespace Weflux.Domain.Conversations;

/// <summary>
/// How far a message of ours came. The order of the values is the order of progress, and a status only moves forward:
/// whatever order webhooks arrive in, the end is the same. Failed stands below Delivered, because a message that
/// proved delivered did not fail, and above Sent, because it may fail after leaving.
/// </summary>
public enum DeliveryStatus
{
    /// <summary>A customer's message: it has no delivery of ours.</summary>
    None = 0,

    /// <summary>Written down, waiting to be sent.</summary>
    Queued = 1,

    /// <summary>An attempt is under way, or its answer was lost and may still come.</summary>
    Sending = 2,

    /// <summary>No answer and no status within five minutes: it may have reached the customer.</summary>
    NotConfirmed = 3,

    /// <summary>The platform took it. One tick.</summary>
    Sent = 4,

    /// <summary>It certainly did not reach the customer.</summary>
    Failed = 5,

    /// <summary>On the customer's device. Two ticks.</summary>
    Delivered = 6,

    /// <summary>Shown in an open chat. Blue ticks.</summary>
    Read = 7,

    /// <summary>A voice message was played.</summary>
    Played = 8,
}

/// <summary>How statuses combine.</summary>
public static class DeliveryStatuses
{
    /// <summary>The status after a report: the further of the two.</summary>
    public static DeliveryStatus Advance(this DeliveryStatus current, DeliveryStatus reported) =>
        reported > current ? reported : current;

    /// <summary>Whether the machine has nothing more to do for the message.</summary>
    public static bool IsSettled(this DeliveryStatus status) => status >= DeliveryStatus.NotConfirmed;

    /// <summary>Whether somebody must decide what becomes of the message.</summary>
    public static bool IsTrouble(this DeliveryStatus status) => status is DeliveryStatus.Failed or DeliveryStatus.NotConfirmed;

    /// <summary>Whether it is known that the platform or the customer has the message.</summary>
    public static bool HasArrived(this DeliveryStatus status) => status is DeliveryStatus.Sent or >= DeliveryStatus.Delivered;
}
