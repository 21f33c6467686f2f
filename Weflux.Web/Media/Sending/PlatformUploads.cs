using System.Collections.Concurrent;
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
    private const int NotTaken = 131053;
    private const int NotFetched = 131052;
    private const int NoSuchObject = 100;
    private readonly ConcurrentDictionary<(long File, long Connection), Lazy<Task<UploadEnd>>> _underWay = new();

    /// <summary>The platform keeps uploads for 30 days; on the last one nobody relies on it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    /// <summary>The platform's ids of the message's files, uploaded now if they have none; null if the message needs no upload.</summary>
    /// <param name="workspace">Whose message it is.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="mayLeaveAsync">Whether the message would be let go at all: for one that stays nothing is uploaded.</param>
    public async Task<PreparedFiles?> PrepareAsync(
        WorkspaceId workspace, long messageId, Func<WefluxDbContext, Message, Connection, Task<bool>> mayLeaveAsync, CancellationToken cancellationToken)
    {
        Connection connection;
        Dictionary<long, string> platformIds;
        List<MediaFile> toUpload;
        await using (var db = database.Open(workspace))
        {
            var message = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId, cancellationToken);
            var fileIds = MediaLimits.FilesOf(message?.Content).Select(f => f.FileId).OfType<long>().Distinct().ToList();
            if (fileIds.Count == 0)
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

            platformIds = await db.Set<PlatformUpload>()
                .Where(u => fileIds.Contains(u.FileId) && u.ConnectionId == connectionId && u.UploadedAt > since)
                .ToDictionaryAsync(u => u.FileId, u => u.PlatformId, cancellationToken);
            fileIds.RemoveAll(platformIds.ContainsKey);
            toUpload = await db.Set<MediaFile>().AsNoTracking().Where(f => fileIds.Contains(f.Id)).ToListAsync(cancellationToken);
            if (toUpload.Count < fileIds.Count)
            {
                return new PreparedFiles(platformIds, Missing.Refusal);
            }

            if (toUpload.Count > 0 && !await mayLeaveAsync(db, message, connection))
            {
                return null;
            }
        }

        foreach (var file in toUpload)
        {
            var end = await UploadOnceAsync(file, connection, cancellationToken);
            if (end.PlatformId is not { } platformId)
            {
                // What is uploaded already is known when the message's next turn comes.
                return new PreparedFiles(platformIds, end.Refusal);
            }

            platformIds[file.Id] = platformId;
        }

        return new PreparedFiles(platformIds, null);
    }

    /// <summary>
    /// Forgets the platform's ids of a message's files where the platform says of them, now or later, that they are of no
    /// use, so that sending again uploads them anew.
    /// </summary>
    public static Task ForgetRefusedAsync(WefluxDbContext db, Message message, int code, CancellationToken cancellationToken)
    {
        var connectionId = message.ConnectionId;
        var fileIds = MediaLimits.FilesOf(message.Content).Select(f => f.FileId).OfType<long>().Distinct().ToList();
        return code is NotTaken or NotFetched or NoSuchObject && fileIds.Count > 0
            ? db.Set<PlatformUpload>().Where(u => fileIds.Contains(u.FileId) && u.ConnectionId == connectionId).ExecuteDeleteAsync(cancellationToken)
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
