namespace Weflux.Web.Inbox.Views;

/// <summary>What one inbox page knows of its views. One part reads it, several show it, and nothing else of the page renders for it.</summary>
public sealed class ViewBoard
{
    /// <summary>How many each view holds; null until read.</summary>
    public ViewCounts? Counts { get; private set; }

    /// <summary>The saved views; null until read.</summary>
    public IReadOnlyList<SavedViewLine>? Saved { get; private set; }

    /// <summary>What filters offer; null until read.</summary>
    public ViewChoices? Choices { get; private set; }

    public event EventHandler? CountsChanged;

    public event EventHandler? ViewsChanged;

    public void Show(ViewCounts? counts)
    {
        var isSame = Counts is { } known && counts is not null && known with { Counter = counts.Counter } == counts;
        Counts = counts;
        if (!isSame)
        {
            CountsChanged?.Invoke(this, EventArgs.Empty);
        }
    }

    public void Show(IReadOnlyList<SavedViewLine> saved, ViewChoices? choices)
    {
        (Saved, Choices) = (saved, choices);
        ViewsChanged?.Invoke(this, EventArgs.Empty);
    }
}
