using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Account.Passwords;

/// <summary>Members for whom a new password was asked, and who could not be mailed, for the page of people.</summary>
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
        var members = await db.Set<Membership>().AsNoTracking().Where(m => m.IsActive).Select(m => m.UserId).ToListAsync(cancellationToken);
        var ids = members.ConvertAll(m => m.Value);
        var waiting = await db.Set<WefluxUser>().AsNoTracking().Where(u => ids.Contains(u.Id) && u.ResetAskedAt >= since)
            .OrderBy(u => u.ResetAskedAt).Select(u => new { u.Id, u.Name, u.ResetAskedAt }).ToListAsync(cancellationToken);
        return [.. waiting.Select(w => new WaitingReset(new UserId(w.Id), w.Name, w.ResetAskedAt!.Value))];
    }
}

/// <summary>A member who waits for a way back in.</summary>
public sealed record WaitingReset(UserId Person, string Name, DateTimeOffset AskedAt);
