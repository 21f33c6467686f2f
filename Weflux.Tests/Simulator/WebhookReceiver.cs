using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Weflux.Tests.Simulator;

/// <summary>Stands where Weflux would: checks the signature over the raw bytes and keeps what arrived.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public const string AppKey = "demo";
    public const string AppSecret = "demo-app-secret";
    private readonly Lock _gate = new();
    private readonly List<ReceivedWebhook> _received = [];
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>How many of the next webhooks are answered with 503.</summary>
    public int Refusals { get; set; }

    public IReadOnlyList<ReceivedWebhook> Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    public IReadOnlyList<JsonElement> Messages => Items("messages");

    public IReadOnlyList<JsonElement> Statuses => Items("statuses");

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost($"/webhooks/whatsapp/{AppKey}", receiver.ReceiveAsync);
        await app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IReadOnlyList<JsonElement> Items(string kind) =>
        [.. Received.Where(webhook => webhook.Answer == StatusCodes.Status200OK && webhook.Value.TryGetProperty(kind, out _))
            .SelectMany(webhook => webhook.Value.GetProperty(kind).EnumerateArray())];

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AppSecret), bytes.ToArray()));
        lock (_gate)
        {
            var isSigned = request.Headers["X-Hub-Signature-256"] == expected;
            var answer = !isSigned ? StatusCodes.Status401Unauthorized
                : Refusals-- > 0 ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status200OK;
            _received.Add(new ReceivedWebhook(Encoding.UTF8.GetString(bytes.ToArray()), isSigned, answer));
            return TypedResults.StatusCode(answer);
        }
    }
}

internal sealed record ReceivedWebhook(string Body, bool IsSigned, int Answer)
{
    public JsonElement Value => JsonDocument.Parse(Body).RootElement.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value");
}
