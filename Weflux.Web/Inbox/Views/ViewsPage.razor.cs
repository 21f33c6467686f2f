using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Views;

/// <summary>The saved views of a person, and those that are shared: renamed, moved, deleted.</summary>
public sealed partial class ViewsPage : IAsyncDisposable
{
    private readonly OneAtATime _reading = new();
    private IReadOnlyList<SavedViewLine>? _views;
    private ViewChoices? _choices;
    private IDisposable? _watch;
    private long _readAt = -1;
    private string _workspace = "";
    private bool _isForbidden;
    private long? _edited;
    private long? _asks;
    private string _name = "";
    private ViewAudience _audience;
    private string? _fault;
    private string _said = "";

    [Parameter]
    public string Workspace { get; set; } = "";

    [CascadingParameter]
    private Actor? Actor { get; set; }

    [Inject]
    private SavedViewsQuery Query { get; set; } = null!;

    [Inject]
    private ViewChoicesQuery Choices { get; set; } = null!;

    [Inject]
    private EditView EditView { get; set; } = null!;

    [Inject]
    private MoveView MoveView { get; set; } = null!;

    [Inject]
    private DeleteView DeleteView { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private ChangeBeat Beat { get; set; } = null!;

    private bool MayShare => Actor?.May(Permission.ShareViews) == true;

    public async ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        await _reading.DisposeAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_workspace == Workspace)
        {
            return;
        }

        (_workspace, _views, _isForbidden) = (Workspace, null, false);
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor && !_reading.Ending.IsCancellationRequested)
        {
            _watch?.Dispose();
            _watch = Beat.Watch(actor.Workspace, Hear);
        }

        await _reading.RunAsync(ReadAsync);
    }

    private void Hear(long counter)
    {
        if (counter > _readAt)
        {
            _readAt = counter;
            _ = Aside.RunAsync(() => InvokeAsync(() => _reading.RunAsync(ReadAsync)), DispatchExceptionAsync);
        }
    }

    private async Task ReadAsync()
    {
        var actor = await CurrentActor.FindAsync(Workspace, _reading.Ending);
        _choices = actor is null ? null : await Choices.GetAsync(actor, _reading.Ending);
        _isForbidden = _choices is null;
        _views = actor is null ? null : await Query.GetAsync(actor, _reading.Ending);
        StateHasChanged();
    }

    private string Describe(SavedViewLine view) => string.Join(
        " · ",
        [
            .. view.IsShared ? [ViewWords.Of(view.Audience)] : (string[])[],
            ViewWords.Of(view.View.Kind),
            .. FilterChips.Of(view.View.Filter, _choices).Select(c => c.Words),
        ]);

    private void Edit(SavedViewLine view) => (_edited, _name, _audience, _asks, _fault) = (view.Id, view.Name, view.Audience, null, null);

    private void Ask(SavedViewLine view) => (_asks, _fault) = (view.Id, null);

    private async Task SaveAsync()
    {
        if (_edited is { } id && await RunAsync(actor => EditView.ExecuteAsync(actor, id, _name, _audience)))
        {
            (_edited, _said) = (null, "The view is changed.");
        }
    }

    private async Task MoveAsync(SavedViewLine view, bool isUp)
    {
        if (await RunAsync(actor => MoveView.ExecuteAsync(actor, view.Id, isUp)))
        {
            _said = $"“{view.Name}” is moved {(isUp ? "up" : "down")}.";
        }
    }

    private async Task DeleteAsync(SavedViewLine view)
    {
        _asks = null;
        if (await RunAsync(actor => DeleteView.ExecuteAsync(actor, view.Id)))
        {
            _said = $"“{view.Name}” is deleted.";
        }
    }

    private async Task<bool> RunAsync(Func<Actor, Task<ViewAnswer>> workAsync)
    {
        _said = "";
        var answer = await CurrentActor.FindAsync(Workspace) is { } actor ? await workAsync(actor) : new ViewAnswer(ViewOutcome.NotAllowed);
        _fault = ViewFaults.Explain(answer.Outcome);
        await _reading.RunAsync(ReadAsync);
        return _fault is null;
    }
}
