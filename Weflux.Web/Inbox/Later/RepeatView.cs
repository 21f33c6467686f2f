using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox.Later;

/// <summary>A message that went wrong and is to go out again at a time.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Content">What it said.</param>
/// <param name="QuotedId">The message that it answered; null if none.</param>
/// <param name="BetterAt">When it has a chance (UTC); null if no time is known.</param>
public sealed record RepeatView(long MessageId, MessageContent Content, long? QuotedId, DateTimeOffset? BetterAt);
