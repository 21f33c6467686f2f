using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Invitations;

/// <summary>An Admin takes an invitation back: its link opens nothing any more.</summary>
public sealed class RevokeInvitation(WefluxDatabase database, AuditLog audit, TimeProvider time)
{
    /// <returns>False if there is no such open invitation for this actor.</returns>
    public Task<bool> ExecuteAsync(Actor actor, long invitationId, CancellationToken cancellationToken = default) =>
        !actor.May(Permission.ManagePeople) ? Task.FromResult(false) : database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                var now = time.GetUtcNow();
                var invitation = await db.Set<Invitation>().SingleOrDefaultAsync(i => i.Id == invitationId, cancellationToken);
                if (invitation?.StateAt(now) != InvitationState.Open || !await db.StillMayAsync(actor, Permission.ManagePeople, cancellationToken))
                {
                    return false;
                }

                invitation.Revoke(now);
                await audit.AddAsync(
                    db,
                    actor,
                    AuditActions.InvitationRevoked,
                    AuditFacts.Gone(invitation.For, ("Role", invitation.Role.ToString())),
                    cancellationToken);
                return true;
            },
            cancellationToken);
}
