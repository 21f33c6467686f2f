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

    /// <summary>Waits until woken, at most for the time given.</summary>
    public Task WaitAsync(long metaAppId, LaneWorkKind kind, TimeSpan atMost, CancellationToken cancellationToken) =>
        Of(metaAppId, kind).WaitAsync(atMost, cancellationToken);

    private SemaphoreSlim Of(long metaAppId, LaneWorkKind kind) =>
        _signals.GetOrAdd((metaAppId, kind), _ => new SemaphoreSlim(0, 1));
}
