using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;

namespace Weflux.Web.Team;

/// <summary>Finds out who somebody is in a workspace, anew at each call: roles are never remembered.</summary>
public sealed class Actors(WefluxDatabase database)
{
    /// <summary>The person as a member; null for a stranger, a deactivated member, or a workspace that does not exist.</summary>
    public Task<Actor?> FindAsync(UserId user, string workspaceSlug, CancellationToken cancellationToken) =>
        FindAsync(user, w => w.Slug == workspaceSlug, cancellationToken);

    /// <inheritdoc cref="FindAsync(UserId, string, CancellationToken)"/>
    public Task<Actor?> FindAsync(UserId user, WorkspaceId workspace, CancellationToken cancellationToken) =>
        FindAsync(user, w => w.Id == workspace, cancellationToken);

    /// <summary>The workspaces in which the person is active, by name.</summary>
    public async Task<IReadOnlyList<WorkspaceLink>> ListAsync(UserId user, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return await (
            from membership in db.Set<Membership>().AcrossWorkspaces()
            join workspace in db.Set<Workspace>() on membership.WorkspaceId equals workspace.Id
            where membership.UserId == user && membership.IsActive
            orderby workspace.Name
            select new WorkspaceLink(workspace.Slug, workspace.Name, membership.Role)).ToListAsync(cancellationToken);
    }

    private async Task<Actor?> FindAsync(
        UserId user,
        System.Linq.Expressions.Expression<Func<Workspace, bool>> which,
        CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        var found = await (
            from workspace in db.Set<Workspace>().Where(which)
            join membership in db.Set<Membership>().AcrossWorkspaces() on workspace.Id equals membership.WorkspaceId
            where membership.UserId == user && membership.IsActive
            select new { Workspace = workspace, membership.Role }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var name = await db.Set<WefluxUser>().Where(u => u.Id == user.Value).Select(u => u.Name).SingleAsync(cancellationToken);
        return new Actor(found.Workspace.Id, user, name, found.Role, found.Workspace.AgentSettings);
    }
}

/// <summary>A workspace that a person can go to.</summary>
public sealed record WorkspaceLink(string Slug, string Name, Role Role);
