using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Notices;

namespace Weflux.Web.Inbox.Notices;

/// <summary>A person looks at a conversation: what they were told of it is read.</summary>
public sealed class SeeNotices(WefluxDatabase database, TimeProvider time)
{
    /// <param name="actor">The person.</param>
    /// <param name="conversationId">What is looked at.</param>
    /// <param name="upTo">The change counter up to which the screen shows it: what happened since stays unread.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Whether anything was unread.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long conversationId, long upTo, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations) || actor.Key is not null || !await HasUnreadAsync(actor, conversationId, upTo, cancellationToken))
        {
            return false;
        }

        var now = time.GetUtcNow();
        return await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                var read = await Unread(db, actor.User, conversationId, upTo).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);
                if (read > 0)
                {
                    db.AfterCommit.Add(new NoticeHint(actor.Workspace, actor.User));
                }

                return read > 0;
            },
            cancellationToken);
    }

    /// <summary>Mostly there is nothing to mark, and nobody who writes need wait for that.</summary>
    private async Task<bool> HasUnreadAsync(Actor actor, long conversationId, long upTo, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await Unread(db, actor.User, conversationId, upTo).AnyAsync(cancellationToken);
    }

    private static IQueryable<Notice> Unread(WefluxDbContext db, UserId me, long conversationId, long upTo) =>
        db.Set<Notice>().Where(n => n.ConversationId == conversationId && n.UserId == me && n.Sequence <= upTo && n.ReadAt == null);
}
