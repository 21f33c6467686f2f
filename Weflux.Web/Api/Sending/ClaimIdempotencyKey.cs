using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Sending;

/// <summary>A program names its request. The name is kept for a day, before anything is sent.</summary>
public sealed class ClaimIdempotencyKey(WefluxDatabase database, TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <param name="actor">The program.</param>
    /// <param name="value">What it calls the request.</param>
    /// <param name="request">SHA-256 of the request.</param>
    /// <returns>The draft that the message is made of; null if the name stands for another request, or the actor has no key.</returns>
    public async Task<Guid?> ExecuteAsync(Actor actor, string value, byte[] request, CancellationToken cancellationToken = default)
    {
        if (actor.Key is not { } program)
        {
            return null;
        }

        var (keyId, now) = (program.Id.Value, time.GetUtcNow());
        var oldest = now - KeptFor;
        return await database.WriteAsync<Guid?>(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                await db.Set<IdempotencyKey>().Where(k => k.CreatedAt <= oldest).ExecuteDeleteAsync(cancellationToken);
                var known = await db.Set<IdempotencyKey>().AsNoTracking()
                    .SingleOrDefaultAsync(k => k.ApiKeyId == keyId && k.Value == value, cancellationToken);
                if (known is not null)
                {
                    return known.Request.AsSpan().SequenceEqual(request) ? known.DraftId : null;
                }

                var made = new IdempotencyKey
                {
                    WorkspaceId = actor.Workspace,
                    ApiKeyId = keyId,
                    Value = value,
                    Request = request,
                    DraftId = Guid.CreateVersion7(now),
                    CreatedAt = now,
                };
                db.Add(made);
                await db.SaveChangesAsync(cancellationToken);
                return made.DraftId;
            },
            cancellationToken);
    }
}
