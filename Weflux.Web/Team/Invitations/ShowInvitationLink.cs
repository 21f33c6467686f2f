using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Operations;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Invitations;

/// <summary>Shows the link of an open invitation to an Admin once more, on record: whoever has it can come in.</summary>
public sealed class ShowInvitationLink(
    WefluxDatabase database, SecretProtector protector, AuditLog audit, PublicAddress address, TimeProvider time)
{
    /// <returns>The link; null if there is no such open invitation for this actor.</returns>
    public Task<Uri?> ExecuteAsync(Actor actor, long invitationId, CancellationToken cancellationToken = default) =>
        !actor.May(Permission.ManagePeople) ? Task.FromResult<Uri?>(null) : database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                var invitation = await db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == invitationId, cancellationToken);
                if (invitation?.StateAt(time.GetUtcNow()) != InvitationState.Open || !await db.StillMayAsync(actor, Permission.ManagePeople, cancellationToken))
                {
                    return null;
                }

                await audit.AddAsync(
                    db,
                    actor,
                    AuditActions.InvitationShown,
                    AuditFacts.Made(invitation.For, ("Role", invitation.Role.ToString())),
                    cancellationToken);
                return address.At(InvitationToken.PathOf(InvitationToken.Read(protector, invitation)));
            },
            cancellationToken);
}
