using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Web.App;

namespace Weflux.Web.Inbox.Working;

/// <summary>A button with a panel below it. Escape and a click elsewhere close it; arrow keys go from one choice to the next.</summary>
public sealed partial class Popover : IAsyncDisposable
{
    private ElementReference _root;
    private ElementReference _opener;
    private DotNetObjectReference<Popover>? _self;
    private IJSObjectReference? _module;
    private bool _mustEnter;

    /// <summary>What the button does, for its name.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What stands on the button.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Face { get; set; } = null!;

    /// <summary>Whether the words on the button are its name, or the beginning of it.</summary>
    [Parameter]
    public bool IsNamedByFace { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = null!;

    /// <summary>The command that presses it, see <see cref="Keys.InboxCommand"/>; null for none.</summary>
    [Parameter]
    public string? Command { get; set; }

    /// <summary><c>wide</c> for a button with words.</summary>
    [Parameter]
    public string? Look { get; set; }

    /// <summary>Told before it opens, so that its content can be read.</summary>
    [Parameter]
    public EventCallback OnOpen { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    public bool IsOpen { get; private set; }

    /// <summary>Told by the script that it was left by Escape. The focus has gone back already, and may have gone on since.</summary>
    [JSInvokable]
    public void Leave()
    {
        IsOpen = false;
        StateHasChanged();
    }

    /// <summary>Closes it; the focus goes back to its button.</summary>
    public async Task CloseAsync()
    {
        if (IsOpen)
        {
            IsOpen = false;
            StateHasChanged();
            await _opener.FocusIfShownAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is { } module)
        {
            await module.LeaveAsync(_root);
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (IsOpen && _mustEnter)
        {
            _mustEnter = false;
            _self ??= DotNetObjectReference.Create(this);
            _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Working/Popover.razor.js");
            await _module.InvokeVoidAsync("enter", _root, _self);
        }
    }

    private async Task ToggleAsync()
    {
        if (IsOpen)
        {
            await CloseAsync();
            return;
        }

        await OnOpen.InvokeAsync();
        (IsOpen, _mustEnter) = (true, true);
    }
}
