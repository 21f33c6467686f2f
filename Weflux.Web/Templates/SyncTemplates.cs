using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>A person has the templates read now, and sees what came of it.</summary>
public sealed class SyncTemplates(WefluxDatabase database, TemplateSync sync, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <param name="actor">Who asks.</param>
    /// <param name="wabaId">Of which account; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What went wrong, a sentence for each account with trouble; null if the actor may not ask.</returns>
    public async Task<IReadOnlyList<string>?> ExecuteAsync(Actor actor, string? wabaId = null, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SendTemplates))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var accounts = await db.Set<TemplateAccount>().AsNoTracking().Where(a => wabaId == null || a.WabaId == wabaId).ToListAsync(cancellationToken);
        var faults = new List<string>();
        foreach (var account in accounts)
        {
            // Whoever clicks twice must not use up the platform's patience; and where it asks for rest, it gets it.
            var now = time.GetUtcNow();
            if (account.Fault is { } last && (account.FaultAt > now - Rest || (last == TemplateTrouble.SlowDown && account.NextAt > now)))
            {
                faults.Add(last);
                continue;
            }

            if (account.Fault is null && account.SyncedAt > now - Rest)
            {
                continue;
            }

            if ((await sync.RunAsync(actor.Workspace, account.WabaId, cancellationToken)).Fault is { } fault)
            {
                faults.Add(fault);
            }
        }

        return faults;
    }
}
