namespace Weflux.Domain.Sending;

/// <summary>Whether a message may be sent, and if not, why and what instead: a closed family.</summary>
public abstract record SendDecision
{
    private protected SendDecision()
    {
    }

    /// <summary>Whether it may be sent.</summary>
    public bool IsAllowed => this is Allowed;
}

/// <summary>It may be sent.</summary>
/// <param name="IsMarked">The contact asked for silence and wrote afterwards: an answer is allowed, and the person sees a mark.</param>
public sealed record Allowed(bool IsMarked = false) : SendDecision;

/// <summary>The window is closed: only an approved template may be sent.</summary>
/// <param name="ClosedAt">When it closed (UTC); null if it was never open.</param>
public sealed record NeedsTemplate(DateTimeOffset? ClosedAt) : SendDecision;

/// <summary>The contact does not want it.</summary>
/// <param name="Since">When the contact said so (UTC); null if marketing consent was never given.</param>
/// <param name="Reason">What the contact said.</param>
public sealed record OptedOut(DateTimeOffset? Since, OptOutReason Reason) : SendDecision;

/// <summary>Why a contact does not want a message.</summary>
public enum OptOutReason
{
    /// <summary>Asked for silence: nothing may be sent, no template either, until the contact writes.</summary>
    AllStopped = 1,

    /// <summary>Refuses marketing.</summary>
    MarketingStopped = 2,

    /// <summary>Never agreed to marketing.</summary>
    NoMarketingConsent = 3,
}

/// <summary>The person may not send here.</summary>
public sealed record NotPermitted : SendDecision;

/// <summary>The contact must not be written to.</summary>
/// <param name="IsBlocked">We blocked the contact; otherwise processing is restricted on the contact's request.</param>
public sealed record Restricted(bool IsBlocked) : SendDecision;

/// <summary>The number cannot send at the moment.</summary>
/// <param name="State">What is wrong with it.</param>
public sealed record ConnectionNotReady(ConnectionState State) : SendDecision;

/// <summary>The message itself is wrong.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Length">The length of the text, in UTF-16 units.</param>
public sealed record Invalid(InvalidReason Reason, int Length = 0) : SendDecision;

/// <summary>What is wrong with a message.</summary>
public enum InvalidReason
{
    /// <summary>It says nothing.</summary>
    Empty = 1,

    /// <summary>The text is longer than <see cref="Conversations.TextContent.MaxLength"/>.</summary>
    TooLong = 2,

    /// <summary>It is of a kind that we cannot send.</summary>
    NotSendable = 3,

    /// <summary>The template is not approved now.</summary>
    TemplateNotApproved = 4,

    /// <summary>A variable of the template has no value, or there are values without a variable.</summary>
    TemplateValueMissing = 5,

    /// <summary>A value holds a line break, a tab or more than four spaces in a row.</summary>
    TemplateValueNotAllowed = 6,

    /// <summary>Filled in, the template is longer than <see cref="TemplateLimits.Body"/>.</summary>
    TemplateTooLong = 7,
}

/// <summary>Whether a number can send.</summary>
public enum ConnectionState
{
    /// <summary>It can.</summary>
    Ready = 1,

    /// <summary>An admin paused it.</summary>
    Paused = 2,

    /// <summary>Its token or the number itself was refused.</summary>
    Broken = 3,

    /// <summary>It was disconnected; its history stays.</summary>
    Disconnected = 4,

    /// <summary>It was just connected, and no message has come through yet to prove it.</summary>
    Waiting = 5,
}
