using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Api.Reading;

/// <summary>A conversation as the API tells it.</summary>
[Description("The one thread between a contact and one of the business's numbers.")]
public sealed record ApiConversation(
    [property: Description("The conversation's id.")]
    long Id,
    long ContactId,
    [property: Description("The business's number that it runs over.")]
    long ConnectionId,
    [property: AllowedValues("open", "snoozed", "closed")]
    string State,
    [property: Description("When a snooze ends; null unless snoozed.")]
    DateTime? SnoozedUntil,
    [property: Description("The member who holds it; null if nobody does.")]
    long? AssigneeId,
    [property: Description("Whether the customer spoke last and nobody has replied or said that no reply is needed.")]
    bool NeedsReply,
    [property: Description("How many messages the customer sent so far. What is unread differs from member to member, so a key has no such count.")]
    int InboundCount,
    [property: Description("The time in which free-form replies are allowed.")]
    ApiWindow Window,
    [property: Description("The newest message; null while there is none.")]
    long? LastMessageId,
    [property: Description("When it was said. UTC.")]
    DateTime LastMessageAt)
{
    [Description("The team that it belongs to; null if to none.")]
    public long? TeamId { get; init; }

    [Description("The labels that it carries.")]
    public IReadOnlyList<ApiLabel> Labels { get; init; } = [];

    internal static ApiConversation Of(Conversation conversation, long? lastMessageId, DateTimeOffset now) => new(
        conversation.Id,
        conversation.ContactId,
        conversation.ConnectionId,
        ApiWords.Of(conversation.State),
        conversation.SnoozedUntil?.UtcDateTime,
        conversation.AssigneeId?.Value,
        conversation.NeedsReply,
        conversation.InboundCount,
        new ApiWindow(conversation.Window.IsOpenAt(now), conversation.Window.ClosesAt?.UtcDateTime),
        lastMessageId,
        conversation.LastActivityAt.UtcDateTime)
    {
        TeamId = conversation.TeamId,
    };
}

/// <summary>The customer service window of a conversation.</summary>
[Description("The customer service window: 24 hours from the customer's last act.")]
public sealed record ApiWindow(
    [property: Description("Whether a free-form message may leave now.")]
    bool IsOpen,
    [property: Description("The first moment at which it is closed; null if it was never open. UTC.")]
    DateTime? ClosesAt);

/// <summary>A label as the API tells it.</summary>
[Description("A word of the workspace that can be put on conversations.")]
public sealed record ApiLabel(
    long Id,
    string Name);
