using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Weflux.Tests.Support;

namespace Weflux.Tests.Web.Api.Events;

/// <summary>Another program that gets events, on a port of its own. It keeps what comes and answers as a test says.</summary>
internal sealed class EventReceiver : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<GotEvent> _got = [];
    private readonly WebApplication _app;

    private EventReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What it answers to the nth one that comes to a path, from 1 on.</summary>
    public Func<string, int, IResult> Answer { get; set; } = (_, _) => TypedResults.NoContent();

    /// <summary>What it waits for before it answers.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    public static async Task<EventReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new EventReceiver(app);
        app.Map("/{**path}", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public IReadOnlyList<GotEvent> At(string path)
    {
        lock (_lock)
        {
            return [.. _got.Where(g => g.Path == path)];
        }
    }

    /// <summary>Waits until so many have come to a path.</summary>
    public Task<IReadOnlyList<GotEvent>> SeeAsync(string path, int count) => SeeAsync(path, got => got.Count >= count);

    public Task<IReadOnlyList<GotEvent>> SeeAsync(string path, Func<IReadOnlyList<GotEvent>, bool> isSo) => Eventually.SeeAsync(() => Task.FromResult(At(path)), isSo);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    // It takes the request and not the context: what takes a context is taken for one that writes its own answer.
    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        int nth;
        var path = request.Path.Value!;
        lock (_lock)
        {
            _got.Add(new GotEvent(
                path, request.Method, bytes.ToArray(), request.Headers["webhook-id"].ToString(),
                request.Headers["webhook-timestamp"].ToString(), request.Headers["webhook-signature"].ToString()));
            nth = _got.Count(g => g.Path == path);
        }

        await Ready;
        return Answer(path, nth);
    }
}

/// <summary>An event as it came.</summary>
internal sealed record GotEvent(string Path, string Method, byte[] Body, string Id, string Timestamp, string Signature)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Text => Encoding.UTF8.GetString(Body);

    public string Type => Json.GetProperty("type").GetString()!;

    public JsonElement Data => Json.GetProperty("data");

    /// <summary>Whether one of its signatures is made with this secret, reckoned as another program does.</summary>
    public bool IsSignedWith(string secret)
    {
        secret.Should().StartWith("whsec_");
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Text}");
        var ours = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
        return Signature.Split(' ').Contains(ours, StringComparer.Ordinal);
    }
}
