namespace Weflux.Domain.Conversations;

/// <summary>
/// The 24-hour customer service window of one conversation: the time in which a business may send free-form messages.
/// It is the half-open interval from the customer's last act to 24 hours later: at exactly 24:00:00 it is closed.
/// The default value has never been open.
/// </summary>
/// <remarks>
/// Platform rule: WhatsApp Business Platform, "Customer service windows". The window counts from the time the customer
/// acted, as the platform reports it, never from the time we heard of it, and webhooks may come late or out of order,
/// so it never moves backwards.
/// </remarks>
/// <param name="LastCustomerActAt">When the customer last acted (UTC); null if never.</param>
public readonly record struct ServiceWindow(DateTimeOffset? LastCustomerActAt)
{
    /// <summary>How long a window stays open after the customer's last act.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);

    /// <summary>The first moment at which the window is closed; null if it was never open.</summary>
    public DateTimeOffset? ClosesAt => LastCustomerActAt + Length;

    /// <summary>Whether a free-form message may leave at this moment.</summary>
    public bool IsOpenAt(DateTimeOffset now) => now < ClosesAt;

    /// <summary>How long the window stays open from this moment; zero if it is closed.</summary>
    public TimeSpan RemainingAt(DateTimeOffset now) => IsOpenAt(now) ? ClosesAt!.Value - now : TimeSpan.Zero;

    /// <summary>The window after the customer acted.</summary>
    /// <param name="actedAt">When the customer acted, by the platform's clock.</param>
    /// <param name="receivedAt">When we were told. It caps <paramref name="actedAt"/>, so that no clock ahead of ours opens a window into the future.</param>
    public ServiceWindow Extend(DateTimeOffset actedAt, DateTimeOffset receivedAt)
    {
        var at = actedAt <= receivedAt ? actedAt : receivedAt;
        return LastCustomerActAt >= at ? this : new ServiceWindow(at);
    }
}
