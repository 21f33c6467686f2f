using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Keys;

/// <summary>A key as its page shows it. The key itself nobody can show again.</summary>
/// <param name="CreatedBy">Who made it, by name; null if the demo did, or nobody knows any more.</param>
public sealed record ApiKeyLine(
    ApiKeyId Id,
    string Name,
    string Hint,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    string? CreatedBy,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    bool IsOfTheDemo)
{
    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}

/// <summary>The keys of a workspace, the newest first.</summary>
public sealed class ApiKeysQuery(WefluxDatabase database)
{
    /// <summary>More than anybody keeps an eye on; older ones that are over are left out.</summary>
    private const int Most = 500;

    /// <returns>Null if the actor may not see them.</returns>
    public async Task<IReadOnlyList<ApiKeyLine>?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (actor.Key is not null || !actor.May(Permission.ManageApiKeys))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var keys = await db.Set<ApiKey>().AsNoTracking().OrderBy(k => k.RevokedAt != null).ThenByDescending(k => k.Id).Take(Most).ToListAsync(cancellationToken);
        var makers = keys.Select(k => k.CreatedBy?.Value).OfType<long>().Distinct().ToList();
        var names = await db.Set<WefluxUser>().Where(u => makers.Contains(u.Id)).Select(u => new { u.Id, u.Name }).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        return
        [
            .. keys.Select(k => new ApiKeyLine(
                new ApiKeyId(k.Id), k.Name, k.Hint, k.Scopes, k.CreatedAt, k.CreatedBy is { } by ? names.GetValueOrDefault(by.Value) : null,
                k.LastUsedAt, k.ExpiresAt, k.RevokedAt, k.CreatedBy is null)),
        ];
    }
}
