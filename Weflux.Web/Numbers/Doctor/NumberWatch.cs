using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>
/// Looks at every number each quarter of an hour, not all at once, and at one that was refused without delay. Nodes
/// share the work: who moves a number's next time looks at it. Old app secrets whose time is over are erased.
/// </summary>
public sealed partial class NumberWatch(
    WefluxDatabase database, NumberExam exam, ConnectionSignals signals, TimeProvider time, ILogger<NumberWatch> logger) : BackgroundService
{
    private const int MostAtOnce = 4;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _places = new(MostAtOnce, MostAtOnce);

    /// <summary>When a number that was looked at now is due again.</summary>
    public static DateTimeOffset Next(DateTimeOffset now) => now + Interval + TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(-90, 91));

    /// <summary>Looks at what is due.</summary>
    public async Task RoundAsync(IReadOnlyCollection<long> asked, CancellationToken cancellationToken) =>
        await Task.WhenAll((await DueAsync(asked, cancellationToken)).Select(due => ExamineAsync(due.Workspace, due.ConnectionId, cancellationToken)));

    public override void Dispose()
    {
        _places.Dispose();
        base.Dispose();
    }

    /// <summary>Does not wait for the looking: a platform that is slow to answer must not keep a signal from being heard.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var call = signals.Asked.WaitToReadAsync(stoppingToken).AsTask();
        var looking = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.WhenAny(tick, call);
                stoppingToken.ThrowIfCancellationRequested();
                var asked = new HashSet<long>();
                while (signals.Asked.TryRead(out var id))
                {
                    asked.Add(id);
                }

                tick = tick.IsCompleted ? timer.WaitForNextTickAsync(stoppingToken).AsTask() : tick;
                call = call.IsCompleted ? signals.Asked.WaitToReadAsync(stoppingToken).AsTask() : call;
                looking.RemoveAll(task => task.IsCompleted);
                try
                {
                    looking.AddRange((await DueAsync(asked, stoppingToken)).Select(due => ExamineAsync(due.Workspace, due.ConnectionId, stoppingToken)));
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    RoundFailed(exception.GetType().Name);
                }
            }
        }
        finally
        {
            await Task.WhenAll(looking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What this node has taken upon itself to look at now.</summary>
    private async Task<IReadOnlyList<(WorkspaceId Workspace, long ConnectionId)>> DueAsync(IReadOnlyCollection<long> asked, CancellationToken cancellationToken)
    {
        await EnrolAsync(asked, cancellationToken);
        await EraseOldSecretsAsync(cancellationToken);
        return await ClaimAsync(cancellationToken);
    }

    private async Task ExamineAsync(WorkspaceId workspace, long connectionId, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            await exam.ExamineAsync(workspace, connectionId, only: null, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One number's trouble must not keep the others from being looked at.
            ExamFailed(connectionId, exception.GetType().Name);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Numbers that nobody has looked at yet get their time, and those that were asked for are due now.</summary>
    private async Task EnrolAsync(IReadOnlyCollection<long> asked, CancellationToken cancellationToken)
    {
        await using var reading = database.OpenForSystem();
        var missing = await reading.Set<Connection>().AcrossWorkspaces()
            .Where(c => c.State != ConnectionState.Disconnected && !reading.Set<ConnectionCheckup>().IgnoreQueryFilters().Any(u => u.ConnectionId == c.Id))
            .Select(c => new { c.Id, c.WorkspaceId }).ToListAsync(cancellationToken);
        if (missing.Count == 0 && asked.Count == 0)
        {
            return;
        }

        foreach (var number in missing)
        {
            await EnrolAsync(number.WorkspaceId, number.Id, cancellationToken);
        }

        var now = time.GetUtcNow();
        await database.WriteForSystemAsync(
            db => db.Set<ConnectionCheckup>().AcrossWorkspaces().Where(c => asked.Contains(c.ConnectionId))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.NextAt, now), cancellationToken),
            cancellationToken);
    }

    /// <summary>Under the workspace's lock, because an exam that was asked for enrols its number too.</summary>
    private Task EnrolAsync(WorkspaceId workspace, long connectionId, CancellationToken cancellationToken) => database.WriteAsync(
        workspace,
        async db =>
        {
            await db.LockWorkspaceAsync(cancellationToken);
            if (await db.Set<Connection>().AnyAsync(c => c.Id == connectionId, cancellationToken)
                && !await db.Set<ConnectionCheckup>().AnyAsync(c => c.ConnectionId == connectionId, cancellationToken))
            {
                db.Add(new ConnectionCheckup { ConnectionId = connectionId, WorkspaceId = workspace, NextAt = Next(time.GetUtcNow()) });
                await db.SaveChangesAsync(cancellationToken);
            }
        },
        cancellationToken);

    private async Task<IReadOnlyList<(WorkspaceId Workspace, long ConnectionId)>> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var reading = database.OpenForSystem();
        var due = await reading.Set<ConnectionCheckup>().AcrossWorkspaces().Where(c => c.NextAt <= now)
            .OrderBy(c => c.NextAt).Take(100).Select(c => new { c.ConnectionId, c.WorkspaceId, c.NextAt }).ToListAsync(cancellationToken);
        var claimed = new List<(WorkspaceId, long)>();
        foreach (var number in due)
        {
            var next = Next(now);
            var mine = 0;
            await database.WriteForSystemAsync(
                async db => mine = await db.Set<ConnectionCheckup>().AcrossWorkspaces()
                    .Where(c => c.ConnectionId == number.ConnectionId && c.NextAt == number.NextAt)
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.NextAt, next), cancellationToken),
                cancellationToken);
            if (mine == 1)
            {
                claimed.Add((number.WorkspaceId, number.ConnectionId));
            }
        }

        return claimed;
    }

    private async Task EraseOldSecretsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var reading = database.OpenForSystem();
        if (await reading.Set<MetaApp>().AcrossWorkspaces().AnyAsync(a => a.OldSecretUntil <= now, cancellationToken))
        {
            await database.WriteForSystemAsync(
                db => db.Set<MetaApp>().AcrossWorkspaces().Where(a => a.OldSecretUntil <= now).ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.OldAppSecret, (byte[]?)null).SetProperty(a => a.OldSecretUntil, (DateTimeOffset?)null), cancellationToken),
                cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Number {ConnectionId} could not be looked at ({Fault}); it is tried again in a quarter of an hour")]
    private partial void ExamFailed(long connectionId, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Numbers could not be looked at ({Fault}); the next beat tries again")]
    private partial void RoundFailed(string fault);
}
