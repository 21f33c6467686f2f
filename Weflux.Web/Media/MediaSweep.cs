using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Media.Sending;
using Weflux.Web.Team;

namespace Weflux.Web.Media;

/// <summary>
/// Takes away what nobody will ask for: uploads that were never sent, files whose message is gone, bytes without a row, and
/// what erased workspaces left.
/// </summary>
public sealed class MediaSweep(WefluxDatabase database, IMediaStore store, TimeProvider time, ILogger<MediaSweep> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);

    /// <summary>A file is written before its row, so what is young may still get one.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromHours(2);

    /// <summary>
    /// A workspace that the database does not know may be one that it does not know yet: of another database that was put
    /// beside these files by mistake. Whoever did that has so long to notice.
    /// </summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(14);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        while (await RemoveUnusedAsync(cancellationToken) == Batch)
        {
        }

        await ForgetUploadsAsync(cancellationToken);
        if (!await HasWorkspacesAsync(cancellationToken))
        {
            // A new database beside old files: it is no reason to lose them.
            return;
        }

        foreach (var workspace in store.Workspaces())
        {
            await RemoveStrayBytesAsync(workspace, cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(SweepAsync, Interval, time, logger, stoppingToken);

    /// <summary>The row goes first: bytes without a row are found again, a row without bytes would be a lie.</summary>
    private async Task<int> RemoveUnusedAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - UploadFile.Waits;
        await using var reading = database.OpenForSystem();
        var unused = await reading.Set<MediaFile>().AcrossWorkspaces().AsNoTracking()
            .Where(f => f.CreatedAt <= before && !reading.Set<MessageFile>().IgnoreQueryFilters().Any(l => l.FileId == f.Id)
                && !reading.Set<ScheduledFile>().IgnoreQueryFilters().Any(l => l.FileId == f.Id)
                && !reading.Set<ReplyFile>().IgnoreQueryFilters().Any(l => l.FileId == f.Id)
                && !reading.Set<NoteFile>().IgnoreQueryFilters().Any(l => l.FileId == f.Id))
            .OrderBy(f => f.Id).Take(Batch).Select(f => new { f.Id, f.WorkspaceId, f.Key }).ToListAsync(cancellationToken);
        foreach (var file in unused)
        {
            var removed = await database.WriteAsync(
                file.WorkspaceId,
                async db =>
                {
                    // Under the lock of whoever sends, so that it is not taken from a message that is just being stored.
                    await db.LockWorkspaceAsync(cancellationToken);
                    return await db.Set<MediaFile>()
                        .Where(f => f.Id == file.Id && !db.Set<MessageFile>().Any(l => l.FileId == f.Id) && !db.Set<ScheduledFile>().Any(l => l.FileId == f.Id)
                            && !db.Set<ReplyFile>().Any(l => l.FileId == f.Id) && !db.Set<NoteFile>().Any(l => l.FileId == f.Id))
                        .ExecuteDeleteAsync(cancellationToken);
                },
                cancellationToken);
            if (removed == 1)
            {
                store.Delete(file.WorkspaceId, file.Key);
            }
        }

        return unused.Count;
    }

    private Task ForgetUploadsAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - PlatformUploads.Kept;
        return database.WriteForSystemAsync(
            db => db.Set<PlatformUpload>().AcrossWorkspaces().Where(u => u.UploadedAt <= before).ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
    }

    private async Task RemoveStrayBytesAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        var isKnown = await db.Set<Workspace>().AnyAsync(w => w.Id == workspace, cancellationToken);
        foreach (var page in store.WrittenBefore(workspace, time.GetUtcNow() - (isKnown ? Young : Forgotten)).Chunk(Batch))
        {
            var keys = page.Select(f => f.Key).Distinct().ToList();
            var known = (await db.Set<MediaFile>().AcrossWorkspaces().Where(f => keys.Contains(f.Key)).Select(f => f.Key).ToListAsync(cancellationToken)).ToHashSet();
            foreach (var stray in page.Where(f => !known.Contains(f.Key)))
            {
                stray.Remove();
            }
        }

        if (!isKnown && !store.WrittenBefore(workspace, DateTimeOffset.MaxValue).Any())
        {
            store.DeleteAll(workspace);
        }
    }

    private async Task<bool> HasWorkspacesAsync(CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return await db.Set<Workspace>().AnyAsync(cancellationToken);
    }
}
