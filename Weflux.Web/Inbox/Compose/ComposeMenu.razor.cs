using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using Weflux.Web.App;

namespace Weflux.Web.Inbox.Compose;

/// <summary>The "+" beside the composer: what else than words can be sent.</summary>
public sealed partial class ComposeMenu
{
    private readonly ElementReference[] _items = new ElementReference[AttachmentChoice.All.Count + Enum.GetValues<ComposeKind>().Length + 1];
    private ElementReference _opener;
    private bool _isOpen;
    private bool _mustFocus;
    private bool _eatsKey;
    private int _at;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ThreadHead Head { get; set; } = null!;

    /// <summary>The message that is quoted; null for none.</summary>
    [Parameter]
    public ThreadMessage? Quote { get; set; }

    /// <summary>Told when something was sent, and whether the quote went with it.</summary>
    [Parameter]
    public EventCallback<bool> OnSent { get; set; }

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private static IReadOnlyList<AttachmentChoice> Files => AttachmentChoice.All;

    private IReadOnlyList<ComposeKind> Kinds => ComposeKinds.All(Head.CatalogId is not null);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_mustFocus && _isOpen)
        {
            _mustFocus = false;
            await _items[_at].FocusIfShownAsync();
        }
    }

    /// <summary>The place of canned replies, below everything else.</summary>
    private int Last => Files.Count + Kinds.Count;

    private Task ToggleAsync()
    {
        (_isOpen, _at, _mustFocus, _eatsKey) = (!_isOpen, 0, !_isOpen, !_isOpen);
        return Task.CompletedTask;
    }

    private async Task HandleKeyAsync(KeyboardEventArgs key)
    {
        if (!_isOpen)
        {
            return;
        }

        switch (key.Key)
        {
            case "ArrowDown" or "ArrowUp" or "Home" or "End":
                _at = key.Key switch
                {
                    "ArrowDown" => _at == Last ? 0 : _at + 1,
                    "ArrowUp" => _at == 0 ? Last : _at - 1,
                    "Home" => 0,
                    _ => Last,
                };
                _mustFocus = true;
                break;
            case "Enter" or " ":
                await (_at < Files.Count || _at == Last ? ToggleAsync() : ChooseAsync(Kinds[_at - Files.Count]));
                break;
            case "Escape":
                // The script of the keys has moved the focus to the button by now.
                await ToggleAsync();
                break;
            case "Tab":
                await ToggleAsync();
                await _opener.FocusIfShownAsync();
                break;
        }
    }

    private async Task ChooseAsync(ComposeKind kind)
    {
        if (!_isOpen)
        {
            return;
        }

        await ToggleAsync();
        var parameters = new DialogParameters<ComposeDialog>
        {
            { p => p.Workspace, Workspace },
            { p => p.Head, Head },
            { p => p.Kind, kind },
            { p => p.Quote, Quote },
            { p => p.Clock, Clock },
        };
        var options = new DialogOptions { MaxWidth = MaxWidth.Medium, FullWidth = true, CloseButton = true, BackdropClick = false, CloseOnEscapeKey = true };
        var quote = Quote;
        var dialog = await Dialogs.ShowAsync<ComposeDialog>(kind.Name(), parameters, options);
        if (await dialog.Result is { Canceled: false })
        {
            await OnSent.InvokeAsync(quote is not null);
        }

        await _opener.FocusIfShownAsync();
    }
}
