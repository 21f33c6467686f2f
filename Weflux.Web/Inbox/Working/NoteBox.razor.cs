using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Conversations;
using Weflux.Web.Team;
using Weflux.Web.Work;
using Weflux.Web.Work.Notes;

namespace Weflux.Web.Inbox.Working;

/// <summary>Where a note is typed. Its script holds the text until the server has the note, and lists colleagues behind an @.</summary>
public sealed partial class NoteBox : IAsyncDisposable
{
    private readonly string _listId = $"people-{Guid.NewGuid():N}";
    private ElementReference _root;
    private DotNetObjectReference<NoteBox>? _self;
    private IJSObjectReference? _module;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public long ConversationId { get; set; }

    /// <summary>The note that is edited; null for a new one.</summary>
    [Parameter]
    public long? NoteId { get; set; }

    /// <summary>What it says so far.</summary>
    [Parameter]
    public string Text { get; set; } = "";

    [Parameter]
    public EventCallback OnSaved { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    private WriteNote Write { get; set; } = null!;

    [Inject]
    private EditNote Edit { get; set; } = null!;

    [Inject]
    private ActivityQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>Stores the note. The text stays in the box unless it was stored.</summary>
    [JSInvokable]
    public async Task<NoteAnswer> SaveAsync(string text, Guid draftId, IReadOnlyList<long> files)
    {
        if (await CurrentActor.FindAsync(Workspace) is not { } actor)
        {
            return new NoteAnswer(IsSaved: false, Say(WorkOutcome.NotFound));
        }

        var outcome = NoteId is { } id
            ? await Edit.ExecuteAsync(actor, id, text)
            : await Write.ExecuteAsync(actor, ConversationId, text, draftId, files);

        // A note that was deleted meanwhile is left unchanged: whoever edits it must not believe that the words are stored.
        if (outcome is WorkOutcome.NotFound or WorkOutcome.Unchanged && NoteId is { } edited && await Query.TextAsync(actor, edited) is null)
        {
            return new NoteAnswer(IsSaved: false, $"{WorkNotices.NoteIsGone.Title} {WorkNotices.NoteIsGone.Advice}");
        }

        if (outcome is not (WorkOutcome.Done or WorkOutcome.Unchanged))
        {
            return new NoteAnswer(IsSaved: false, Say(outcome));
        }

        try
        {
            await OnSaved.InvokeAsync();
        }
        catch (Exception exception)
        {
            // What was stored is stored, even if the screen could not be read again.
            await DispatchExceptionAsync(exception);
        }

        return new NoteAnswer(IsSaved: true, "");
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
        if (!firstRender || await CurrentActor.FindAsync(Workspace) is not { } actor)
        {
            return;
        }

        var people = await Query.MembersAsync(actor);
        _self = DotNetObjectReference.Create(this);
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Working/NoteBox.razor.js");
        await _module.InvokeVoidAsync("enter", _root, _self, new
        {
            // A tab can change hands; nobody gets the text of the one before.
            key = NoteId is null ? $"weflux-note-{actor.User}-{ConversationId}" : null,
            text = Text,
            max = Note.MaxLength,
            files = NoteId is not null ? null : new
            {
                key = $"weflux-note-files-{actor.User}-{ConversationId}",
                address = FormattableString.Invariant($"/w/{Uri.EscapeDataString(Workspace)}/media"),
                limits = AttachmentChoice.LimitsByKind,
                most = Note.MostFiles,
            },
            people = people.Select(p => new { Id = p.User.Value, p.Name }),
        });
    }

    private static string Say(WorkOutcome outcome) => outcome == WorkOutcome.Invalid
        ? "A note says something and has at most 4,000 characters. Shorten it, or write two."
        : WorkNotices.Explain(outcome) is { } notice ? $"{notice.Title} {notice.Advice}" : "";
}

/// <summary>What the script learns of a note.</summary>
/// <param name="IsSaved">Whether the text may go from the box.</param>
/// <param name="Trouble">Why not, in plain words.</param>
public sealed record NoteAnswer(bool IsSaved, string Trouble);
