using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Weflux.Web.Sending;

/// <summary>Wakes the lane of a Meta app: there is something to send. Losing a call costs no more than the lane's own timer.</summary>
public sealed class OutboxSignal
{
    private readonly ConcurrentDictionary<long, Channel<bool>> _lanes = [];

    public void Wake(long metaAppId) => Of(metaAppId).Writer.TryWrite(true);

    /// <summary>Waits until woken.</summary>
    public async Task WaitAsync(long metaAppId, CancellationToken cancellationToken) =>
        await Of(metaAppId).Reader.ReadAsync(cancellationToken);

    private Channel<bool> Of(long metaAppId) => _lanes.GetOrAdd(
        metaAppId, _ => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));
}
