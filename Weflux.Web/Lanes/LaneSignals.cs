using System.Collections.Concurrent;

namespace Weflux.Web.Lanes;

/// <summary>The two kinds of work in a lane.</summary>
public enum LaneWorkKind
{
    /// <summary>Webhook deliveries that wait to be applied.</summary>
    Journal,

    /// <summary>Messages that wait to be sent.</summary>
    Outbox,
}

/// <summary>Wakes the work of a lane in this process. A call that nobody hears costs no more than the work's own timer.</summary>
public sealed class LaneSignals
{
    private readonly ConcurrentDictionary<(long MetaAppId, LaneWorkKind Kind), SemaphoreSlim> _signals = [];
    private readonly ConcurrentDictionary<(long MetaAppId, LaneWorkKind Kind), long> _movedAt = [];
    private readonly ConcurrentDictionary<(long MetaAppId, LaneWorkKind Kind), bool> _stuck = [];
    private readonly ConcurrentDictionary<long, long> _versions = [];

    public void Wake(long metaAppId, LaneWorkKind kind)
    {
        var signal = Of(metaAppId, kind);
        lock (signal)
        {
            if (signal.CurrentCount == 0)
            {
                signal.Release();
            }
        }
    }

    /// <summary>What a lane knows of its numbers is out of date.</summary>
    public void Renew(long metaAppId) => _versions.AddOrUpdate(metaAppId, 1, (_, version) => version + 1);

    /// <summary>Grows with each <see cref="Renew"/>.</summary>
    public long VersionOf(long metaAppId) => _versions.GetValueOrDefault(metaAppId);

    /// <summary>Waits until woken, at most for the time given.</summary>
    public async Task WaitAsync(long metaAppId, LaneWorkKind kind, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Move(metaAppId, kind);
        await Of(metaAppId, kind).WaitAsync(atMost, cancellationToken);
        Move(metaAppId, kind);
    }

    /// <summary>Tells that the work goes on. Work that waits from time to time need not, unless it is long.</summary>
    public void Move(long metaAppId, LaneWorkKind kind) => _movedAt[(metaAppId, kind)] = TimeProvider.System.GetTimestamp();

    /// <summary>Tells that a part of the work does not come to its end, though the rest goes on, or that it did.</summary>
    public void Stick(long metaAppId, LaneWorkKind kind, bool isStuck)
    {
        if (isStuck)
        {
            _stuck[(metaAppId, kind)] = true;
        }
        else
        {
            _stuck.TryRemove((metaAppId, kind), out _);
        }
    }

    /// <summary>The work of this lane is done elsewhere from now on.</summary>
    public void Leave(long metaAppId)
    {
        foreach (var key in _movedAt.Keys.Where(key => key.MetaAppId == metaAppId))
        {
            _movedAt.TryRemove(key, out _);
            _stuck.TryRemove(key, out _);
        }
    }

    /// <summary>Work that has not moved for so long, or of which a part is stuck.</summary>
    public IReadOnlyList<(long MetaAppId, LaneWorkKind Kind)> Still(TimeSpan since) =>
        [.. _movedAt.Where(m => TimeProvider.System.GetElapsedTime(m.Value) > since || _stuck.ContainsKey(m.Key)).Select(m => m.Key)];

    private SemaphoreSlim Of(long metaAppId, LaneWorkKind kind) =>
        _signals.GetOrAdd((metaAppId, kind), _ => new SemaphoreSlim(0, 1));
}
