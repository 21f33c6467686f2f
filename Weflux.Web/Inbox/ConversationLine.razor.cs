using Microsoft.AspNetCore.Components;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Inbox.Working;

namespace Weflux.Web.Inbox;

/// <summary>One row of the list. It renders again only when something that it shows has changed.</summary>
public sealed partial class ConversationLine
{
    private const int MostLabels = 1;

    private (ConversationRow, DateTimeOffset, string, string, bool, bool, bool, ScreenClock, LabelBook, IReadOnlyList<TogetherView>) _shown;

    [Parameter, EditorRequired]
    public ConversationRow Row { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    /// <summary>What stands behind the path of its address.</summary>
    [Parameter]
    public string ViewQuery { get; set; } = "";

    /// <summary>The time to the minute.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public bool IsSelected { get; set; }

    /// <summary>Whether it is among those with which something is to be done.</summary>
    [Parameter]
    public bool IsChosen { get; set; }

    /// <summary>Whether the Tab key stops here; the arrow keys go on from there.</summary>
    [Parameter]
    public bool IsTabStop { get; set; }

    /// <summary>The colleagues who are with it now; another list means that it changed.</summary>
    [Parameter]
    public IReadOnlyList<TogetherView> With { get; set; } = [];

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [CascadingParameter]
    public LabelBook Labels { get; set; } = LabelBook.Empty;

    protected override bool ShouldRender()
    {
        var shown = _shown;
        Remember();
        return shown != _shown;
    }

    protected override void OnAfterRender(bool firstRender) => Remember();

    private void Remember() => _shown = (Row, Now, Workspace, ViewQuery, IsSelected, IsChosen, IsTabStop, Clock, Labels, With);
}
