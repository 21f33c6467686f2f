using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Notices;

namespace Weflux.Web.Inbox.Notices;

/// <summary>A person marks one notice as read. It changes nothing for others.</summary>
public sealed class ReadNotice(WefluxDatabase database, TimeProvider time)
{
    /// <param name="actor">The person.</param>
    /// <param name="noticeId">One of the person's own.</param>
    /// <param name="upTo">The change counter up to which the screen showed it: what happened since stays unread.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Whether it was unread.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long noticeId, long upTo, CancellationToken cancellationToken = default)
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
                var read = await db.Set<Notice>().Where(n => n.Id == noticeId && n.UserId == me && n.Sequence <= upTo && n.ReadAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);
                if (read > 0)
                {
                    db.AfterCommit.Add(new NoticeHint(actor.Workspace, me));
                }

                return read > 0;
            },
            cancellationToken);
    }
}
