using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Operations;
using Weflux.Web.Team;

namespace Weflux.Web.Audit;

/// <summary>Walks the chains of all workspaces, or of those that are named.</summary>
internal sealed class VerifyAuditCommand(WefluxDatabase database, AuditCheck check) : ICommand
{
    private const string Expect = "--expect";

    public string Name => "verify-audit";

    public string Help =>
        "checks the audit log of every workspace, or of those whose slugs follow, and names the first broken entry. With --expect <number>:<hash> one workspace is compared with what an earlier check printed.";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (Read(arguments) is not (var slugs, var expected))
        {
            await output.WriteLineAsync($"Type one slug before {Expect}, and after it a number and a hash as this command prints them: verify-audit <slug> {Expect} <number>:<hash>");
            return 2;
        }

        List<Workspace> workspaces;
        await using (var db = database.OpenForSystem())
        {
            workspaces = await db.Set<Workspace>().AsNoTracking().OrderBy(w => w.Slug).ToListAsync(cancellationToken);
        }

        var broken = 0;
        foreach (var unknown in slugs.Except(workspaces.Select(w => w.Slug), StringComparer.Ordinal))
        {
            broken++;
            await output.WriteLineAsync($"{unknown}: There is no such workspace.");
        }

        foreach (var workspace in workspaces.Where(w => slugs.Count == 0 || slugs.Contains(w.Slug, StringComparer.Ordinal)))
        {
            var verdict = await check.WalkAsync(workspace.Id, expected, cancellationToken);
            broken += verdict.BrokenAt is null ? 0 : 1;
            await output.WriteLineAsync($"{workspace.Slug}: {verdict} Last sound entry: {verdict.Keep}");
        }

        return broken == 0 ? 0 : 1;
    }

    /// <summary>The slugs, and the entry that is expected; null if that makes no sense.</summary>
    private static (IReadOnlyList<string> Slugs, ExpectedEntry? Expected)? Read(IReadOnlyList<string> arguments)
    {
        var at = arguments.ToList().IndexOf(Expect);
        if (at < 0)
        {
            return ([.. arguments.Where(a => !a.StartsWith('-'))], null);
        }

        return arguments.Count == at + 2 && at == 1 && ExpectedEntry.Read(arguments[at + 1]) is { } expected ? ([arguments[0]], expected) : null;
    }
}
