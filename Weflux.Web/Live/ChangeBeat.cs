using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Live;

/// <summary>
/// Reads the change counters of the workspaces that are open on this node, once for all their circuits, so that a
/// screen that missed a hint notices within a beat.
/// </summary>
public sealed class ChangeBeat(WefluxDatabase database, TimeProvider time, ILogger<ChangeBeat> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>How long it takes at most to tell all watchers, so that a crowd of screens does not read again in the same moment.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Dictionary<WorkspaceId, List<Action<long>>> _watchers = [];

    /// <summary>Calls back at each beat with the workspace's counter, until disposed.</summary>
    public IDisposable Watch(WorkspaceId workspace, Action<long> onBeat)
    {
        lock (_lock)
        {
            if (!_watchers.TryGetValue(workspace, out var list))
            {
                _watchers[workspace] = list = [];
            }

            list.Add(onBeat);
        }

        return new Watcher(this, workspace, onBeat);
    }

    /// <summary>One beat.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        List<WorkspaceId> watched;
        lock (_lock)
        {
            watched = [.. _watchers.Keys];
        }

        if (watched.Count == 0)
        {
            return;
        }

        await using var db = database.OpenForSystem();
        var counters = await db.Set<WorkspaceCounter>().AcrossWorkspaces().AsNoTracking()
            .Where(c => watched.Contains(c.WorkspaceId)).ToListAsync(cancellationToken);
        var calls = counters.SelectMany(counter => Watchers(counter.WorkspaceId), (counter, onBeat) => (counter.Sequence, onBeat)).ToList();
        var gap = Spread / Math.Max(1, calls.Count);
        for (var i = 0; i < calls.Count; i++)
        {
            if (i > 0)
            {
                await Task.Delay(gap < LongestGap ? gap : LongestGap, time, cancellationToken);
            }

            calls[i].onBeat(calls[i].Sequence);
        }
    }

    /// <summary>Tells the screens of this node at once, for what concerns every screen of a workspace.</summary>
    public async Task NudgeAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await using var db = database.Open(workspace);
        var counter = await db.ReadCounterAsync(cancellationToken);
        Watchers(workspace).ForEach(onBeat => onBeat(counter));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(BeatAsync, Interval, time, logger, stoppingToken);

    private List<Action<long>> Watchers(WorkspaceId workspace)
    {
        lock (_lock)
        {
            return _watchers.TryGetValue(workspace, out var list) ? [.. list] : [];
        }
    }

    private void Leave(WorkspaceId workspace, Action<long> onBeat)
    {
        lock (_lock)
        {
            if (_watchers.TryGetValue(workspace, out var list) && list.Remove(onBeat) && list.Count == 0)
            {
                _watchers.Remove(workspace);
            }
        }
    }

    private sealed class Watcher(ChangeBeat owner, WorkspaceId workspace, Action<long> onBeat) : IDisposable
    {
        public void Dispose() => owner.Leave(workspace, onBeat);
    }
}
