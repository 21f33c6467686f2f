using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Weflux.Tests.Support;

/// <summary>A Graph API that answers each send as the test says, and keeps what it was sent.</summary>
public sealed class GraphStub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GraphStub(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First() + "/");

    /// <summary>Every POST to send, in the order of arrival.</summary>
    public ConcurrentQueue<JsonObject> Sends { get; } = new();

    /// <summary>What was told to be read, in the order of arrival.</summary>
    public ConcurrentQueue<JsonObject> Reads { get; } = new();

    /// <summary>How to answer that something was read; the default agrees.</summary>
    public Func<HttpContext, Task> AnswerRead { get; set; } = context => context.Response.WriteAsJsonAsync(new JsonObject { ["success"] = true });

    /// <summary>How to answer; the default accepts.</summary>
    public Func<HttpContext, JsonObject, int, Task> Answer { get; set; } = (context, _, nth) => AcceptAsync(context, $"wamid.out.{nth}");

    /// <summary>Every upload: the fields of its form, and the file's own type and bytes.</summary>
    public ConcurrentQueue<GraphUpload> Uploads { get; } = new();

    /// <summary>How to answer an upload; the default takes it.</summary>
    public Func<HttpContext, int, Task> Taking { get; set; } = (context, nth) => context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = $"77000{nth}" });

    /// <summary>How to answer what is not a send; the default finds nothing.</summary>
    public Func<HttpContext, Task> Reading { get; set; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    public static async Task<GraphStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new GraphStub(app);
        app.MapPost("/{number}/messages", async (HttpContext context) =>
        {
            var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
            if (body["status"]?.GetValue<string>() == "read")
            {
                stub.Reads.Enqueue(body);
                await stub.AnswerRead(context);
                return;
            }

            stub.Sends.Enqueue(body);
            await stub.Answer(context, body, stub.Sends.Count);
        });
        app.MapPost("/{number}/media", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            var file = form.Files.Single();
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            stub.Uploads.Enqueue(new GraphUpload(
                form["messaging_product"]!, form["type"]!, file.Name, file.FileName, file.ContentType, bytes.ToArray(), context.Request.Headers.Authorization!));
            await stub.Taking(context, stub.Uploads.Count);
        });
        app.MapGet("/{**path}", (HttpContext context) => stub.Reading(context));
        await app.StartAsync();
        return stub;
    }

    public static Task AcceptAsync(HttpContext context, string whatsAppId) =>
        context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["messages"] = new JsonArray(new JsonObject { ["id"] = whatsAppId }),
        });

    public static Task RefuseAsync(HttpContext context, int code, int status = 400)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["error"] = new JsonObject { ["message"] = $"(#{code}) refused", ["type"] = "OAuthException", ["code"] = code },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>What an upload brought.</summary>
public sealed record GraphUpload(string Product, string Type, string Part, string FileName, string ContentType, byte[] Bytes, string Authorization);
