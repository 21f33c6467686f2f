using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Templates;

/// <summary>
/// Reads the templates of every account each hour, soon after a number was connected, and at once when somebody asks or
/// news came that tell too little. Nodes share the work: who moves an account's next time reads it.
/// </summary>
public sealed partial class TemplateWatch(
    WefluxDatabase database,
    TemplateSync sync,
    TemplateSignals signals,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<TemplateWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>If this node ends while it reads, another one does so after this long.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <summary>Reads what is due.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        await EnrolAsync(cancellationToken);
        foreach (var (workspace, wabaId) in await ClaimAsync(cancellationToken))
        {
            try
            {
                await sync.RunAsync(workspace, wabaId, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // One account's trouble must not keep the others from being read.
                SyncFailed(workspace.Value, exception.GetType().Name);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ListeningAsync(stoppingToken);
        using var timer = new PeriodicTimer(Beat, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var call = signals.AskedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(tick, call);
            stoppingToken.ThrowIfCancellationRequested();
            tick = tick.IsCompleted ? timer.WaitForNextTickAsync(stoppingToken).AsTask() : tick;
            call = call.IsCompleted ? signals.AskedAsync(stoppingToken) : call;
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                RoundFailed(exception.GetType().Name);
            }
        }
    }

    /// <summary>Where the simulator plays the platform, it answers only once this process listens.</summary>
    private Task ListeningAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(() => listening.TrySetResult());
        return listening.Task.WaitAsync(stoppingToken);
    }

    private async Task EnrolAsync(CancellationToken cancellationToken)
    {
        await using var reading = database.OpenForSystem();
        var missing = await reading.Set<Connection>().AcrossWorkspaces()
            .Where(c => c.State != ConnectionState.Disconnected
                && !reading.Set<TemplateAccount>().IgnoreQueryFilters().Any(a => a.WorkspaceId == c.WorkspaceId && a.WabaId == c.WabaId))
            .Select(c => new { c.WorkspaceId, c.WabaId }).Distinct().ToListAsync(cancellationToken);
        foreach (var account in missing)
        {
            await database.WriteAsync(
                account.WorkspaceId,
                async db =>
                {
                    await db.LockWorkspaceAsync(cancellationToken);
                    if (await db.IsStillThereAsync(account.WorkspaceId, cancellationToken)
                        && !await db.Set<TemplateAccount>().AnyAsync(a => a.WabaId == account.WabaId, cancellationToken))
                    {
                        db.Add(new TemplateAccount { WorkspaceId = account.WorkspaceId, WabaId = account.WabaId, NextAt = time.GetUtcNow() });
                        await db.SaveChangesAsync(cancellationToken);
                    }
                },
                cancellationToken);
        }
    }

    private async Task<IReadOnlyList<(WorkspaceId Workspace, string WabaId)>> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var reading = database.OpenForSystem();
        var due = await reading.Set<TemplateAccount>().AcrossWorkspaces().Where(a => a.NextAt <= now)
            .OrderBy(a => a.NextAt).Take(20).Select(a => new { a.WorkspaceId, a.WabaId, a.NextAt }).ToListAsync(cancellationToken);
        var claimed = new List<(WorkspaceId, string)>();
        foreach (var account in due)
        {
            var until = now + Claim;
            var mine = await database.WriteAsync(
                account.WorkspaceId,
                db => db.Set<TemplateAccount>().Where(a => a.WabaId == account.WabaId && a.NextAt == account.NextAt)
                    .ExecuteUpdateAsync(set => set.SetProperty(a => a.NextAt, until), cancellationToken),
                cancellationToken);
            if (mine == 1)
            {
                claimed.Add((account.WorkspaceId, account.WabaId));
            }
        }

        return claimed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Templates of an account of workspace {Workspace} could not be read ({Fault}); they are tried again in some minutes")]
    private partial void SyncFailed(long workspace, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Templates could not be read ({Fault}); the next beat tries again")]
    private partial void RoundFailed(string fault);
}
