using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Weflux.Web.Inbox.Views;

/// <summary>The title and the icon of the tab tell how many conversations wait for the reader's own reply.</summary>
public sealed partial class InboxTitle : IAsyncDisposable
{
    private const string Plain = "favicon.svg";
    private const string Dotted = "favicon-dot.svg";

    private IJSObjectReference? _module;
    private bool _isMarked;

    [Parameter, EditorRequired]
    public ViewBoard Board { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private int Waiting => Board.Counts?.MyWaiting ?? 0;

    private string Title => Waiting > 0 ? $"({ViewWords.Count(Waiting)}) Inbox · Weflux" : "Inbox · Weflux";

    public async ValueTask DisposeAsync()
    {
        Board.CountsChanged -= Show;
        if (_module is { } module)
        {
            try
            {
                await module.InvokeVoidAsync("show", Assets[Plain]);
                await module.DisposeAsync();
            }
            catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
            {
                // The tab is closed, and its icon with it.
            }
        }
    }

    protected override void OnInitialized() => Board.CountsChanged += Show;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isMarked != Waiting > 0)
        {
            _isMarked = Waiting > 0;
            _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Views/InboxTitle.razor.js");
            await _module.InvokeVoidAsync("show", Assets[_isMarked ? Dotted : Plain]);
        }
    }

    private void Show(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
