using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;

namespace Weflux.Web.Sending;

/// <summary>The few seconds in which a person may take a message back, if the person wants them.</summary>
internal static class SecondThoughts
{
    /// <summary>How long a message waits.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    /// <summary>Whether the message waits: never a program's, nor one that has waited already, nor an emoji.</summary>
    public static async Task<bool> AreWantedAsync(WefluxDbContext db, Actor actor, SendReply.Order order, CancellationToken cancellationToken)
    {
        if (actor.Key is not null || order.ScheduledId is not null || order.Content is ReactionContent)
        {
            return false;
        }

        var me = actor.User.Value;
        var preferences = await db.Set<WefluxUser>().Where(u => u.Id == me).Select(u => u.Preferences).SingleOrDefaultAsync(cancellationToken);
        return preferences?.WaitsBeforeSending == true;
    }

    /// <summary>The outbox row of a message that waits for its author's second thoughts.</summary>
    public static OutboundMessage Row(Message message, Standing before, DateTimeOffset now) => new()
    {
        MessageId = message.Id,
        WorkspaceId = message.WorkspaceId,
        ConnectionId = message.ConnectionId,
        ConversationId = message.ConversationId,
        State = OutboundState.Waiting,
        NextAt = now + Length,
        Before = before,
    };
}
