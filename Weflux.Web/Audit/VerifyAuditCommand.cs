using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Operations;
using Weflux.Web.Team;

namespace Weflux.Web.Audit;

/// <summary>Walks the chains of all workspaces, or of those that are named.</summary>
internal sealed class VerifyAuditCommand(WefluxDatabase database, AuditCheck check) : ICommand
{
    public string Name => "verify-audit";

    public string Help => "checks the audit log of every workspace, or of those whose slugs follow, and names the first broken entry.";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellationToken)
    {
        List<Workspace> workspaces;
        await using (var db = database.OpenForSystem())
        {
            workspaces = await db.Set<Workspace>().AsNoTracking().OrderBy(w => w.Slug).ToListAsync(cancellationToken);
        }

        var slugs = arguments.Where(a => !a.StartsWith('-')).ToList();
        var broken = 0;
        foreach (var unknown in slugs.Except(workspaces.Select(w => w.Slug), StringComparer.Ordinal))
        {
            broken++;
            await output.WriteLineAsync($"{unknown}: There is no such workspace.");
        }

        foreach (var workspace in workspaces.Where(w => slugs.Count == 0 || slugs.Contains(w.Slug, StringComparer.Ordinal)))
        {
            var verdict = await check.WalkAsync(workspace.Id, cancellationToken);
            broken += verdict.BrokenAt is null ? 0 : 1;
            await output.WriteLineAsync($"{workspace.Slug}: {verdict} Last sound hash: {verdict.Head}");
        }

        return broken == 0 ? 0 : 1;
    }
}
