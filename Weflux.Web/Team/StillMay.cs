using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Team;

internal static class StillMay
{
    /// <summary>
    /// Whether the actor may do this now, by what the database says. Between looking up an actor and the transaction
    /// somebody else may have taken the role away: ask under the lock of the workspace.
    /// </summary>
    public static async Task<bool> StillMayAsync(this WefluxDbContext db, Actor actor, Permission permission, CancellationToken cancellationToken)
    {
        if (!actor.May(permission) || actor.Key is not null)
        {
            return actor.May(permission);
        }

        var place = await db.Set<Membership>().AsNoTracking().SingleOrDefaultAsync(m => m.UserId == actor.User && m.IsActive, cancellationToken);
        return place is not null && (actor with { Role = place.Role }).May(permission);
    }

    /// <summary>Whether the workspace is there and not being erased: what works by itself must not write into one that goes. Ask under its lock.</summary>
    public static Task<bool> IsStillThereAsync(this WefluxDbContext db, WorkspaceId workspace, CancellationToken cancellationToken) =>
        db.Set<Workspace>().AnyAsync(w => w.Id == workspace && w.ErasingSince == null, cancellationToken);
}
