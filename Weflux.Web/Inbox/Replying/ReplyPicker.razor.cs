using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Weflux.Domain;
using Weflux.Web.Replies;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Replying;

/// <summary>
/// Canned replies in the composer: a slash at the beginning of a word lists them, the chosen one goes in where it was typed.
/// What nothing is known for is asked for first. The list is the script's, so that it filters as fast as one types.
/// </summary>
public sealed partial class ReplyPicker : IAsyncDisposable
{
    private readonly string _listId = $"replies-{Guid.NewGuid():N}";
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private ElementReference _root;
    private DotNetObjectReference<ReplyPicker>? _self;
    private IJSObjectReference? _module;
    private ReplyPutIn? _asked;
    private long _replyId;
    private bool _mustFocus;
    private bool _isIncomplete;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public long ConversationId { get; set; }

    [Inject]
    private RepliesQuery Query { get; set; } = null!;

    [Inject]
    private PutInReply PutIn { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>What the person can choose from, each time the list opens.</summary>
    [JSInvokable]
    public async Task<IReadOnlyList<ReplyLine>> ListAsync() =>
        await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.ForChoosingAsync(actor) : [];

    /// <summary>Told by the script which reply was chosen.</summary>
    [JSInvokable]
    public async Task<ReplyChoice> ChooseAsync(long replyId)
    {
        _answers.Clear();
        (_replyId, _asked, _isIncomplete) = (replyId, null, false);
        if (await ReadAsync() is not { } found)
        {
            StateHasChanged();
            return new ReplyChoice(Trouble: "This reply is gone, or the conversation is not yours any more. Nothing was put in.");
        }

        (_asked, _mustFocus) = found.Missing.Count > 0 ? (found, true) : (null, false);
        StateHasChanged();
        return found.Missing.Count > 0 ? new ReplyChoice(Asks: true) : ReplyChoice.Of(found);
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
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Replying/ReplyPicker.razor.js");
            await _module.InvokeVoidAsync("enter", _root, _self);
        }

        if (_mustFocus && _module is { } module)
        {
            _mustFocus = false;
            await module.InvokeVoidAsync("ask", _root);
        }
    }

    private bool IsOpen(ReplyWish wish) => _isIncomplete && wish.IsNeeded && _answers.GetValueOrDefault(wish.Key, "").IsBlank();

    private async Task<ReplyPutIn?> ReadAsync() =>
        await CurrentActor.FindAsync(Workspace) is { } actor ? await PutIn.ExecuteAsync(actor, ConversationId, _replyId, _answers) : null;

    private async Task AnswerAsync()
    {
        if (_isBusy || _asked is not { } asked || _module is not { } module)
        {
            return;
        }

        _isBusy = true;
        try
        {
            foreach (var wish in asked.Missing.Where(w => !w.IsNeeded))
            {
                // Left empty on purpose.
                _answers.TryAdd(wish.Key, "");
            }

            var found = await ReadAsync();
            _isIncomplete = found is { Missing.Count: > 0 };
            if (_isIncomplete)
            {
                _mustFocus = true;
                return;
            }

            _asked = null;
            await module.InvokeVoidAsync("insert", _root, found is null ? new ReplyChoice(Trouble: "This reply is gone. Nothing was put in.") : ReplyChoice.Of(found));
        }
        finally
        {
            _isBusy = false;
        }
    }

    private Task HandleKeyAsync(KeyboardEventArgs key) => key.Key == "Escape" ? LeaveAsync() : Task.CompletedTask;

    private async Task LeaveAsync()
    {
        _asked = null;
        if (_module is { } module)
        {
            await module.InvokeVoidAsync("back", _root);
        }
    }
}

/// <summary>What the script learns of the reply that was chosen.</summary>
/// <param name="Text">What goes in.</param>
/// <param name="Files">What goes to the files.</param>
/// <param name="Asks">Whether something is asked for first.</param>
/// <param name="Trouble">Why nothing goes in; empty if something does.</param>
public sealed record ReplyChoice(string Text = "", IReadOnlyList<ReplyChoiceFile>? Files = null, bool Asks = false, string Trouble = "")
{
    internal static ReplyChoice Of(ReplyPutIn found) => new(
        found.Text, [.. found.Files.Select(f => new ReplyChoiceFile(f.FileId, f.Kind.ToString().ToLowerInvariant(), f.Name, f.Size, f.MimeType))]);
}

/// <summary>A file as the tray of the composer names it.</summary>
public sealed record ReplyChoiceFile(long FileId, string Kind, string Name, long Size, string Type);
