using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>The lifecycle stages of a workspace. One that never had any gets those that everybody starts with, at the first look.</summary>
internal static class Stages
{
    public static async Task<IReadOnlyList<LifecycleStage>> ReadAsync(WefluxDatabase database, WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await using var db = database.Open(workspace);
        return await ReadAsync(database, db, cancellationToken);
    }

    /// <param name="database">Where they are made if there are none yet.</param>
    /// <param name="open">A context of the workspace that is open already.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<LifecycleStage>> ReadAsync(WefluxDatabase database, WefluxDbContext open, CancellationToken cancellationToken)
    {
        if (await AllAsync(open, cancellationToken) is { Count: > 0 } stages)
        {
            return stages;
        }

        var workspace = open.CurrentWorkspace;
        return await database.WriteAsync(
            workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                await BeginAsync(db, workspace, cancellationToken);
                return await AllAsync(db, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Makes what everybody starts with. Call under the lock of the workspace.</summary>
    public static async Task BeginAsync(WefluxDbContext db, WorkspaceId workspace, CancellationToken cancellationToken)
    {
        if (await db.Set<LifecycleStage>().OrderBy(s => s.Id).Select(s => (long?)s.Id).FirstOrDefaultAsync(cancellationToken) is null)
        {
            db.AddRange(LifecycleStage.Defaults.Select((name, i) => new LifecycleStage { WorkspaceId = workspace, Name = name, Position = i + 1 }));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static Task<List<LifecycleStage>> AllAsync(WefluxDbContext db, CancellationToken cancellationToken) =>
        db.Set<LifecycleStage>().AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(cancellationToken);
}
