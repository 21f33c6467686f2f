using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Demo;

namespace Weflux.Web.Api.Keys;

/// <summary>Finds out which key is presented, anew at each request: a revoked one is refused at once.</summary>
public sealed class ApiKeys(WefluxDatabase database, IOptions<DemoOptions> demo, TimeProvider time, ApiKeyUse use)
{
    /// <returns>The key as an actor; null if it is unknown, expired or revoked.</returns>
    public async Task<Actor?> FindAsync(ApiKeyText presented, CancellationToken cancellationToken)
    {
        if (presented.IsOfTheDemo && !demo.Value.Enabled)
        {
            return null;
        }

        var lookup = presented.Lookup;
        await using var db = database.OpenForSystem();
        var key = await db.Set<ApiKey>().AcrossWorkspaces().AsNoTracking().SingleOrDefaultAsync(k => k.Lookup == lookup, cancellationToken);
        var now = time.GetUtcNow();
        if (key is null || !presented.Matches(key.Hash) || !key.IsValidAt(now))
        {
            return null;
        }

        use.Note(key, now);
        return Actor.WithKey(key.WorkspaceId, new ApiKeyGrant(new ApiKeyId(key.Id), key.Name, key.Scopes));
    }
}
