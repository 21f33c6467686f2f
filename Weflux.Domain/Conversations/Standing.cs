using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>What a reply changes of its conversation.</summary>
/// <param name="State">Whether it is being worked on.</param>
/// <param name="SnoozedUntil">When its snooze ends (UTC); null unless snoozed.</param>
/// <param name="NeedsReply">Whether somebody should answer.</param>
/// <param name="AssigneeId">Who holds it; null if nobody does.</param>
/// <param name="WaitingSince">Since when the customer waits (UTC); null if nobody needs to reply, or if it was not kept yet.</param>
public sealed record Standing(ConversationState State, DateTimeOffset? SnoozedUntil, bool NeedsReply, UserId? AssigneeId, DateTimeOffset? WaitingSince = null);
