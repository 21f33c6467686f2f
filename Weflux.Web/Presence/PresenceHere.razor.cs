using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.App;

namespace Weflux.Web.Presence;

/// <summary>Stands on every page of a workspace, so that its person counts as being here while it is open.</summary>
public sealed partial class PresenceHere : IAsyncDisposable
{
    private DotNetObjectReference<PresenceHere>? _self;
    private IJSObjectReference? _module;
    private OpenPage? _page;

    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private PresentCircuit Circuit { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>Told by the script when nobody has touched the page for long, and when somebody does again.</summary>
    [JSInvokable]
    public void Use(bool isUsed) => _page?.Use(isUsed);

    public async ValueTask DisposeAsync()
    {
        _page?.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("leave");
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and its script with it.
        }

        await _module.LetGoAsync();
        _self?.Dispose();
    }

    protected override void OnInitialized() => _page = Circuit.Enter(Actor);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Presence/PresenceHere.razor.js");
            await _module.InvokeVoidAsync("watch", _self, PresenceFacts.Idle.TotalMilliseconds);
        }
    }
}
