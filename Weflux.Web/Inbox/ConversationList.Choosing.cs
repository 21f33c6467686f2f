using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Several;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox;

/// <summary>Choosing several conversations, and doing the same with each.</summary>
public sealed partial class ConversationList
{
    private readonly ChosenRows _chosen = new();
    private SeveralRun? _run;
    private ChosenNews? _told;

    [Inject]
    private ChangeSeveral Several { get; set; } = null!;

    [Inject]
    private ChoosableQuery Choosable { get; set; } = null!;

    private string? Choosing => _chosen.IsOn ? "true" : null;

    /// <summary>Told by the script that somebody chooses a row, or lets go of it.</summary>
    /// <returns>Whether it is chosen now.</returns>
    [JSInvokable]
    public bool Choose(long conversationId)
    {
        if (_run is null && _window?.Find(conversationId) is { } row)
        {
            TellChosen(_chosen.Toggle(Of(row)));
        }

        return _chosen.Has(conversationId);
    }

    /// <summary>Told by the script that somebody draws a stretch from one row to another.</summary>
    [JSInvokable]
    public void ChooseUpTo(long from, long to)
    {
        if (_run is null && _window is { } window)
        {
            TellChosen(_chosen.DrawTo([.. window.Rows.Select(Of)], from, to));
        }
    }

    /// <summary>Somebody chooses no more.</summary>
    [JSInvokable]
    public async Task EndChoosingAsync()
    {
        if (_run is null)
        {
            _chosen.End();
            Announce("None chosen.");
            StateHasChanged();
            await SettleAsync();
        }
    }

    private static ChoosableRow Of(ConversationRow row) => new(row.Id, row.ContactName);

    private void BeginChoosing() => _chosen.Begin();

    private void TellChosen(bool hadRoom)
    {
        if (hadRoom)
        {
            Announce(_chosen.Count == 0 ? "None chosen." : $"{_chosen.Count} chosen.");
        }
        else
        {
            Tell(new ChosenNews($"At most {ChangeSeveral.Most} at a time: {_chosen.Count} are chosen, and no more can be."));
        }

        StateHasChanged();
    }

    private Task ChooseAllAsync() => _reading.RunAsync(async () =>
    {
        if (_run is not null || _window is not { } window || await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor)
        {
            return;
        }

        var found = await Choosable.GetAsync(actor, window.View, _reading.Ending);
        _chosen.Choose(found.Rows);
        if (found.HasMore)
        {
            Tell(new ChosenNews(_chosen.Count == ChangeSeveral.Most
                ? $"The first {_chosen.Count} are chosen: no more at a time. This view holds more."
                : $"The first {_chosen.Count} are chosen. This view may hold more further down."));
        }
        else
        {
            Announce($"All {_chosen.Count} of this view are chosen.");
        }

        StateHasChanged();
    });

    private async Task DoAsync(SeveralWish wish)
    {
        if (_chosen.Count > 0)
        {
            await RunAsync(wish, _chosen.Ids, _chosen.NameOf, mayUndo: true);
        }
    }

    private async Task UndoAsync()
    {
        if (_told is { Undo: { } undo, Ids: { } ids })
        {
            await RunAsync(undo.Wish, ids, id => _window?.Find(id)?.ContactName, mayUndo: false);
        }
    }

    /// <summary>It goes on to its end if the screen is left meanwhile: whoever wished for it did not take it back.</summary>
    private async Task RunAsync(SeveralWish wish, IReadOnlyList<long> ids, Func<long, string?> nameOf, bool mayUndo)
    {
        // Asked only now: of two clicks, both may have come before anything was begun.
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor || _run is not null)
        {
            return;
        }

        using var run = new SeveralRun(wish, ids.Count);
        (_run, _told) = (run, null);
        Announce($"{SeveralWords.Doing(wish)} {ids.Count} …");
        StateHasChanged();
        await SettleAsync();
        SeveralResult result;
        try
        {
            result = await Task.Run(() => Several.ExecuteAsync(actor, ids, wish, ShowProgress, run.Stopping));
        }
        finally
        {
            _run = null;
        }

        var undo = mayUndo ? SeveralWords.Undo(wish, result.Done.Count, actor.May(Permission.AssignToOthers)) : null;
        Tell(new ChosenNews(SeveralWords.Summary(wish, result, nameOf), undo, result.Done));
        await KeepFailedAsync(actor, ids, result);

        void ShowProgress(int done)
        {
            if (run.Pass(done) && !_reading.Ending.IsCancellationRequested)
            {
                _ = InvokeAsync(StateHasChanged);
            }
        }
    }

    /// <summary>What could not be done stays chosen, as far as it is still in the view.</summary>
    private async Task KeepFailedAsync(Actor actor, IReadOnlyList<long> ids, SeveralResult result)
    {
        _chosen.Drop(ids.Except(result.Failed));
        await _reading.RunAsync(async () =>
        {
            if (_window is not { } window)
            {
                return;
            }

            // The hints come anyway; but the focus must not go to a row that is about to leave.
            var changed = await ReadAsync(actor, window.View, ids);
            window.Apply(changed);
            _chosen.Drop(changed.GoneIds);
            if (window.IsLost)
            {
                await ReadAgainAsync(fromTop: true);
            }
        });
        if (_chosen.Count == 0)
        {
            _chosen.End();
        }

        if (!_reading.Ending.IsCancellationRequested)
        {
            StateHasChanged();
            await SettleAsync();
        }
    }

    /// <summary>Conversations as they are now, wherever they stand.</summary>
    private Task<ChangedRows> ReadAsync(Actor actor, InboxView view, IEnumerable<long> ids) =>
        Query.ChangedAsync(actor, view, [.. ids.Select(id => new RowVersion(id, 0, IsOwn: true))], _reading.Ending);

    /// <summary>Rows that leave the view are not chosen any more, and somebody is told. While something is done with them, its outcome tells.</summary>
    private void LetGo(IEnumerable<long> gone)
    {
        if (_run is null && _chosen.Count > 0 && _chosen.Drop(gone) is { Count: > 0 } names)
        {
            Tell(new ChosenNews($"{SeveralWords.Who(names)} left this view and {(names.Count == 1 ? "is" : "are")} not chosen any more."));
        }
    }

    /// <summary>The list was read again, perhaps as another view.</summary>
    private async Task CheckChosenAsync(Actor actor, InboxView? before, InboxView view)
    {
        if (before is not null && before != view)
        {
            _chosen.End();
            _told = null;
        }
        else if (_run is null && _chosen.Count > 0)
        {
            LetGo((await ReadAsync(actor, view, _chosen.Ids)).GoneIds);
        }
    }

    private Task StopAsync() => _run?.StopAsync() ?? Task.CompletedTask;

    private void Tell(ChosenNews news)
    {
        _told = news;
        Announce(news.Words);
    }

    // The same words again are another message: a new element is read out, an unchanged text is not.
    private void Announce(string words) => (_announcement, _announced) = (words, _announced + 1);

    /// <summary>The buttons that were pressed are gone: the focus goes to what is there instead.</summary>
    private async Task SettleAsync()
    {
        if (_module is { } module)
        {
            await module.InvokeVoidAsync("settle", _root);
        }
    }
}
