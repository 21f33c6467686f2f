using Microsoft.AspNetCore.Components;

namespace Weflux.Web.Inbox.Views;

/// <summary>The views to choose from, with how many each holds: in the rail of a wide screen, and in the menu of a narrow one.</summary>
public sealed partial class ViewLinks : IDisposable
{
    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ViewBoard Board { get; set; } = null!;

    /// <summary>What is shown; null while it is not known.</summary>
    [Parameter]
    public InboxView? View { get; set; }

    /// <summary>The saved view that is shown.</summary>
    [Parameter]
    public long? SavedId { get; set; }

    /// <summary>The conversation that stays open beside another view.</summary>
    [Parameter]
    public long? SelectedId { get; set; }

    private IEnumerable<(string Title, IReadOnlyList<SavedViewLine> Views)> Groups =>
        from line in Board.Saved ?? []
        where line.IsOffered
        group line by line.IsShared into lines
        select (lines.Key ? "Shared views" : "My views", (IReadOnlyList<SavedViewLine>)[.. lines]);

    public void Dispose()
    {
        Board.CountsChanged -= Show;
        Board.ViewsChanged -= Show;
    }

    protected override void OnInitialized()
    {
        Board.CountsChanged += Show;
        Board.ViewsChanged += Show;
    }

    /// <summary>The order that was chosen stays where it can be chosen.</summary>
    private string Of(ViewKind kind) => ViewAddress.Query(new InboxView { Kind = kind, Order = View?.Order ?? default });

    private static bool IsUrgent(ViewKind kind) => kind is ViewKind.ClosingSoon or ViewKind.Failed or ViewKind.Mentions;

    private void Show(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
