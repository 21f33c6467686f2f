using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Team.Settings;

namespace Weflux.Web.Team;

/// <summary>Finds out who somebody is in a workspace. Roles are not remembered, but for a second for those who only look.</summary>
public sealed class Actors(WefluxDatabase database)
{
    private const int MostRecent = 10_000;
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(UserId User, string Slug), (long At, Lazy<Task<Actor?>> Actor)> _recent = new();

    /// <summary>The person as a member; null for a stranger, a deactivated member, or a workspace that does not exist.</summary>
    public async Task<Actor?> FindAsync(UserId user, string workspaceSlug, CancellationToken cancellationToken) =>
        await FindAsync(user, w => w.Slug == workspaceSlug, cancellationToken)
        ?? (await FindMovedAsync(user, workspaceSlug, cancellationToken) is { } now ? await FindAsync(user, w => w.Slug == now, cancellationToken) : null);

    /// <summary>The present slug of a workspace of this person that once had the given one; null if there is none.</summary>
    public async Task<string?> FindMovedAsync(UserId user, string formerSlug, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return await (
            from former in db.Set<FormerSlug>().AcrossWorkspaces()
            join workspace in db.Set<Workspace>() on former.WorkspaceId equals workspace.Id
            join membership in db.Set<Membership>().AcrossWorkspaces() on former.WorkspaceId equals membership.WorkspaceId
            where former.Slug == formerSlug && membership.UserId == user && membership.IsActive && workspace.ErasingSince == null
            select workspace.Slug).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The person as a member, as found within the last second. Many screens of one person ask together and get one answer.</summary>
    public Task<Actor?> FindRecentAsync(UserId user, string workspaceSlug, CancellationToken cancellationToken)
    {
        // Real time, not the application's clock: it bounds how long a removed member goes on to see.
        var now = TimeProvider.System.GetTimestamp();
        if (_recent.Count > MostRecent)
        {
            _recent.Clear();
        }

        var (_, found) = _recent.AddOrUpdate(
            (user, workspaceSlug),
            _ => (now, Read()),
            (_, known) => TimeProvider.System.GetElapsedTime(known.At, now) < Recent && known.Actor is not { IsValueCreated: true, Value.IsFaulted: true } ? known : (now, Read()));
        return found.Value.WaitAsync(cancellationToken);

        Lazy<Task<Actor?>> Read() => new(() => FindAsync(user, workspaceSlug, CancellationToken.None));
    }

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
            where membership.UserId == user && membership.IsActive && workspace.ErasingSince == null
            orderby workspace.Name
            select new WorkspaceLink(workspace.Id, workspace.Slug, workspace.Name, membership.Role, workspace.DeletionDueAt, workspace.TimeZone)).ToListAsync(cancellationToken);
    }

    /// <summary>Whether the person is a member of a workspace that demands a second step to sign in, and has none. Such a member is nobody there.</summary>
    public async Task<bool> NeedsSecondFactorAsync(UserId user, string workspaceSlug, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return await (
            from workspace in db.Set<Workspace>()
            join membership in db.Set<Membership>().AcrossWorkspaces() on workspace.Id equals membership.WorkspaceId
            where workspace.Slug == workspaceSlug && workspace.RequiresTwoFactor && membership.UserId == user && membership.IsActive
                && db.Set<WefluxUser>().Any(u => u.Id == user.Value && !u.TwoFactorEnabled)
            select membership.UserId).AnyAsync(cancellationToken);
    }

    private async Task<Actor?> FindAsync(
        UserId user,
        System.Linq.Expressions.Expression<Func<Workspace, bool>> which,
        CancellationToken cancellationToken)
    {
        await using var db = await database.OpenForSeveralOfSystemAsync(cancellationToken);
        var found = await (
            from workspace in db.Set<Workspace>().Where(which)
            join membership in db.Set<Membership>().AcrossWorkspaces() on workspace.Id equals membership.WorkspaceId
            where membership.UserId == user && membership.IsActive && workspace.ErasingSince == null
            select new { Workspace = workspace, membership.Role }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var person = await db.Set<WefluxUser>().Where(u => u.Id == user.Value)
            .Select(u => new { u.Name, u.TwoFactorEnabled }).SingleAsync(cancellationToken);
        if (found.Workspace.RequiresTwoFactor && !person.TwoFactorEnabled)
        {
            return null;
        }

        var workspaceId = found.Workspace.Id;
        var teams = await db.Set<TeamMember>().AcrossWorkspaces().Where(m => m.WorkspaceId == workspaceId && m.UserId == user)
            .Select(m => m.TeamId).ToListAsync(cancellationToken);
        return new Actor(workspaceId, user, person.Name, found.Role, found.Workspace.AgentSettings) { Teams = TeamSet.Of(teams) };
    }
}

/// <summary>A workspace that a person can go to.</summary>
/// <param name="DeletionDueAt">When it is to be erased; null if it stays.</param>
/// <param name="TimeZone">The clock of its wall.</param>
public sealed record WorkspaceLink(
    WorkspaceId Id, string Slug, string Name, Role Role, DateTimeOffset? DeletionDueAt = null, string TimeZone = WorkspaceTime.Default);
