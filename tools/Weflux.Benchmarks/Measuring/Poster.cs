using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weflux.Benchmarks.Measuring;

/// <summary>One kept-alive HTTP connection that posts and reads the status, and little else: the load must not cost more than what it measures.</summary>
internal sealed class Poster : IDisposable
{
    private readonly Socket _socket;
    private readonly string _head;
    private readonly byte[] _answer = new byte[8192];

    private Poster(Socket socket, string head)
    {
        _socket = socket;
        _head = head;
    }

    public static async Task<Poster> ConnectAsync(Uri target)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, target.Port);
        return new Poster(socket, $"POST {target.PathAndQuery} HTTP/1.1\r\nHost: {target.Authority}\r\nContent-Type: application/json\r\n");
    }

    /// <returns>The status of the answer.</returns>
    public async ValueTask<int> PostAsync(byte[] body)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{_head}X-Hub-Signature-256: {WebhookBody.Signature(body)}\r\nContent-Length: {body.Length}\r\n\r\n"));
        var request = new byte[head.Length + body.Length];
        head.CopyTo(request, 0);
        body.CopyTo(request, head.Length);
        for (var sent = 0; sent < request.Length;)
        {
            sent += await _socket.SendAsync(request.AsMemory(sent), SocketFlags.None);
        }

        var filled = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(filled), SocketFlags.None);
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            filled += read;
            var end = _answer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0 && filled >= end + 4 + BodyLength(_answer.AsSpan(0, end)))
            {
                return int.Parse(_answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return 0;
        }

        var value = head[(at + 16)..];
        var end = value.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? value : value[..end], CultureInfo.InvariantCulture);
    }
}
