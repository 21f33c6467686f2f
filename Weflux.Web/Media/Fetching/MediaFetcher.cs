using Microsoft.EntityFrameworkCore;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Media.Fetching;

/// <summary>Fetches what was announced, several files side by side, at most two of one workspace.</summary>
public sealed partial class MediaFetcher(
    WefluxDatabase database, FetchMedia fetch, MediaSignals signals, TimeProvider time, ILogger<MediaFetcher> logger) : BackgroundService
{
    private const int MostAtOnce = 6;
    private const int MostOfOne = 2;
    private const int Batch = 500;
    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a try takes, with an address that ran out once.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(15);

    /// <summary>How often failed files are looked through for numbers that work again.</summary>
    private static readonly TimeSpan Revival = TimeSpan.FromSeconds(30);

    private readonly FileClaims _claims = new(database, time, MediaState.Fetching, Claim, MostOfOne);
    private DateTimeOffset _revivedAt;

    /// <summary>Claims what is due, as much as there is room for.</summary>
    public Task<IReadOnlyList<FileClaim>> ClaimAsync(int room, CancellationToken cancellationToken) => _claims.TakeAsync(room, cancellationToken);

    /// <summary>What failed while its number did not work, and which the platform still has, is fetched once the number works again.</summary>
    public async Task ReviveAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var oldest = now - FetchMedia.PlatformKeeps;
        List<long> failed;
        await using (var reading = database.OpenForSystem())
        {
            failed = await (
                from file in reading.Set<MediaFile>().AcrossWorkspaces()
                join connection in reading.Set<Connection>().AcrossWorkspaces() on file.ConnectionId equals connection.Id
                where file.FailedAt != null && file.State == MediaState.Failed && file.CreatedAt > oldest && connection.RenewedAt > file.FailedAt
                select file.Id).Take(Batch).ToListAsync(cancellationToken);
        }

        if (failed.Count == 0)
        {
            return;
        }

        await database.WriteForSystemAsync(
            db => db.Set<MediaFile>().AcrossWorkspaces().Where(f => failed.Contains(f.Id) && f.State == MediaState.Failed)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(f => f.State, MediaState.Fetching).SetProperty(f => f.Tries, 0)
                        .SetProperty(f => f.FailedAt, (DateTimeOffset?)null).SetProperty(f => f.NextTryAt, now),
                    cancellationToken),
            cancellationToken);
        Revived(failed.Count);
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
            if (time.GetUtcNow() - _revivedAt >= Revival)
            {
                _revivedAt = time.GetUtcNow();
                await ReviveAsync(stoppingToken);
            }

            var due = running.Count >= MostAtOnce ? [] : await ClaimAsync(MostAtOnce - running.Count, stoppingToken);
            running.AddRange(due.Select(claim => Task.Run(() => FetchAsync(claim, stoppingToken), CancellationToken.None)));
            return due.Count > 0;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it was must not end the program: the next beat tries again.
            ClaimFailed(exception.GetType().Name);
            return false;
        }
    }

    private async Task FetchAsync(FileClaim claim, CancellationToken stoppingToken)
    {
        try
        {
            await fetch.ExecuteAsync(claim, stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            await GiveBackAsync(claim);
        }
        catch (Exception exception)
        {
            // One file must not keep the others from being fetched; its claim runs out and it is due again.
            FetchFailed(claim.FileId, exception.GetType().Name);
        }
        finally
        {
            _claims.LetGo(claim);
            signals.Wake();
        }
    }

    private async Task GiveBackAsync(FileClaim claim)
    {
        try
        {
            await _claims.GiveBackAsync(claim);
        }
        catch (Exception exception)
        {
            FetchFailed(claim.FileId, exception.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files that are due could not be found out ({Fault}); the next beat tries again")]
    private partial void ClaimFailed(string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Fetching file {File} was broken off ({Fault}); it is due again when its claim has run out")]
    private partial void FetchFailed(long file, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} files that had failed are fetched again: their number works again")]
    private partial void Revived(int count);
}
