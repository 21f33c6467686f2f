using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.App;
using Weflux.Web.Team;

namespace Weflux.Web.Replies;

/// <summary>Where a canned reply is written.</summary>
public sealed partial class ReplyForm : IAsyncDisposable
{
    private readonly Dictionary<string, string> _none = new(StringComparer.Ordinal);
    private readonly string _id = $"reply-{Guid.NewGuid():N}";
    private ElementReference _first;
    private ElementReference _text;
    private ElementReference _files;
    private DotNetObjectReference<ReplyForm>? _self;
    private IJSObjectReference? _module;
    private List<ReplyFileView> _kept = [];
    private string _shortcut = "";
    private string _words = "";
    private bool _isShared;
    private bool _isBusy;
    private string? _coming;
    private string? _fileFault;
    private string? _fault;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public RepliesPageView View { get; set; } = null!;

    /// <summary>The reply that is changed; null for a new one.</summary>
    [Parameter]
    public ReplyRow? Reply { get; set; }

    /// <summary>Told the shortcut.</summary>
    [Parameter]
    public EventCallback<string> OnSaved { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    private SaveReply Save { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>Told by the script that a file is on its way.</summary>
    [JSInvokable]
    public void Begin(string name)
    {
        (_coming, _fileFault) = (name, null);
        StateHasChanged();
    }

    /// <summary>Told by the script that a file is in the store.</summary>
    [JSInvokable]
    public void End(long fileId, string kind, string name, long size, string type)
    {
        _coming = null;
        _kept.Add(new ReplyFileView(fileId, Enum.TryParse<MediaKind>(kind, ignoreCase: true, out var known) ? known : MediaKind.Document, name, size, type));
        StateHasChanged();
    }

    /// <summary>Told by the script why a file is not there.</summary>
    [JSInvokable]
    public void Fail(string why)
    {
        (_coming, _fileFault) = (null, why);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is { } module)
        {
            try
            {
                await module.InvokeVoidAsync("leave", _files);
            }
            catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
            {
                // The page is gone, and its uploads with it.
            }

            await module.LetGoAsync();
        }

        _self?.Dispose();
    }

    protected override void OnInitialized()
    {
        if (Reply is { } reply)
        {
            (_shortcut, _words, _isShared, _kept) = (reply.Shortcut, reply.Text, reply.IsShared, [.. reply.Files]);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Replies/ReplyForm.razor.js");
            await _module.InvokeVoidAsync("enter", _files, _text, _self, FormattableString.Invariant($"/w/{Uri.EscapeDataString(Workspace)}/media"));
            await _first.FocusIfShownAsync();
        }
    }

    private static string Braces(string place) => $"{{{{{place}}}}}";

    private string Id(string part) => $"{_id}-{part}";

    private async Task SaveAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var draft = new ReplyDraft(Reply?.Id, _shortcut, _words, _isShared, [.. _kept.Select(f => f.FileId)]);
            var answer = await CurrentActor.FindAsync(Workspace) is { } actor ? await Save.ExecuteAsync(actor, draft) : new ReplyAnswer(ReplyOutcome.NotAllowed);
            _fault = ReplyFaults.Explain(answer, _isShared);
            if (_fault is null)
            {
                await OnSaved.InvokeAsync(_shortcut.Trim().TrimStart('/'));
            }
        }
        finally
        {
            _isBusy = false;
        }
    }
}
