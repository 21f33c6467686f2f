using Microsoft.AspNetCore.Components;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox;

/// <summary>Which view is shown, as the address says. Each part is named here, so that the page hears of every other address.</summary>
public sealed partial class InboxPage : IDisposable
{
    private ViewBoard _board = new();

    [SupplyParameterFromQuery(Name = ViewAddress.Kind)]
    public string? ViewName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Saved)]
    public string? SavedName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Changed)]
    public string? ChangedName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Order)]
    public string? OrderName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Number)]
    public string? NumberName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Assignee)]
    public string? AssigneeName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Team)]
    public string? TeamName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Label)]
    public string? LabelName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Stage)]
    public string? StageName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Window)]
    public string? WindowName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.From)]
    public string? FromName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.To)]
    public string? ToName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Unread)]
    public string? UnreadName { get; set; }

    [SupplyParameterFromQuery(Name = ViewAddress.Failed)]
    public string? FailedName { get; set; }

    private long? SavedId => SavedName is null ? null : ViewAddress.Id(SavedName) ?? 0;

    /// <summary>The saved view that was changed into what is shown.</summary>
    private long? ChangedId => SavedName is null ? ViewAddress.Id(ChangedName) : null;

    /// <summary>What is shown; null as long as it is not known what a saved view is.</summary>
    private InboxView? View => SavedId is not { } id ? ViewAddress.Read(PartOf)
        : _board.Saved is { } saved ? saved.FirstOrDefault(v => v.Id == id)?.View ?? InboxView.Missing
        : null;

    private string ViewQuery => SavedId is { } id ? ViewAddress.Query(id) : ViewAddress.Query(ViewAddress.Read(PartOf), ChangedId);

    public void Dispose() => _board.ViewsChanged -= ShowViews;

    protected override void OnInitialized() => _board.ViewsChanged += ShowViews;

    /// <summary>Another workspace has other views.</summary>
    private void ForgetViews()
    {
        _board.ViewsChanged -= ShowViews;
        _board = new ViewBoard();
        _board.ViewsChanged += ShowViews;
    }

    private string? PartOf(string name) => name switch
    {
        ViewAddress.Kind => ViewName,
        ViewAddress.Order => OrderName,
        ViewAddress.Number => NumberName,
        ViewAddress.Assignee => AssigneeName,
        ViewAddress.Team => TeamName,
        ViewAddress.Label => LabelName,
        ViewAddress.Stage => StageName,
        ViewAddress.Window => WindowName,
        ViewAddress.From => FromName,
        ViewAddress.To => ToName,
        ViewAddress.Unread => UnreadName,
        ViewAddress.Failed => FailedName,
        _ => null,
    };

    private void ShowViews(object? sender, EventArgs e)
    {
        if (SavedId is not null)
        {
            _ = InvokeAsync(StateHasChanged);
        }
    }
}
