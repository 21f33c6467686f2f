using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Team;
using Weflux.Web.Team.Settings;

namespace Weflux.Web.Account.SignUp;

/// <summary>Makes a workspace with its first Admin, in the transaction of whoever may.</summary>
public sealed class NewWorkspace(AuditLog audit, TimeProvider time)
{
    public const int LongestName = 200;

    /// <summary>Whether a workspace has the address, or had it: old addresses go on leading to theirs.</summary>
    public static async Task<bool> IsTakenAsync(WefluxDbContext db, string slug, CancellationToken cancellationToken) =>
        WorkspaceSlug.Read(slug, out var parsed) != SlugFault.None || await db.IsSlugTakenAsync(parsed, except: null, cancellationToken);

    public async Task<WorkspaceId> AddAsync(
        WefluxDbContext db, WefluxUser admin, string name, WorkspaceSlug slug, string? timeZone, string? from, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var workspace = new Workspace { Name = name, Slug = slug.Value!, CreatedAt = now, TimeZone = WorkspaceTime.Read(timeZone) };
        db.Add(workspace);
        await db.SaveChangesAsync(cancellationToken);
        var user = new UserId(admin.Id);
        db.Add(new WorkspaceCounter { WorkspaceId = workspace.Id });
        db.Add(new Membership { WorkspaceId = workspace.Id, UserId = user, Role = Role.Admin, JoinedAt = now });
        await db.SaveChangesAsync(cancellationToken);
        var actor = new Actor(workspace.Id, user, admin.Name, Role.Admin, AgentSettings.Default) { From = from };
        await audit.AddAsync(
            db, actor, AuditActions.WorkspaceCreated, AuditFacts.Made(name, ("Address", slug.Value), ("Admin", admin.Name)), cancellationToken);
        return workspace.Id;
    }
}
