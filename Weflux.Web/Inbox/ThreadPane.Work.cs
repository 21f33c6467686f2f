using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Work;

namespace Weflux.Web.Inbox;

/// <summary>Notes and events between the messages, and what is done with the conversation as a whole.</summary>
public sealed partial class ThreadPane
{
    private readonly HashSet<long> _edited = [];
    private ActivityWindow _activity = new();
    private long _activityAt;

    [Inject]
    private ActivityQuery Activity { get; set; } = null!;

    [Inject]
    private ReopenConversation Reopen { get; set; } = null!;

    [Inject]
    private MarkNoReplyNeeded NoReplyNeeded { get; set; } = null!;

    /// <summary>Whether the person only looks, and colleagues shall not hear of it.</summary>
    [Parameter]
    public bool IsSilent { get; set; }

    private async Task OpenActivityAsync(Actor actor, ThreadView view)
    {
        var activity = new ActivityWindow();
        if (view.Head.LastWorkSequence > 0)
        {
            DateTimeOffset? from = view is { HasOlder: true, Messages: [var oldest, ..] } ? oldest.SaidAt : null;
            activity.Add(await Activity.RangeAsync(actor, ConversationId, from, before: null, _reading.Ending));
        }

        (_activity, _activityAt) = (activity, view.ChangeSequence);
    }

    /// <summary>Most changes are messages: it is read only if a note or an event came since.</summary>
    private async Task ReadActivityAsync(Actor actor, ThreadChanges changes)
    {
        if (changes.Head.LastWorkSequence > _activityAt)
        {
            _activity.Add(await Activity.ChangesAsync(actor, ConversationId, _activityAt, _reading.Ending));
        }

        _activityAt = changes.ChangeSequence;
    }

    /// <summary>Those between the messages that were read now and those that were there.</summary>
    private async Task ReadOlderActivityAsync(Actor actor, DateTimeOffset before)
    {
        if (_head is { LastWorkSequence: > 0 } && _window is { } window)
        {
            DateTimeOffset? from = window is { HasOlder: true, Oldest: { } oldest } ? oldest.SaidAt : null;
            _activity.Add(await Activity.RangeAsync(actor, ConversationId, from, before, _reading.Ending));
        }
    }

    private Task ReopenAsync() => WorkAsync(actor => Reopen.ExecuteAsync(actor, ConversationId, _reading.Ending));

    private Task NeedsNoReplyAsync() => WorkAsync(actor => NoReplyNeeded.ExecuteAsync(actor, ConversationId, _reading.Ending));

    private async Task WorkAsync(Func<Actor, Task<WorkOutcome>> workAsync)
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            _notice = WorkNotices.Explain(await workAsync(actor));
            await ReadAgainAsync();
        }
    }

    private void Refuse(ReplyNotice notice) => _notice = notice;

    /// <summary>What somebody is typing in a note does not go because the note was deleted elsewhere.</summary>
    private void HoldNote(long noteId) => _edited.Add(noteId);

    private void LetNoteGo(long noteId) => _edited.Remove(noteId);

    private async Task HandleNoteAsync()
    {
        await (_window is { HasNewer: true } ? ReadOneAtATimeAsync(ReadNewestAsync) : ReadAgainAsync());
        if (_module is { } module)
        {
            await module.InvokeVoidAsync("toEnd", _root);
        }
    }
}
