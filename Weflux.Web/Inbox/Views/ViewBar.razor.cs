using Microsoft.AspNetCore.Components;

namespace Weflux.Web.Inbox.Views;

/// <summary>How the list is sorted and narrowed, above it. Everything that is chosen goes into the address.</summary>
public sealed partial class ViewBar : IDisposable
{
    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public InboxView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public ViewBoard Board { get; set; } = null!;

    [Parameter]
    public long? SavedId { get; set; }

    [Parameter]
    public long? SelectedId { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    public void Dispose() => Board.ViewsChanged -= Show;

    protected override void OnInitialized() => Board.ViewsChanged += Show;

    private string Href(InboxView view) => Address.List(Workspace, SelectedId, ViewAddress.Query(view));

    private void Go(ViewFilter filter) => Navigation.NavigateTo(Href(View with { Filter = filter }));

    private void ShowSaved(long id) => Navigation.NavigateTo(Address.List(Workspace, SelectedId, ViewAddress.Query(id)));

    private void Show(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
