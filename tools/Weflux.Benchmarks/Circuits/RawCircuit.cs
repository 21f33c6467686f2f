using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using MessagePack;

namespace Weflux.Benchmarks.Circuits;

/// <summary>
/// A browser tab without the browser: it starts the real circuit of a page over a WebSocket, acknowledges every render
/// batch, answers calls into JavaScript with nothing, and tells which marks it saw rendered.
/// </summary>
internal sealed partial class RawCircuit : IAsyncDisposable
{
    private static readonly byte[] Handshake = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray();
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Action<ReadOnlyMemory<byte>> _rendered;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _receiving = Task.CompletedTask;
    private int _objects;

    private RawCircuit(Action<ReadOnlyMemory<byte>> rendered) => _rendered = rendered;

    /// <summary>What broke the circuit; null while it works.</summary>
    public string? Fault { get; private set; }

    /// <param name="page">The page's address.</param>
    /// <param name="html">The page as the server answered it.</param>
    /// <param name="cookies">Of the person who is signed in.</param>
    /// <param name="rendered">Gets each render batch.</param>
    public static async Task<RawCircuit> OpenAsync(Uri page, string html, CookieContainer cookies, Action<ReadOnlyMemory<byte>> rendered)
    {
        var circuit = new RawCircuit(rendered);
        circuit._socket.Options.Cookies = cookies;
        circuit._socket.Options.SetRequestHeader("Origin", page.GetLeftPart(UriPartial.Authority));
        await circuit._socket.ConnectAsync(
            new UriBuilder(page) { Scheme = "ws", Path = "/_blazor", Query = "" }.Uri, CancellationToken.None);
        await circuit._socket.SendAsync(Handshake, WebSocketMessageType.Binary, true, CancellationToken.None);
        circuit._receiving = Task.Run(circuit.ReceiveAsync);
        await circuit.SendAsync(BlazorPack.Invoke(
            "StartCircuit",
            "0",
            a => a.Text(page.GetLeftPart(UriPartial.Authority) + "/").Text(page.ToString()).Text("[]").Text(State(html)),
            4));
        await circuit._started.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var operations = Markers(html).Select((marker, nth) => $$"""{"type":"add","ssrComponentId":{{nth + 1}},"marker":{{marker}}}""");
        await circuit.SendAsync(BlazorPack.Invoke(
            "UpdateRootComponents", null, a => a.Text($$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""").Text(State(html)), 2));
        return circuit;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _socket.Abort();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _sending.Dispose();
        _ending.Dispose();
    }

    private static IEnumerable<string> Markers(string html) => Marker().Matches(html).Select(m => m.Groups["marker"].Value);

    private static string State(string html) => ComponentState().Match(html).Groups["state"].Value;

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var filled = 0;
        var isOpen = false;
        try
        {
            while (true)
            {
                if (filled == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var received = await _socket.ReceiveAsync(buffer.AsMemory(filled), _ending.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    throw new IOException("The server closed the circuit.");
                }

                filled += received.Count;
                ReadOnlyMemory<byte> rest = buffer.AsMemory(0, filled);
                if (!isOpen)
                {
                    var end = rest.Span.IndexOf((byte)0x1e);
                    if (end < 0)
                    {
                        continue;
                    }

                    isOpen = true;
                    rest = rest[(end + 1)..];
                }

                while (BlazorPack.TryTake(ref rest, out var message))
                {
                    await HandleAsync(message);
                }

                rest.CopyTo(buffer);
                filled = rest.Length;
            }
        }
        catch (Exception exception) when (!_ending.IsCancellationRequested)
        {
            Fail(exception.Message);
        }
        catch (Exception) when (_ending.IsCancellationRequested)
        {
            // It was asked to end.
        }
    }

    private void Fail(string fault)
    {
        Fault ??= fault;
        _started.TrySetException(new InvalidOperationException(fault));
    }

    private Task HandleAsync(ReadOnlyMemory<byte> message)
    {
        var reader = new MessagePackReader(message);
        reader.ReadArrayHeader();
        switch (reader.ReadByte())
        {
            case BlazorPack.Completion:
                _started.TrySetResult();
                return Task.CompletedTask;
            case BlazorPack.Ping:
                return SendAsync(BlazorPack.PingFrame());
            case BlazorPack.Invocation:
                break;
            default:
                return Task.CompletedTask;
        }

        reader.Skip();
        reader.Skip();
        var target = reader.ReadString();
        reader.ReadArrayHeader();
        switch (target)
        {
            case "JS.RenderBatch":
                var batch = reader.ReadInt32();
                var bytes = reader.ReadBytes();
                if (bytes is { } render)
                {
                    _rendered(BuffersExtensions.ToArray(render));
                }

                return SendAsync(BlazorPack.Invoke("OnRenderCompleted", null, a => a.Number(batch).Text(null), 2));
            case "JS.BeginInvokeJS":
                var handle = reader.ReadInt64();
                var identifier = reader.ReadString();
                reader.Skip();
                var kind = reader.ReadInt32();
                return AnswerAsync(handle, kind, identifier!);
            case "JS.Error":
                Fail(reader.ReadString() ?? "");
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    /// <summary>A reference where one is wanted, nothing otherwise.</summary>
    private Task AnswerAsync(long handle, int kind, string identifier)
    {
        const int Reference = 1;
        var value = kind == Reference
            ? string.Create(CultureInfo.InvariantCulture, $"{{\"__jsObjectId\":{Interlocked.Increment(ref _objects)}}}")
            : identifier.EndsWith("Count", StringComparison.OrdinalIgnoreCase) ? "0" : "null";
        var result = $"[{handle},true,{value}]";
        return handle == 0
            ? Task.CompletedTask
            : SendAsync(BlazorPack.Invoke("EndInvokeJSFromDotNet", null, a => a.Number(handle).Flag(true).Text(result), 3));
    }

    private async Task SendAsync(byte[] frame)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Binary, true, _ending.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    [GeneratedRegex("<!--Blazor:(?<marker>\\{\"type\":\"server\".*?\\})-->", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>.*?)-->", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ComponentState();
}
