using Weflux.Web.Data;

namespace Weflux.Web.Lanes;

/// <summary>Runs the work of every lane that this node holds, and takes lanes that nobody holds.</summary>
public sealed partial class LaneHost(LaneKeeper keeper, LaneSignals signals, IEnumerable<ILaneWork> works, ILogger<LaneHost> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(4);

    private readonly Dictionary<LaneLease, RunningLane> _lanes = [];

    /// <summary>When the host last went round and found everything in order (a monotonic timestamp), for readiness.</summary>
    public long LastRoundAt { get; private set; } = TimeProvider.System.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Real time, not the application's clock: a lease is between processes.
        using var timer = new PeriodicTimer(Beat);
        try
        {
            do
            {
                if (await GoRoundAsync(stoppingToken))
                {
                    LastRoundAt = TimeProvider.System.GetTimestamp();
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Stopping(_lanes.Count);
        }

        await StopAllAsync();
    }

    private async Task<bool> GoRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (lease, lane) in _lanes.ToList())
            {
                if (!await keeper.RenewAsync(lease, cancellationToken))
                {
                    LaneLost(lease.MetaAppId);
                    _lanes.Remove(lease);
                    _ = LeaveAsync(lease, lane);
                }
            }

            foreach (var lease in await keeper.TakeFreeAsync(cancellationToken))
            {
                LaneTaken(lease.MetaAppId, lease.Epoch);

                // A jump of the clock can make this node's own lease look over. The newer one replaces it when its work
                // has ended; the round does not wait, because other leases want renewing.
                var endings = _lanes.Where(l => l.Key.MetaAppId == lease.MetaAppId).ToList();
                endings.ForEach(old => _lanes.Remove(old.Key));
                _lanes[lease] = RunningLane.Start(lease, works, WorkAsync, Task.WhenAll(endings.Select(old => old.Value.StopAsync())));
            }

            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            RoundFailed(exception);
            return false;
        }
    }

    private async Task LeaveAsync(LaneLease lease, RunningLane lane)
    {
        await lane.StopAsync();
        signals.Leave(lease.MetaAppId);
    }

    private async Task WorkAsync(ILaneWork work, LaneLease lease, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await work.RunAsync(lease, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (LaneLostException)
            {
                LaneLost(lease.MetaAppId);
                return;
            }
            catch (Exception exception)
            {
                // Not the exception itself: database servers quote the values that offended them.
                WorkFailed(work.GetType().Name, lease.MetaAppId, FaultTrace.Of(exception));
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task StopAllAsync()
    {
        using var patience = new CancellationTokenSource(Drain);
        await Task.WhenAll(_lanes.Select(l => StopAsync(l.Key, l.Value, patience.Token)));
        _lanes.Clear();
    }

    private async Task StopAsync(LaneLease lease, RunningLane lane, CancellationToken patience)
    {
        try
        {
            await lane.StopAsync().WaitAsync(patience);
            await keeper.ReleaseAsync(lease, patience);
        }
        catch (Exception exception)
        {
            // The lease runs out by itself.
            ReleaseFailed(exception, lease.MetaAppId);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Works for Meta app {MetaAppId} (lease {Epoch})")]
    private partial void LaneTaken(long metaAppId, long epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another node works for Meta app {MetaAppId} now")]
    private partial void LaneLost(long metaAppId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} of Meta app {MetaAppId} failed and starts again: {Fault}")]
    private partial void WorkFailed(string work, long metaAppId, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Lanes could not be renewed or taken; the next round tries again")]
    private partial void RoundFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lane of Meta app {MetaAppId} could not be released; its lease runs out by itself")]
    private partial void ReleaseFailed(Exception exception, long metaAppId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Finishing the work of {Count} lanes")]
    private partial void Stopping(int count);

    private sealed class RunningLane(CancellationTokenSource ending, Task running)
    {
        public static RunningLane Start(
            LaneLease lease, IEnumerable<ILaneWork> works, Func<ILaneWork, LaneLease, CancellationToken, Task> run, Task after)
        {
            var ending = new CancellationTokenSource();
            var running = Task.WhenAll(works.Select(work => Task.Run(async () =>
            {
                await after;
                await run(work, lease, ending.Token);
            })));
            return new RunningLane(ending, running);
        }

        public async Task StopAsync()
        {
            await ending.CancelAsync();
            await running;
            ending.Dispose();
        }
    }
}
