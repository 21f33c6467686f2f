using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Media.Sending;

/// <summary>
/// Gives the platform the file of a message before the message itself is tried. Nothing reaches the customer by it, so a
/// failure is a refusal or a wait, and never leaves a doubt.
/// </summary>
public sealed class PlatformUploads(WefluxDatabase database, CloudApiClient cloudApi, IMediaStore store, TimeProvider time)
{
    /// <summary>The platform keeps uploads for 30 days; on the last one nobody relies on it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    /// <summary>The platform's id of the message's file, uploaded now if it has none; null if the message needs no upload.</summary>
    public async Task<UploadEnd?> PrepareAsync(WorkspaceId workspace, long messageId, CancellationToken cancellationToken)
    {
        MediaFile file;
        Connection connection;
        await using (var db = database.Open(workspace))
        {
            var message = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId, cancellationToken);
            if (MediaLimits.MediaOf(message?.Content)?.FileId is not { } fileId)
            {
                return null;
            }

            var (connectionId, since) = (message!.ConnectionId, time.GetUtcNow() - Kept);
            connection = await db.Set<Connection>().AsNoTracking().SingleAsync(c => c.Id == connectionId, cancellationToken);
            if (connection.State != ConnectionState.Ready)
            {
                // Whether it may be sent at all is decided next, and the answer is no.
                return null;
            }

            var known = await db.Set<PlatformUpload>()
                .Where(u => u.FileId == fileId && u.ConnectionId == connectionId && u.UploadedAt > since)
                .Select(u => u.PlatformId).SingleOrDefaultAsync(cancellationToken);
            if (known is not null)
            {
                return new UploadEnd(known, null);
            }

            if (await db.Set<MediaFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == fileId, cancellationToken) is not { } found)
            {
                return Missing;
            }

            file = found;
        }

        return await UploadAsync(file, connection, cancellationToken);
    }

    private static UploadEnd Missing => new(null, new Rejected(OwnFaults.Fault(OwnFaults.FileMissing)));

    private async Task<UploadEnd> UploadAsync(MediaFile file, Connection connection, CancellationToken cancellationToken)
    {
        await using var bytes = store.OpenRead(file.WorkspaceId, file.Key);
        if (bytes is null)
        {
            return Missing;
        }

        // The platform shows the name that the message gives, so this one says nothing.
        var name = "file" + (FileNames.Endings(file.MimeType).Count > 0 ? FileNames.Endings(file.MimeType)[0] : "");
        var end = await cloudApi.UploadMediaAsync(connection, bytes, file.MimeType, name, cancellationToken);
        if (end.PlatformId is { } platformId)
        {
            await database.WriteAsync(
                file.WorkspaceId,
                async db =>
                {
                    var (fileId, connectionId) = (file.Id, connection.Id);
                    await db.Set<PlatformUpload>().Where(u => u.FileId == fileId && u.ConnectionId == connectionId).ExecuteDeleteAsync(cancellationToken);
                    db.Add(new PlatformUpload
                    {
                        FileId = fileId,
                        ConnectionId = connectionId,
                        WorkspaceId = file.WorkspaceId,
                        PlatformId = platformId,
                        UploadedAt = time.GetUtcNow(),
                    });
                    await db.SaveChangesAsync(cancellationToken);
                },
                cancellationToken);
        }

        return end;
    }
}
