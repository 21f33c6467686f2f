using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Media.Sending;

/// <summary>The files of a message, as far as the platform has them.</summary>
/// <param name="PlatformIds">The platform's ids by ours.</param>
/// <param name="Refusal">Why one was not taken; null if all were.</param>
public sealed record PreparedFiles(IReadOnlyDictionary<long, string> PlatformIds, SendResult? Refusal);

/// <summary>
/// Gives the platform the files of a message before the message itself is tried. Nothing reaches the customer by it, so a
/// failure is a refusal or a wait, and never leaves a doubt.
/// </summary>
public sealed class PlatformUploads(WefluxDatabase database, CloudApiClient cloudApi, IMediaStore store, TimeProvider time)
{
    /// <summary>The platform keeps uploads for 30 days; on the last one nobody relies on it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    /// <summary>The platform's ids of the message's files, uploaded now if they have none; null if the message needs no upload.</summary>
    public async Task<PreparedFiles?> PrepareAsync(WorkspaceId workspace, long messageId, CancellationToken cancellationToken)
    {
        Connection connection;
        List<long> fileIds;
        await using (var db = database.Open(workspace))
        {
            var message = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId, cancellationToken);
            fileIds = [.. MediaLimits.FilesOf(message?.Content).Select(f => f.FileId).OfType<long>().Distinct()];
            if (fileIds.Count == 0)
            {
                return null;
            }

            var connectionId = message!.ConnectionId;
            connection = await db.Set<Connection>().AsNoTracking().SingleAsync(c => c.Id == connectionId, cancellationToken);
            if (connection.State != ConnectionState.Ready)
            {
                // Whether it may be sent at all is decided next, and the answer is no.
                return null;
            }
        }

        var platformIds = new Dictionary<long, string>(fileIds.Count);
        foreach (var fileId in fileIds)
        {
            var end = await PrepareAsync(connection, fileId, cancellationToken);
            if (end.PlatformId is not { } platformId)
            {
                // What is uploaded already is known when the message's next turn comes.
                return new PreparedFiles(platformIds, end.Refusal);
            }

            platformIds[fileId] = platformId;
        }

        return new PreparedFiles(platformIds, null);
    }

    private async Task<UploadEnd> PrepareAsync(Connection connection, long fileId, CancellationToken cancellationToken)
    {
        MediaFile? file;
        await using (var db = database.Open(connection.WorkspaceId))
        {
            var (connectionId, since) = (connection.Id, time.GetUtcNow() - Kept);
            var known = await db.Set<PlatformUpload>()
                .Where(u => u.FileId == fileId && u.ConnectionId == connectionId && u.UploadedAt > since)
                .Select(u => u.PlatformId).SingleOrDefaultAsync(cancellationToken);
            if (known is not null)
            {
                return new UploadEnd(known, null);
            }

            file = await db.Set<MediaFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == fileId, cancellationToken);
        }

        return file is null ? Missing : await UploadAsync(file, connection, cancellationToken);
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
