using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Notices;

namespace Weflux.Web.Inbox.Notices;

/// <summary>A person marks everything that the screen showed as read, also that customers wait whom nobody holds.</summary>
public sealed class ReadAllNotices(WefluxDatabase database, TimeProvider time)
{
    /// <param name="actor">The person.</param>
    /// <param name="upTo">The change counter up to which the screen showed notices: what happened since stays unread.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Whether anything was unread.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long upTo, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations) || actor.Key is not null)
        {
            return false;
        }

        var (me, now) = (actor.User, time.GetUtcNow());
        return await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                var isFurther = await NoticeCursor.MoveAsync(db, me, upTo, cancellationToken);
                var read = await db.Set<Notice>().Where(n => n.UserId == me && n.Sequence <= upTo && n.ReadAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);
                if (read > 0 || isFurther)
                {
                    db.AfterCommit.Add(new NoticeHint(actor.Workspace, me));
                }

                return read > 0 || isFurther;
            },
            cancellationToken);
    }
}
