using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Keys;

/// <summary>An Admin ends a key. The next request with it is refused.</summary>
public sealed class RevokeApiKey(WefluxDatabase database, AuditLog audit, TimeProvider time)
{
    /// <returns>False if there is no such key for this actor, or it was revoked before.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, ApiKeyId keyId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageApiKeys))
        {
            return false;
        }

        return await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                if (await db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Id == keyId.Value && k.RevokedAt == null, cancellationToken) is not { } key)
                {
                    return false;
                }

                key.RevokedAt = time.GetUtcNow();
                await audit.AddAsync(db, actor, AuditActions.ApiKeyRevoked, AuditFacts.Gone(key.Name), cancellationToken);
                return true;
            },
            cancellationToken);
    }
}
