using Microsoft.EntityFrameworkCore;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Media.Fetching;

/// <summary>Fetches what was announced, several files side by side, at most two of one workspace.</summary>
public sealed partial class MediaFetcher(
    WefluxDatabase database, FetchMedia fetch, GiveUpFiles giveUp, MediaSignals signals, TimeProvider time, ILogger<MediaFetcher> logger)
    : FileWorker(new FileClaims(database, time, MediaState.Fetching, Claim, MostOfOne), MostAtOnce)
{
    private const int MostAtOnce = 6;
    private const int MostOfOne = 2;
    private const int Batch = 500;

    /// <summary>Longer than a try takes, with an address that ran out once.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(15);

    /// <summary>How often failed files are looked through: for numbers that work again, and for those that never come.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(30);

    private DateTimeOffset _lookedAt;

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

    private protected override Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => signals.WaitAsync(most, cancellationToken);

    private protected override void Wake() => signals.Wake();

    private protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - _lookedAt >= Round)
        {
            _lookedAt = time.GetUtcNow();
            await ReviveAsync(cancellationToken);
            await giveUp.ExecuteAsync(cancellationToken);
        }
    }

    private protected override Task WorkAsync(FileClaim claim, CancellationToken cancellationToken) => fetch.ExecuteAsync(claim, cancellationToken);

    private protected override void OnClaimFailed(string fault) => ClaimFailed(fault);

    private protected override void OnWorkFailed(long file, string fault) => FetchFailed(file, fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files that are due could not be found out ({Fault}); the next beat tries again")]
    private partial void ClaimFailed(string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Fetching file {File} was broken off ({Fault}); it is due again when its claim has run out")]
    private partial void FetchFailed(long file, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} files that had failed are fetched again: their number works again")]
    private partial void Revived(int count);
}
