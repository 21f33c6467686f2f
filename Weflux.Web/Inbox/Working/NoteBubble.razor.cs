using Microsoft.AspNetCore.Components;
using Weflux.Web.Team;
using Weflux.Web.Work.Notes;

namespace Weflux.Web.Inbox.Working;

/// <summary>A note in the thread. Whoever wrote it can edit and delete it.</summary>
public sealed partial class NoteBubble
{
    private string? _kept;
    private bool _asks;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public long ConversationId { get; set; }

    [Parameter, EditorRequired]
    public NoteView Note { get; set; } = null!;

    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Parameter]
    public EventCallback<ReplyNotice> OnRefused { get; set; }

    /// <summary>Told when its words are in a box: until they are not any more they stay, even if the note is deleted elsewhere.</summary>
    [Parameter]
    public EventCallback<long> OnEditing { get; set; }

    /// <summary>Told when the box is gone.</summary>
    [Parameter]
    public EventCallback<long> OnEdited { get; set; }

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private ActivityQuery Query { get; set; } = null!;

    [Inject]
    private DeleteNote Delete { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    private string Who => Note.Who;

    private async Task EditAsync()
    {
        _kept = await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.TextAsync(actor, Note.Id) : null;

        // What it said stays on the screen until the thread is read again.
        await (_kept is null ? OnRefused.InvokeAsync(WorkNotices.NoteIsGone) : OnEditing.InvokeAsync(Note.Id));
    }

    private async Task LeaveAsync()
    {
        _kept = null;
        await OnEdited.InvokeAsync(Note.Id);
    }

    private async Task DeleteAsync()
    {
        _asks = false;
        if (await CurrentActor.FindAsync(Workspace) is { } actor
            && WorkNotices.Explain(await Delete.ExecuteAsync(actor, Note.Id)) is { } notice)
        {
            await OnRefused.InvokeAsync(notice);
        }

        await OnChanged.InvokeAsync();
    }

    private async Task SavedAsync()
    {
        await LeaveAsync();
        await OnChanged.InvokeAsync();
    }
}
