using System.Net;
using System.Net.Http.Headers;
using Weflux.Web.Data;

namespace Weflux.Web.CloudApi;

/// <summary>
/// A request body that can be written once. It remembers whether writing began: until then the request has certainly
/// not reached anybody, and afterwards nothing, not even the framework's own retry on a closed connection, sends it again.
/// </summary>
internal sealed class OneShotContent : HttpContent
{
    private readonly byte[] _body;
    private int _writes;

    public OneShotContent(byte[] body)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public bool HasBegun => Volatile.Read(ref _writes) > 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _writes) > 1)
        {
            throw new InvalidOperationException("A message must not be written to the wire twice.");
        }

        await stream.WriteAsync(_body, cancellationToken);
        if (FailPoint.IsArmed)
        {
            await stream.FlushAsync(cancellationToken);
            FailPoint.Pass(FailPoint.CallWritten);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
