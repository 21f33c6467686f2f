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

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private ActivityQuery Query { get; set; } = null!;

    [Inject]
    private DeleteNote Delete { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    private string Who => Note.Who;

    private async Task EditAsync() =>
        _kept = await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.TextAsync(actor, Note.Id) : null;

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
        _kept = null;
        await OnChanged.InvokeAsync();
    }
}
