using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Weflux.Benchmarks.Limits;

/// <summary>Takes every message at once, and remembers when each came. The same for Weflux and for its limit.</summary>
internal sealed class PretendGraph : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _taken;

    private PretendGraph(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First() + "/");

    /// <summary>When the message with this text came (a monotonic timestamp).</summary>
    public ConcurrentDictionary<string, long> Arrivals { get; } = new(StringComparer.Ordinal);

    public static async Task<PretendGraph> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var graph = new PretendGraph(app);
        app.MapPost("/{number}/messages", graph.TakeAsync);
        await app.StartAsync();
        return graph;
    }

    public async Task WaitAsync(int arrivals, TimeSpan atMost)
    {
        for (var begun = Stopwatch.GetTimestamp(); Arrivals.Count < arrivals && Stopwatch.GetElapsedTime(begun) < atMost;)
        {
            await Task.Delay(10);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        if (body.RootElement.TryGetProperty("text", out var text))
        {
            Arrivals.TryAdd(text.GetProperty("body").GetString()!, Stopwatch.GetTimestamp());
        }

        await context.Response.WriteAsJsonAsync(new
        {
            messaging_product = "whatsapp",
            contacts = new[] { new { input = "0", wa_id = "0" } },
            messages = new[] { new { id = $"wamid.bench.{Interlocked.Increment(ref _taken)}" } },
        });
    }
}
