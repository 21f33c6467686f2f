using System.Net;
using System.Net.Sockets;
using Weflux.Domain.Events;

namespace Weflux.Web.Api.Events;

/// <summary>Where a name leads to at the moment.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>An address that must not be connected to.</summary>
public sealed class AddressRefusedException(string message) : Exception(message);

/// <summary>
/// Connects to addresses for events and to nothing else. The name is looked up here and the very numbers that were judged are
/// connected to: a name that leads somewhere else a moment later gains nothing. All of its numbers must be public.
/// </summary>
public sealed class EventConnector(EventAddresses addresses, ResolveHost resolve)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(1);

    /// <summary>How calls are made: no proxy, no cookies, no way round by a redirect.</summary>
    public SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLife,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        ActivityHeadersPropagator = null,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
    };

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint end, CancellationToken cancellationToken)
    {
        var numbers = IPAddress.TryParse(end.Host.Trim('[', ']'), out var number) ? [number] : await resolve(end.Host, cancellationToken);
        if (numbers.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        if (!addresses.IsNamed(end.Host) && !Array.TrueForAll(numbers, n => MayBe(end.Host, n)))
        {
            throw new AddressRefusedException("The name leads into a network that is not public. Nothing was sent.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(numbers, end.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool MayBe(string host, IPAddress number) =>
        PublicNetwork.Has(number) || (addresses.MayBeThisMachine && EventAddress.IsThisMachine(host) && IPAddress.IsLoopback(number));
}
