using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Keys;

/// <summary>An Admin ends a key. The next request with it is refused.</summary>
public sealed class RevokeApiKey(WefluxDatabase database, TimeProvider time)
{
    /// <returns>False if there is no such key for this actor, or it was revoked before.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, ApiKeyId keyId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageApiKeys))
        {
            return false;
        }

        var (id, now) = (keyId.Value, time.GetUtcNow());
        return await database.WriteAsync(
            actor.Workspace,
            db => db.Set<ApiKey>().Where(k => k.Id == id && k.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancellationToken),
            cancellationToken) == 1;
    }
}
