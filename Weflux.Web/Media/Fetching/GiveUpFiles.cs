using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Media.Fetching;

/// <summary>What failed and is older than the platform keeps it will never come: it is not offered to be tried again.</summary>
public sealed class GiveUpFiles(WefluxDatabase database, InboxBroadcaster broadcaster, TimeProvider time)
{
    private const int Batch = 500;

    public async Task ExecuteAsync(CancellationToken cancellationToken = default)
    {
        var oldest = time.GetUtcNow() - FetchMedia.PlatformKeeps;
        ILookup<WorkspaceId, long> lost;
        await using (var reading = database.OpenForSystem())
        {
            lost = (await reading.Set<MediaFile>().AcrossWorkspaces()
                .Where(f => f.FailedAt != null && f.State == MediaState.Failed && f.CreatedAt <= oldest)
                .Select(f => new { f.WorkspaceId, f.Id }).Take(Batch).ToListAsync(cancellationToken)).ToLookup(f => f.WorkspaceId, f => f.Id);
        }

        foreach (var files in lost)
        {
            var changes = await database.WriteAsync(files.Key, db => GiveUpAsync(db, files, cancellationToken), cancellationToken);
            await broadcaster.AnnounceAsync(files.Key, changes);
        }
    }

    private static async Task<IReadOnlyList<ConversationChange>> GiveUpAsync(WefluxDbContext db, IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var sequence = await db.TakeSequenceAsync(1, cancellationToken);
        var changes = new List<ConversationChange>();
        foreach (var file in await db.Set<MediaFile>().Where(f => ids.Contains(f.Id) && f.State == MediaState.Failed).ToListAsync(cancellationToken))
        {
            (file.State, file.Trouble, file.FailedAt) = (MediaState.Gone, FetchMedia.TooLate, null);
            changes.AddRange(await MessagesOfFiles.ShowAsync(db, file.Id, sequence, cancellationToken));
        }

        return [.. changes.DistinctBy(c => c.Hint.ConversationId)];
    }
}
