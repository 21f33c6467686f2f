using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Sending.Troubles;

/// <summary>A person decides that nothing more becomes of a message that went wrong. The message itself stays as it is.</summary>
public sealed class LeaveTrouble(WefluxDatabase database, InboxBroadcaster broadcaster)
{
    /// <summary>In one transaction at most so many, so that nobody who writes waits long.</summary>
    private const int AtOnce = 200;

    /// <summary>Leaves one, which whoever may see its conversation may.</summary>
    /// <returns>False if there is none, for this person, or somebody was faster.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long messageId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return false;
        }

        return await LeaveAsync(
            actor,
            async db =>
            {
                var found = await (
                    from t in db.Set<SendTrouble>()
                    join m in db.Set<Message>() on t.MessageId equals m.Id
                    join c in db.Set<Conversation>() on m.ConversationId equals c.Id
                    where t.MessageId == messageId
                    select new { Left = new Left(t, m), Holding = new Holding(c.AssigneeId, c.TeamId, c.AskedMemberId, c.AskedTeamId, c.Participants) }).SingleOrDefaultAsync(cancellationToken);
                return found is not null && actor.MaySee(found.Holding) ? [found.Left] : [];
            },
            cancellationToken) > 0;
    }

    /// <summary>Leaves all of one cause that lie in the person's lane.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ExecuteAllAsync(Actor actor, TroubleCause cause, CancellationToken cancellationToken = default)
    {
        var count = 0;
        for (var left = AtOnce; left == AtOnce && actor.May(Permission.WorkConversations); count += left)
        {
            left = await LeaveAsync(
                actor,
                db => (
                    from t in TroubleRows.Of(db, actor, cause)
                    join m in db.Set<Message>() on t.MessageId equals m.Id
                    orderby t.MessageId
                    select new Left(t, m)).Take(AtOnce).ToListAsync(cancellationToken),
                cancellationToken);
        }

        return count;
    }

    private async Task<int> LeaveAsync(Actor actor, Func<WefluxDbContext, Task<List<Left>>> find, CancellationToken cancellationToken)
    {
        var (count, changes) = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                var left = await find(db);
                List<ConversationChange> told = [];
                if (left.Count > 0)
                {
                    told = await ForgetAsync(db, left, cancellationToken);
                }

                return (left.Count, told);
            },
            cancellationToken);
        await broadcaster.AnnounceAsync(actor.Workspace, changes);
        return count;
    }

    private static async Task<List<ConversationChange>> ForgetAsync(WefluxDbContext db, List<Left> left, CancellationToken cancellationToken)
    {
        var threads = left.Select(l => l.Message.ConversationId).Distinct().ToList();
        var sequence = await db.TakeSequenceAsync(1, cancellationToken);
        db.RemoveRange(left.Select(l => l.Row));

        // Whoever looks at the threads sees that it is dealt with.
        left.ForEach(l => l.Message.ShowAnew(sequence));
        await db.SaveChangesAsync(cancellationToken);
        var conversations = await db.Set<Conversation>().AsNoTracking().Where(c => threads.Contains(c.Id)).ToListAsync(cancellationToken);
        return [.. conversations.Select(ConversationChange.Of)];
    }

    private sealed record Left(SendTrouble Row, Message Message);
}
