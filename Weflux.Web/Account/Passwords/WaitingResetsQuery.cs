using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Account.Passwords;

/// <summary>Members who asked for a new password and could not be mailed, for the page of people.</summary>
public sealed class WaitingResetsQuery(WefluxDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Shown = TimeSpan.FromDays(7);

    public async Task<IReadOnlyList<WaitingReset>> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManagePeople))
        {
            return [];
        }

        var since = time.GetUtcNow() - Shown;
        await using var db = database.Open(actor.Workspace);
        var waiting = await db.Set<WefluxUser>().AsNoTracking().Where(u => u.ResetAskedAt >= since)
            .OrderBy(u => u.ResetAskedAt).Select(u => new { u.Id, u.Name, u.ResetAskedAt }).Take(1000).ToListAsync(cancellationToken);
        var ids = waiting.Select(w => new UserId(w.Id)).ToList();
        var members = await db.Set<Membership>().AsNoTracking().Where(m => ids.Contains(m.UserId) && m.IsActive)
            .Select(m => m.UserId).ToListAsync(cancellationToken);
        return [.. waiting.Where(w => members.Contains(new UserId(w.Id))).Select(w => new WaitingReset(new UserId(w.Id), w.Name, w.ResetAskedAt!.Value))];
    }
}

/// <summary>A member who waits for a way back in.</summary>
public sealed record WaitingReset(UserId Person, string Name, DateTimeOffset AskedAt);
