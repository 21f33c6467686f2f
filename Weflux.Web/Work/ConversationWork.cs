using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Notices;
using Weflux.Web.Team;

namespace Weflux.Web.Work;

/// <summary>
/// How a conversation is changed by people: one at a time in a workspace, only by those who may see it, with the event in
/// the same transaction and the screens told after the commit.
/// </summary>
public sealed class ConversationWork(WefluxDatabase database, InboxBroadcaster broadcaster, TimeProvider time)
{
    /// <summary>Changes a conversation.</summary>
    /// <param name="actor">Who acts. Whoever may not work conversations finds none.</param>
    /// <param name="conversationId">Which.</param>
    /// <param name="changeAsync">Makes the change. Unless it returns <see cref="WorkOutcome.Done"/> nothing is stored.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<WorkOutcome> ChangeAsync(
        Actor actor, long conversationId, Func<WorkEdit, Task<WorkOutcome>> changeAsync, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return WorkOutcome.NotFound;
        }

        var (outcome, change) = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                var conversation = await db.Set<Conversation>().SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
                if (conversation is null || !actor.MaySee(conversation.Holding)
                    || !await db.StillMayAsync(actor, Permission.WorkConversations, cancellationToken))
                {
                    return (WorkOutcome.NotFound, null);
                }

                var before = conversation.Holding;

                // Under the lock nobody else takes it. What changes nothing must not have every screen read again.
                var sequence = await db.ReadCounterAsync(cancellationToken) + 1;
                var outcome = await changeAsync(new WorkEdit(db, actor, conversation, time.GetUtcNow(), sequence));
                if (outcome != WorkOutcome.Done)
                {
                    return (outcome, (ConversationChange?)null);
                }

                await HolderNotices.FollowAsync(
                    db, conversation, before, actor.Key is null ? actor.User : null, time.GetUtcNow(), sequence, cancellationToken);

                if (actor.Key is { } program)
                {
                    Sign(db, program.Name);
                }

                await db.TakeSequenceAsync(1, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                return (outcome, ConversationChange.Of(conversation, before));
            },
            cancellationToken);
        if (change is not null)
        {
            await broadcaster.AnnounceAsync(actor.Workspace, [change]);
        }

        return outcome;
    }

    /// <summary>What a program did is on record under the name of its key.</summary>
    internal static void Sign(WefluxDbContext db, string program)
    {
        foreach (var told in db.ChangeTracker.Entries<ConversationEvent>().Where(e => e.State == EntityState.Added))
        {
            told.Entity.DoneBy(program);
        }
    }
}
