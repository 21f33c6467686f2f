using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Work;

namespace Weflux.Web.Inbox;

/// <summary>Moves a person's own read cursor. It changes nothing for others and sends no blue ticks.</summary>
public sealed class MarkSeen(WefluxDatabase database, SharedRows rows, InboxBroadcaster broadcaster)
{
    /// <param name="actor">The person.</param>
    /// <param name="conversationId">What was looked at.</param>
    /// <param name="inboundCount">How many of the customer's messages the screen showed.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, int inboundCount, CancellationToken cancellationToken = default)
    {
        var (outcome, moved) = await database.WriteAsync(
            actor.Workspace, db => MoveAsync(db, actor, conversationId, inboundCount, cancellationToken), cancellationToken);
        if (moved is { } hint)
        {
            rows.Forget(actor.Workspace, conversationId);
            await broadcaster.TellPersonAsync(actor.Workspace, actor.User, hint);
        }

        return outcome;
    }

    private static async Task<(WorkOutcome Outcome, ConversationHint? Hint)> MoveAsync(
        WefluxDbContext db, Actor actor, long conversationId, int inboundCount, CancellationToken cancellationToken)
    {
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        if (conversation is null || !actor.MaySee(conversation.Holding) || !actor.May(Permission.WorkConversations))
        {
            return (WorkOutcome.NotFound, null);
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
                return (WorkOutcome.Unchanged, null);
            }

            db.Add(new ReadCursor { WorkspaceId = actor.Workspace, ConversationId = conversationId, UserId = me, InboundCount = count });
            await db.SaveChangesAsync(cancellationToken);
        }

        return (WorkOutcome.Done, ConversationHint.Of(conversation) with { IsOwn = true });
    }
}
