using System.Threading.Channels;

namespace Weflux.Web.Connections;

/// <summary>Tells this process that a number wants to be looked at. Who does not hear it looks a quarter of an hour later.</summary>
public sealed class ConnectionSignals
{
    private readonly Channel<long> _asked = Channel.CreateBounded<long>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Numbers that somebody asked to look at.</summary>
    public ChannelReader<long> Asked => _asked.Reader;

    public void Ask(long connectionId) => _asked.Writer.TryWrite(connectionId);
}
