using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Api.Events;

/// <summary>
/// Finds addresses for which events are due and sends to several of them at once. Only one node sends to an address at a
/// time; another takes over when its lease has run out.
/// </summary>
public sealed partial class EventSender(
    WefluxDatabase database, EventRun run, EventSignals signals, TimeProvider time, ILogger<EventSender> logger) : BackgroundService
{
    private const int MostAtOnce = 16;

    /// <summary>One workspace may have slow addresses enough for all places.</summary>
    private const int MostOfOne = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<long, (WorkspaceId Workspace, Task Task)> _running = new();
    private bool _isCrowded;

    /// <summary>Begins to send what is due now.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isCrowded, false);
        foreach (var due in await DueAsync(cancellationToken))
        {
            if (_running.Count >= MostAtOnce)
            {
                Volatile.Write(ref _isCrowded, true);
                return;
            }

            if (_running.Values.Count(r => r.Workspace == due.Workspace) >= MostOfOne)
            {
                Volatile.Write(ref _isCrowded, true);
                continue;
            }

            // Entered before it begins, so that it is not taken out before it was entered.
            var begin = new TaskCompletionSource();
            if (_running.TryAdd(due.Id, (due.Workspace, RunAsync(due, begin.Task, cancellationToken))))
            {
                begin.SetResult();
            }
            else
            {
                begin.SetCanceled(CancellationToken.None);
            }
        }
    }

    /// <summary>Waits until nothing is under way on this node.</summary>
    public Task QuietAsync() => Task.WhenAll(_running.Values.Select(r => r.Task));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await signals.WaitAsync(Interval, time, stoppingToken);
                try
                {
                    await BeatAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Failed(exception.GetBaseException().GetType().Name);
                }
            }
        }
        finally
        {
            await QuietAsync();
        }
    }

    private async Task<List<Due>> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = database.OpenForSystem();
        var erasing = db.Set<Workspace>().Where(w => w.ErasingSince != null).Select(w => w.Id);
        var waiting = db.Set<EventDelivery>().AcrossWorkspaces().Where(d => d.State == EventDeliveryState.Waiting && d.NextAt <= now);
        return await db.Set<EventEndpoint>().AcrossWorkspaces()
            .Where(e => e.State == EventEndpointState.On && (e.RestsUntil == null || e.RestsUntil <= now) && (e.LeasedUntil == null || e.LeasedUntil <= now))
            .Where(e => waiting.Any(d => d.WorkspaceId == e.WorkspaceId && d.EndpointId == e.Id))
            .Where(e => !erasing.Contains(e.WorkspaceId))
            .OrderBy(e => e.TookAt).ThenBy(e => e.Id)
            .Select(e => new Due(e.WorkspaceId, e.Id)).Take(4 * MostAtOnce).ToListAsync(cancellationToken);
    }

    private async Task RunAsync(Due due, Task begun, CancellationToken cancellationToken)
    {
        try
        {
            await begun;
            var isMore = await run.ExecuteAsync(due.Workspace, due.Id, cancellationToken);
            _running.TryRemove(due.Id, out _);
            if (isMore || Volatile.Read(ref _isCrowded))
            {
                signals.Wake();
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends, or somebody else was first. What was not answered is sent again.
            if (begun.IsCompletedSuccessfully)
            {
                _running.TryRemove(due.Id, out _);
            }
        }
        catch (Exception exception)
        {
            _running.TryRemove(due.Id, out _);
            Failed(exception.GetBaseException().GetType().Name);
        }
    }

    // The words of a database's exceptions may quote what is stored.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending events failed ({Kind}) and is tried again")]
    private partial void Failed(string kind);

    private sealed record Due(WorkspaceId Workspace, long Id);
}
