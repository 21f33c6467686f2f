using Microsoft.AspNetCore.Components;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Views;

/// <summary>How the list is sorted and narrowed, above it. Everything that is chosen goes into the address.</summary>
public sealed partial class ViewBar : IDisposable
{
    private string? _fault;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public InboxView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public ViewBoard Board { get; set; } = null!;

    [Parameter]
    public long? SavedId { get; set; }

    /// <summary>The saved view that was changed into what is shown.</summary>
    [Parameter]
    public long? ChangedId { get; set; }

    [Parameter]
    public long? SelectedId { get; set; }

    /// <summary>What stands beside the filters.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ReplaceView Replace { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    /// <summary>The saved view that was changed, if it is still there and what is shown is another one.</summary>
    private SavedViewLine? Changed => Find(ChangedId) is { } saved && !ViewAddress.IsSame(saved.View, View) ? saved : null;

    public void Dispose() => Board.ViewsChanged -= Show;

    protected override void OnInitialized() => Board.ViewsChanged += Show;

    private SavedViewLine? Find(long? id) => id is null ? null : Board.Saved?.FirstOrDefault(v => v.Id == id);

    /// <summary>Of a saved view that is changed, the address tells which one it was; changed back, it is that one again.</summary>
    private string Href(InboxView view) => Address.List(Workspace, SelectedId, Find(SavedId ?? ChangedId) is not { } saved ? ViewAddress.Query(view)
        : ViewAddress.IsSame(saved.View, view) ? ViewAddress.Query(saved.Id)
        : ViewAddress.Query(view, saved.Id));

    private async Task SaveChangesAsync(SavedViewLine changed)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var view = View;
            var answer = await CurrentActor.FindAsync(Workspace) is { } actor
                ? await Replace.ExecuteAsync(actor, changed.Id, view)
                : new ViewAnswer(ViewOutcome.NotAllowed);
            _fault = answer.Outcome == ViewOutcome.Invalid ? "This cannot be saved. Take a filter off and try again." : ViewFaults.Explain(answer.Outcome);
            if (_fault is null)
            {
                // It is told to every screen, and this one need not wait for that.
                Board.Show([.. (Board.Saved ?? []).Select(v => v.Id == changed.Id ? v with { View = view } : v)], Board.Choices);
                ShowSaved(changed.Id);
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void Go(ViewFilter filter) => Navigation.NavigateTo(Href(View with { Filter = filter }));

    private void ShowSaved(long id) => Navigation.NavigateTo(Address.List(Workspace, SelectedId, ViewAddress.Query(id)));

    private void Show(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
