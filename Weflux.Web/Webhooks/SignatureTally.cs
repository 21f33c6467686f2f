using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Webhooks;

/// <summary>How somebody who called the webhook address proved who they are.</summary>
public enum Signature
{
    Good,
    Old,
    Bad,
    Verified,
    Misverified,
}

/// <summary>
/// Counts signatures. Counting must not cost the webhook a write of its own, so it is done in memory and written down
/// every second while something comes in.
/// </summary>
public sealed class SignatureTally(WefluxDatabase database, TimeProvider time, ILogger<SignatureTally> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(WorkspaceId Workspace, long MetaAppId), Counts> _counts = new();
    private readonly SemaphoreSlim _writing = new(1, 1);

    public void Note(KnownMetaApp app, Signature signature) =>
        _counts.GetOrAdd((app.Workspace, app.Id), _ => new Counts()).Note(signature, time.GetUtcNow());

    /// <summary>Writes down what was counted since the last time.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // What cannot be written of one app must not keep the others back.
            ExceptionDispatchInfo? fault = null;
            foreach (var (key, counts) in _counts)
            {
                if (counts.Take() is { } taken)
                {
                    try
                    {
                        await WriteAsync(key.Workspace, key.MetaAppId, taken, counts, cancellationToken);
                    }
                    catch (Exception exception) when (exception is not OperationCanceledException)
                    {
                        fault ??= ExceptionDispatchInfo.Capture(exception);
                    }
                }
            }

            fault?.Throw();
        }
        finally
        {
            _writing.Release();
        }
    }

    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(FlushAsync, Interval, TimeProvider.System, logger, stoppingToken);

    private async Task WriteAsync(WorkspaceId workspace, long app, Taken taken, Counts counts, CancellationToken cancellationToken)
    {
        try
        {
            if (!await database.WriteAsync(workspace, db => WriteAsync(db, workspace, app, taken, cancellationToken), cancellationToken))
            {
                _counts.TryRemove((workspace, app), out _);
            }
        }
        catch
        {
            counts.Return(taken);
            throw;
        }
    }

    /// <returns>Whether the app is still there.</returns>
    private static async Task<bool> WriteAsync(WefluxDbContext db, WorkspaceId workspace, long app, Taken taken, CancellationToken cancellationToken)
    {
        // Other nodes count the same app.
        await db.LockWorkspaceAsync(cancellationToken);
        if (!await db.Set<MetaApp>().AnyAsync(a => a.Id == app, cancellationToken))
        {
            return false;
        }

        var row = await db.Set<SignatureCount>().SingleOrDefaultAsync(c => c.MetaAppId == app, cancellationToken);
        if (row is null)
        {
            row = new SignatureCount { MetaAppId = app, WorkspaceId = workspace };
            db.Add(row);
        }

        row.Good += taken.Good;
        row.Old += taken.Old;
        row.Bad += taken.Bad;
        row.LastGoodAt = taken.LastGoodAt ?? row.LastGoodAt;
        row.LastOldAt = taken.LastOldAt ?? row.LastOldAt;
        row.LastBadAt = taken.LastBadAt ?? row.LastBadAt;
        row.VerifiedAt = taken.VerifiedAt ?? row.VerifiedAt;
        row.MisverifiedAt = taken.MisverifiedAt ?? row.MisverifiedAt;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private sealed record Taken(long Good, long Old, long Bad)
    {
        public DateTimeOffset? LastGoodAt { get; init; }

        public DateTimeOffset? LastOldAt { get; init; }

        public DateTimeOffset? LastBadAt { get; init; }

        public DateTimeOffset? VerifiedAt { get; init; }

        public DateTimeOffset? MisverifiedAt { get; init; }
    }

    private sealed class Counts
    {
        private readonly Lock _lock = new();
        private Taken? _taken;

        public void Note(Signature signature, DateTimeOffset at)
        {
            lock (_lock)
            {
                var now = _taken ?? new Taken(0, 0, 0);
                _taken = signature switch
                {
                    Signature.Good => now with { Good = now.Good + 1, LastGoodAt = at },
                    Signature.Old => now with { Old = now.Old + 1, LastOldAt = at },
                    Signature.Bad => now with { Bad = now.Bad + 1, LastBadAt = at },
                    Signature.Verified => now with { VerifiedAt = at },
                    _ => now with { MisverifiedAt = at },
                };
            }
        }

        public Taken? Take()
        {
            lock (_lock)
            {
                var taken = _taken;
                _taken = null;
                return taken;
            }
        }

        /// <summary>What could not be written counts next time.</summary>
        public void Return(Taken taken)
        {
            lock (_lock)
            {
                _taken = _taken is not { } since ? taken : new Taken(taken.Good + since.Good, taken.Old + since.Old, taken.Bad + since.Bad)
                {
                    LastGoodAt = since.LastGoodAt ?? taken.LastGoodAt,
                    LastOldAt = since.LastOldAt ?? taken.LastOldAt,
                    LastBadAt = since.LastBadAt ?? taken.LastBadAt,
                    VerifiedAt = since.VerifiedAt ?? taken.VerifiedAt,
                    MisverifiedAt = since.MisverifiedAt ?? taken.MisverifiedAt,
                };
            }
        }
    }
}
