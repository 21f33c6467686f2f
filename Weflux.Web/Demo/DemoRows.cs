using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Demo;

/// <summary>What of a database is the demo's. Its workspaces are known by their numbers: an address can be changed, and taken by others.</summary>
internal static class DemoRows
{
    private static readonly string[] Numbers = [.. DemoWorkspaces.All.Select(w => w.Number.PhoneNumberId)];
    private static readonly string[] Names = [.. DemoWorkspaces.All.SelectMany(w => w.People).Select(p => p.Email.ToUpperInvariant())];

    /// <summary>The people of the demo, by the names under which accounts are found.</summary>
    public static IReadOnlyList<string> People => Names;

    public static Task<List<WorkspaceId>> WorkspacesAsync(WefluxDbContext db, CancellationToken cancellationToken) =>
        db.Set<Connection>().AcrossWorkspaces().Where(c => c.Kind == ConnectionKind.Simulator && Numbers.Contains(c.PhoneNumberId))
            .Select(c => c.WorkspaceId).Distinct().ToListAsync(cancellationToken);

    /// <summary>The workspace that has the demo's number; null if there is none.</summary>
    public static async Task<Workspace?> FindAsync(WefluxDbContext db, DemoWorkspace demo, CancellationToken cancellationToken)
    {
        var number = demo.Number.PhoneNumberId;
        var ids = await db.Set<Connection>().AcrossWorkspaces().Where(c => c.Kind == ConnectionKind.Simulator && c.PhoneNumberId == number)
            .Select(c => c.WorkspaceId).ToListAsync(cancellationToken);
        return await db.Set<Workspace>().FirstOrDefaultAsync(w => ids.Contains(w.Id), cancellationToken);
    }
}
