using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Media.Sending;

/// <summary>Whoever put a file here takes it away again before it was sent.</summary>
public sealed class RemoveUpload(WefluxDatabase database, IMediaStore store)
{
    /// <returns>False if there is no such file of theirs, or it stands in a message.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long fileId, CancellationToken cancellationToken = default)
    {
        var removed = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                // Under the lock of whoever sends, so that it is not taken from a message that is just being stored.
                await db.LockWorkspaceAsync(cancellationToken);
                var file = await db.Set<MediaFile>().SingleOrDefaultAsync(f => f.Id == fileId, cancellationToken);
                if (file is null || !file.IsOf(actor) || await db.IsInUseAsync(fileId, cancellationToken))
                {
                    return null;
                }

                db.Remove(file);
                await db.SaveChangesAsync(cancellationToken);
                return file;
            },
            cancellationToken);
        if (removed is not null)
        {
            store.Delete(actor.Workspace, removed.Key);
        }

        return removed is not null;
    }
}
