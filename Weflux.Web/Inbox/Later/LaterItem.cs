using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox.Later;

/// <summary>One message that is to go out later.</summary>
/// <param name="DraftId">The draft it comes from.</param>
/// <param name="Content">What it says; null if it is nothing that can be sent.</param>
public sealed record LaterItem(Guid DraftId, MessageContent? Content);

/// <summary>To whom something is to go out later.</summary>
/// <param name="WindowClosesAt">When the window closes as things are (UTC); null if it was never open.</param>
public sealed record LaterTarget(long ConversationId, ContactView Contact, DateTimeOffset? WindowClosesAt);
