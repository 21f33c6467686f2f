using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Account.Sessions;

/// <summary>The sessions of a person, the one last used first.</summary>
public sealed class SessionsQuery(WefluxDatabase database, TimeProvider time)
{
    public async Task<IReadOnlyList<SessionLine>> GetAsync(UserId person, Guid? current, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - SessionBook.Lifetime;
        await using var db = database.OpenForSystem();
        var sessions = await db.Set<UserSession>().AsNoTracking().Where(s => s.UserId == person && s.LastSeenAt >= since)
            .OrderByDescending(s => s.LastSeenAt).ToListAsync(cancellationToken);
        return [.. sessions.Select(s => new SessionLine(s.Id, s.Device, s.Address, s.CreatedAt, s.LastSeenAt, s.Id == current))
            .OrderByDescending(s => s.IsCurrent)];
    }
}

/// <summary>A session as its person sees it.</summary>
public sealed record SessionLine(Guid Id, string Device, string? Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool IsCurrent);
