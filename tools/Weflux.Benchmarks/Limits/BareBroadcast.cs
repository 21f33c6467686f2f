using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Weflux.Benchmarks.Limits;

/// <summary>The limit for what reaches a screen: a POST is announced in memory to minimal circuits, each of which renders a list of 25 rows. No database, no rights, no hub.</summary>
internal static class BareBroadcast
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<BareNews>();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        await using var app = builder.Build();
        app.UseAntiforgery();
        app.MapPost("/message", async (HttpContext context, BareNews news) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            news.Tell(await reader.ReadToEndAsync());
        }).DisableAntiforgery();
        app.MapRazorComponents<BareDocument>().AddInteractiveServerRenderMode();
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Now listening on: {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }
}

/// <summary>Tells every circuit of a message.</summary>
internal sealed class BareNews
{
    private readonly Lock _lock = new();
    private Action<string>? _heard;

    public void Tell(string id) => _heard?.Invoke(id);

    public void Add(Action<string> listener)
    {
        lock (_lock)
        {
            _heard += listener;
        }
    }

    public void Remove(Action<string> listener)
    {
        lock (_lock)
        {
            _heard -= listener;
        }
    }
}

/// <summary>The page around the list.</summary>
public sealed class BareDocument : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<!DOCTYPE html><html><head><base href=\"/\" /></head><body>");
        builder.OpenComponent<BareList>(1);
        builder.AddComponentRenderMode(new InteractiveServerRenderMode(prerender: false));
        builder.CloseComponent();
        builder.AddMarkupContent(2, "</body></html>");
    }
}

/// <summary>Gives the document an address.</summary>
[Route("/")]
public sealed class BarePage : ComponentBase;

/// <summary>The newest 25 messages.</summary>
public sealed class BareList : ComponentBase, IDisposable
{
    private readonly LinkedList<string> _rows = [];

    [Inject]
    private BareNews News { get; set; } = null!;

    public void Dispose() => News.Remove(Show);

    protected override void OnInitialized()
    {
        for (var i = 0; i < 25; i++)
        {
            _rows.AddLast($"row {i}");
        }

        News.Add(Show);
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        foreach (var row in _rows)
        {
            builder.OpenElement(0, "a");
            builder.SetKey(row);
            builder.AddAttribute(1, "class", "row");
            builder.AddAttribute(2, "data-last-wamid", row);
            builder.OpenElement(3, "span");
            builder.AddContent(4, "Sender");
            builder.CloseElement();
            builder.OpenElement(5, "span");
            builder.AddContent(6, "Is my order on its way?");
            builder.CloseElement();
            builder.CloseElement();
        }
    }

    private void Show(string id) => _ = InvokeAsync(() =>
    {
        _rows.AddFirst(id);
        _rows.RemoveLast();
        StateHasChanged();
    });
}
