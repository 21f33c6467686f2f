using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Media;

namespace Weflux.Tests.Web.Media;

/// <summary>Files of one customer, from the webhook to the store, against a platform that does as the test says.</summary>
public abstract class FetchingWorld : GraphWorld
{
    protected const string Phone = "919300000001";

    /// <summary>What the platform was asked for, in its order.</summary>
    protected ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How often a file itself was asked for.</summary>
    protected int FilesAsked => Asked.Count(a => a.StartsWith("file ", StringComparison.Ordinal));

    /// <summary>Here, and its small picture drawn if it is to have one.</summary>
    protected static bool IsDone(MediaFile file) => file is { State: MediaState.Ready, NextTryAt: null };

    protected static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>The platform has these bytes under this id.</summary>
    protected void Serve(string id, byte[] bytes)
    {
        var before = Graph.Reading;
        Graph.Reading = async context =>
        {
            if (context.Request.Path == $"/{id}")
            {
                Asked.Enqueue($"node {id} {context.Request.Headers.Authorization}");
                await context.Response.WriteAsJsonAsync(new JsonObject { ["url"] = Graph.Address + $"file/{id}", ["file_size"] = $"{bytes.Length}" });
            }
            else if (context.Request.Path == $"/file/{id}")
            {
                Asked.Enqueue($"file {id} {context.Request.Headers.Authorization}");
                await context.Response.Body.WriteAsync(bytes);
            }
            else
            {
                await before(context);
            }
        };
    }

    protected void Answer(Func<string, string> url, Func<HttpContext, string, Task> file, string? size = null) => Graph.Reading = async context =>
    {
        var path = context.Request.Path.Value!.Split('/');
        if (path is ["", "file", var name])
        {
            Asked.Enqueue($"file {name}");
            await file(context, name);
            return;
        }

        Asked.Enqueue($"node {path[1]}");
        await context.Response.WriteAsJsonAsync(new JsonObject { ["url"] = url(path[1]), ["file_size"] = size });
    };

    /// <summary>The platform keeps the picture back until the test lets go.</summary>
    protected Action Hold()
    {
        var isHeld = true;
        Answer(_ => Graph.Address + "file/x", async (context, _) =>
        {
            while (isHeld && !context.RequestAborted.IsCancellationRequested)
            {
                await Task.Delay(20);
            }

            await context.Response.Body.WriteAsync(Samples.Png);
        });
        return () => isHeld = false;
    }

    protected async Task HearAsync(string id, string type, string mediaId, byte[] bytes, JsonObject? more = null, bool isHashHex = false)
    {
        (await Webhooks.PostAsync(MediaWorld.FileFrom(id, Phone, type, mediaId, bytes, Now, more, isHashHex))).Should().Be(System.Net.HttpStatusCode.OK);
        await Host.SettledAsync();
    }

    protected async Task<MediaFile> FileAsync(Func<MediaFile, bool> isSo) =>
        (await Eventually.SeeAsync(Host.FilesAsync, all => all.Count == 1 && isSo(all[0])))[0];

    protected byte[] Stored(MediaFile file)
    {
        using var stream = Host.Services.GetRequiredService<IMediaStore>().OpenRead(file.WorkspaceId, file.Key)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    protected async Task<ThreadMessage> BubbleAsync()
    {
        var conversation = (await Host.ConversationsAsync()).Single().Id;
        return (await Host.Services.GetRequiredService<ThreadQuery>().GetAsync(await Host.ActorAsync(), conversation))!.Messages.Single();
    }
}
