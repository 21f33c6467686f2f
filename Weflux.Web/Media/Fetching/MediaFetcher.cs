using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Media.Fetching;

/// <summary>
/// Fetches what was announced, several files side by side. A file is claimed by moving its next try ahead, which one node
/// alone can do; a node that dies meanwhile leaves a file that is due again by itself.
/// </summary>
public sealed partial class MediaFetcher(
    WefluxDatabase database, FetchMedia fetch, MediaSignals signals, TimeProvider time, ILogger<MediaFetcher> logger) : BackgroundService
{
    private const int MostAtOnce = 6;
    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a download may take.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(10);

    /// <summary>Claims what is due, as much as there is room for.</summary>
    public async Task<IReadOnlyList<(WorkspaceId Workspace, long FileId)>> ClaimAsync(int room, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var reading = database.OpenForSystem();
        var due = await reading.Set<MediaFile>().AcrossWorkspaces().AsNoTracking()
            .Where(f => f.NextTryAt != null && f.NextTryAt <= now && f.State == MediaState.Fetching)
            .OrderBy(f => f.NextTryAt).Take(room).Select(f => new { f.Id, f.WorkspaceId, f.NextTryAt }).ToListAsync(cancellationToken);
        var claimed = new List<(WorkspaceId, long)>();
        foreach (var file in due)
        {
            var until = now + Claim;
            var mine = 0;
            await database.WriteForSystemAsync(
                async db => mine = await db.Set<MediaFile>().AcrossWorkspaces()
                    .Where(f => f.Id == file.Id && f.NextTryAt == file.NextTryAt && f.State == MediaState.Fetching)
                    .ExecuteUpdateAsync(set => set.SetProperty(f => f.NextTryAt, until), cancellationToken),
                cancellationToken);
            if (mine == 1)
            {
                claimed.Add((file.WorkspaceId, file.Id));
            }
        }

        return claimed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                running.RemoveAll(task => task.IsCompleted);
                var started = await StartAsync(running, stoppingToken);
                if (!started || running.Count >= MostAtOnce)
                {
                    await signals.WaitAsync(Nap, stoppingToken);
                }
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }
    }

    private async Task<bool> StartAsync(List<Task> running, CancellationToken stoppingToken)
    {
        try
        {
            var due = running.Count >= MostAtOnce ? [] : await ClaimAsync(MostAtOnce - running.Count, stoppingToken);
            running.AddRange(due.Select(file => Task.Run(() => FetchAsync(file.Workspace, file.FileId, stoppingToken), CancellationToken.None)));
            return due.Count > 0;
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException or DatabaseUnavailableException)
        {
            ClaimFailed(exception.GetType().Name);
            return false;
        }
    }

    private async Task FetchAsync(WorkspaceId workspace, long fileId, CancellationToken stoppingToken)
    {
        try
        {
            await fetch.ExecuteAsync(workspace, fileId, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The claim runs out, and whoever is up then fetches it.
        }
        catch (Exception exception)
        {
            // One file must not keep the others from being fetched; its claim runs out and it is due again.
            FetchFailed(fileId, exception.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files that are due could not be found out ({Fault}); the next beat tries again")]
    private partial void ClaimFailed(string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Fetching file {File} was broken off ({Fault})")]
    private partial void FetchFailed(long file, string fault);
}
