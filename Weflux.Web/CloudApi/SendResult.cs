using Weflux.Domain.Conversations;

namespace Weflux.Web.CloudApi;

/// <summary>How a call to send ended: a closed family. Only <see cref="NotSent"/> and <see cref="RetryLater"/> may be followed by another call.</summary>
public abstract record SendResult
{
    private protected SendResult()
    {
    }
}

/// <summary>The platform took the message.</summary>
public sealed record Accepted(string WhatsAppId) : SendResult;

/// <summary>Certainly refused, and trying again unchanged is no use.</summary>
public sealed record Rejected(PlatformFault Fault) : SendResult;

/// <summary>Certainly refused, for the moment.</summary>
public sealed record RetryLater(PlatformFault Fault) : SendResult;

/// <summary>Certainly not sent: nothing of the message left.</summary>
public sealed record NotSent(string Detail) : SendResult;

/// <summary>The message may or may not have arrived.</summary>
public sealed record Unknown(string Detail) : SendResult;
