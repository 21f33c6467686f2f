using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Inbox;

/// <summary>Moves a person's own read cursor. It changes nothing for others and sends no blue ticks.</summary>
public sealed class MarkSeen(WefluxDatabase database, SharedRows rows, InboxBroadcaster broadcaster)
{
    /// <param name="actor">The person.</param>
    /// <param name="conversationId">What was looked at.</param>
    /// <param name="inboundCount">How many of the customer's messages the screen showed.</param>
    public async Task ExecuteAsync(Actor actor, long conversationId, int inboundCount, CancellationToken cancellationToken = default)
    {
        var version = await database.WriteAsync(
            actor.Workspace, db => MoveAsync(db, actor, conversationId, inboundCount, cancellationToken), cancellationToken);
        if (version is { } seen)
        {
            rows.Forget(actor.Workspace, conversationId);
            await broadcaster.TellPersonAsync(actor.Workspace, actor.User, seen);
        }
    }

    private static async Task<ConversationHint?> MoveAsync(
        WefluxDbContext db, Actor actor, long conversationId, int inboundCount, CancellationToken cancellationToken)
    {
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        if (conversation is null || !actor.MaySee(conversation.AssigneeId, conversation.Participants) || !actor.May(Permission.WorkConversations))
        {
            return null;
        }

        var me = actor.User;
        var count = Math.Min(inboundCount, conversation.InboundCount);
        await db.LockWorkspaceAsync(cancellationToken);
        var moved = await db.Set<ReadCursor>()
            .Where(r => r.ConversationId == conversationId && r.UserId == me && r.InboundCount < count)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.InboundCount, count), cancellationToken);
        if (moved == 0)
        {
            if (await db.Set<ReadCursor>().AnyAsync(r => r.ConversationId == conversationId && r.UserId == me, cancellationToken))
            {
                return null;
            }

            db.Add(new ReadCursor { WorkspaceId = actor.Workspace, ConversationId = conversationId, UserId = me, InboundCount = count });
            await db.SaveChangesAsync(cancellationToken);
        }

        return ConversationHint.Of(conversation) with { IsOwn = true };
    }
}
