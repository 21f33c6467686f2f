using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Notices;

namespace Weflux.Web.Inbox.Notices;

/// <summary>A person has read that customers wait whom nobody holds. Those who come later are news again.</summary>
public sealed class ReadWaitingNotice(WefluxDatabase database)
{
    /// <param name="actor">The person.</param>
    /// <param name="upTo">The change counter of the newest that the screen told of.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Whether it was unread.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long upTo, CancellationToken cancellationToken = default) =>
        actor.May(Permission.WorkConversations) && actor.Key is null && await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                var isFurther = await NoticeCursor.MoveAsync(db, actor.User, upTo, cancellationToken);
                if (isFurther)
                {
                    db.AfterCommit.Add(new NoticeHint(actor.Workspace, actor.User));
                }

                return isFurther;
            },
            cancellationToken);
}
