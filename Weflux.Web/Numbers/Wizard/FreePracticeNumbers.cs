using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Demo;

namespace Weflux.Web.Numbers.Wizard;

/// <summary>Which practice numbers the wizard can offer.</summary>
public sealed class FreePracticeNumbers(WefluxDatabase database)
{
    /// <summary>The practice numbers that nobody uses, in accounts that no other workspace uses.</summary>
    public async Task<IReadOnlyList<PracticeNumber>> ListAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections))
        {
            return [];
        }

        var accounts = PracticeNumbers.All.Select(p => p.WabaId).Distinct().ToList();
        await using var db = database.OpenForSystem();
        var used = await db.Set<Connection>().AcrossWorkspaces()
            .Where(c => accounts.Contains(c.WabaId) && c.State != ConnectionState.Disconnected)
            .Select(c => new { c.WorkspaceId, c.WabaId, c.PhoneNumberId }).ToListAsync(cancellationToken);
        return
        [
            .. PracticeNumbers.All.Where(p =>
                used.TrueForAll(u => u.PhoneNumberId != p.PhoneNumberId && (u.WabaId != p.WabaId || u.WorkspaceId == actor.Workspace))),
        ];
    }
}
