using Weflux.Domain.Conversations;

namespace Weflux.Web.Sending;

internal static class Outbox
{
    /// <summary>The outbox row of a message that waits for its turn.</summary>
    public static OutboundMessage Row(Message message, DateTimeOffset now) => new()
    {
        MessageId = message.Id,
        WorkspaceId = message.WorkspaceId,
        ConnectionId = message.ConnectionId,
        ConversationId = message.ConversationId,
        State = OutboundState.Waiting,
        NextAt = now,
    };
}
