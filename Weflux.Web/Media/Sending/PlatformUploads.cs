using System.Collections.Concurrent;
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
    private const int NotTaken = 131053;
    private const int NotFetched = 131052;
    private const int NoSuchObject = 100;
    private readonly ConcurrentDictionary<(long File, long Connection), Lazy<Task<UploadEnd>>> _underWay = new();

    /// <summary>The platform keeps uploads for 30 days; on the last one nobody relies on it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    /// <summary>The platform's id of the message's file, uploaded now if it has none; null if the message needs no upload.</summary>
    /// <param name="workspace">Whose message it is.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="mayLeaveAsync">Whether the message would be let go at all: for one that stays nothing is uploaded.</param>
    public async Task<UploadEnd?> PrepareAsync(
        WorkspaceId workspace, long messageId, Func<WefluxDbContext, Message, Connection, Task<bool>> mayLeaveAsync, CancellationToken cancellationToken)
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

            if (!await mayLeaveAsync(db, message, connection))
            {
                return null;
            }

            file = found;
        }

        return await UploadOnceAsync(file, connection, cancellationToken);
    }

    /// <summary>
    /// Forgets the platform's id of a message's file where the platform says of it, now or later, that it is of no use, so
    /// that sending again uploads it anew.
    /// </summary>
    public static Task ForgetRefusedAsync(WefluxDbContext db, Message message, int code, CancellationToken cancellationToken)
    {
        var connectionId = message.ConnectionId;
        return code is NotTaken or NotFetched or NoSuchObject && MediaLimits.MediaOf(message.Content)?.FileId is { } fileId
            ? db.Set<PlatformUpload>().Where(u => u.FileId == fileId && u.ConnectionId == connectionId).ExecuteDeleteAsync(cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>Two messages with one file, to two customers of one number, share its upload.</summary>
    private async Task<UploadEnd> UploadOnceAsync(MediaFile file, Connection connection, CancellationToken cancellationToken)
    {
        var place = (file.Id, connection.Id);
        var upload = _underWay.GetOrAdd(place, _ => new Lazy<Task<UploadEnd>>(() => UploadAsync(file, connection, cancellationToken)));
        try
        {
            return await upload.Value;
        }
        finally
        {
            _underWay.TryRemove(new KeyValuePair<(long, long), Lazy<Task<UploadEnd>>>(place, upload));
        }
    }

    private static UploadEnd Missing => new(null, new Rejected(OwnFaults.Fault(OwnFaults.FileMissing)));

    private async Task<UploadEnd> UploadAsync(MediaFile file, Connection connection, CancellationToken cancellationToken)
    {
        await using var bytes = Open(file, out var unreadable);
        if (unreadable is not null)
        {
            return new UploadEnd(null, unreadable);
        }

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

    private Stream? Open(MediaFile file, out RetryLater? unreadable)
    {
        try
        {
            unreadable = null;
            return store.OpenRead(file.WorkspaceId, file.Key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A disk that is away or a folder that is not ours may be mended; after the last try the author is told.
            unreadable = new RetryLater(OwnFaults.Fault(OwnFaults.FileUnreadable));
            return null;
        }
    }
}
