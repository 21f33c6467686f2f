using Weflux.Domain;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Web.Replies;

/// <summary>Somebody deletes a canned reply of their own, or with the right to it one of everybody. What was sent with it stays.</summary>
public sealed class DeleteReply(WefluxDatabase database, AuditLog audit)
{
    public Task<ReplyOutcome> ExecuteAsync(Actor actor, long replyId, CancellationToken cancellationToken = default) =>
        !ReplyRights.MayUse(actor)
            ? Task.FromResult(ReplyOutcome.NotAllowed)
            : database.WriteAsync(actor.Workspace, db => DeleteAsync(db, actor, replyId, cancellationToken), cancellationToken);

    private async Task<ReplyOutcome> DeleteAsync(WefluxDbContext db, Actor actor, long replyId, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        if (await ReplyRights.FindAsync(db, actor, replyId, cancellationToken) is not { } reply)
        {
            return ReplyOutcome.NotFound;
        }

        var isShared = reply.OwnerId is null;
        if (!await ReplyRights.StillMayWriteAsync(db, actor, isShared, cancellationToken))
        {
            return ReplyOutcome.NotAllowed;
        }

        db.Remove(reply);
        await db.SaveChangesAsync(cancellationToken);
        if (isShared)
        {
            await audit.AddAsync(db, actor, AuditActions.ReplyDeleted, AuditFacts.Gone(reply.Shortcut, ("Text", reply.Text.Cut(SaveReply.MostOnRecord))), cancellationToken);
        }

        return ReplyOutcome.Saved;
    }
}
