using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.App;
using Weflux.Web.Sending;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Compose;

/// <summary>A message put together in a form, beside what the customer will see.</summary>
public sealed partial class ComposeDialog : IAsyncDisposable
{
    private readonly ComposeModel _model = new();
    private readonly Guid _draftId = Guid.CreateVersion7();
    private MessageContent _content = new TextContent("");
    private ReplyNotice? _notice;
    private bool _isBusy;
    private bool _isFilledIn;
    private bool _asks;
    private IJSObjectReference? _module;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ThreadHead Head { get; set; } = null!;

    [Parameter, EditorRequired]
    public ComposeKind Kind { get; set; }

    /// <summary>The message that it answers; null for none.</summary>
    [Parameter]
    public ThreadMessage? Quote { get; set; }

    /// <summary>The reader's clock: nothing cascades into a dialog.</summary>
    [Parameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private SendReply SendReply { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    public ValueTask DisposeAsync() => _module.LetGoAsync();

    protected override void OnInitialized() => _content = Build();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Compose/ComposeDialog.razor.js");
            await _module.InvokeVoidAsync("begin");
        }
    }

    private MessageContent Build() => _model.Build(Kind, Head.CatalogId);

    private async Task HandleChangedAsync()
    {
        (_content, _notice) = (Build(), null);
        if (!_isFilledIn)
        {
            // From now on Escape asks before it closes.
            _isFilledIn = true;
            await Dialog.SetOptionsAsync(Dialog.Options with { CloseOnEscapeKey = false });
        }
    }

    private void HandleKey(KeyboardEventArgs key) => _asks = key.Key == "Escape" ? _isFilledIn && !_asks : _asks;

    private void Close() => Dialog.Cancel();

    private async Task SendAsync()
    {
        if (_isBusy)
        {
            return;
        }

        var content = Build();
        if (SendPolicy.Check(content) is { } invalid)
        {
            _notice = InvalidWords.Explain(invalid);
            return;
        }

        _isBusy = true;
        try
        {
            var result = await CurrentActor.FindAsync(Workspace) is { } actor
                ? await SendReply.ExecuteAsync(actor, Head.ConversationId, content, _draftId, quotedId: Quote?.Id)
                : null;
            if (result?.Decision.IsAllowed == true)
            {
                Dialog.Close(DialogResult.Ok(true));
                return;
            }

            _notice = ReplyWords.Explain(result?.Decision ?? new NotPermitted(), Head.Contact, Clock);
        }
        finally
        {
            _isBusy = false;
        }
    }
}
