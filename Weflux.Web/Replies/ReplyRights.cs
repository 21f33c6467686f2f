using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Replies;

/// <summary>Who may use and write canned replies: people only, because a program has its texts itself.</summary>
internal static class ReplyRights
{
    public static bool MayUse(Actor actor) => actor.Key is null && actor.May(Permission.WorkConversations);

    public static bool MayWrite(Actor actor, bool isShared) => MayUse(actor) && (!isShared || actor.May(Permission.EditSharedReplies));

    /// <summary>The same by what the database says now. Ask under the lock of the workspace.</summary>
    public static async Task<bool> StillMayWriteAsync(WefluxDbContext db, Actor actor, bool isShared, CancellationToken cancellationToken) =>
        MayWrite(actor, isShared)
        && await db.StillMayAsync(actor, isShared ? Permission.EditSharedReplies : Permission.WorkConversations, cancellationToken);

    /// <summary>A reply that the person can use, to be changed; null if there is none.</summary>
    public static Task<CannedReply?> FindAsync(WefluxDbContext db, Actor actor, long? replyId, CancellationToken cancellationToken)
    {
        var me = actor.User;
        return db.Set<CannedReply>().SingleOrDefaultAsync(r => r.Id == replyId && (r.OwnerId == null || r.OwnerId == me), cancellationToken);
    }
}
