using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox;

/// <summary>
/// The rows of the conversation list that one screen holds: a gapless stretch of the sorted list. It pages both ways
/// and lets go of the far side, so that a long list costs a screen no more than a short one.
/// </summary>
public sealed class ListWindow(InboxView view, int capacity = ListWindow.DefaultCapacity)
{
    public const int DefaultCapacity = 150;

    /// <summary>How many rows are held for sure, and how many that moved in by themselves beyond those that were read.</summary>
    private const int Comfortable = 40;
    private const int Slack = 10;

    private readonly List<ConversationRow> _rows = [];
    private readonly ViewOrder _order = ViewOrder.Of(view);
    private int _read;

    public InboxView View => view;

    /// <summary>The rows in the list's order.</summary>
    public IReadOnlyList<ConversationRow> Rows => _rows;

    /// <summary>Whether there may be rows above the first. While there are, nothing new is shown at the top.</summary>
    public bool HasAbove { get; private set; }

    /// <summary>Whether there may be rows below the last.</summary>
    public bool HasBelow { get; private set; }

    /// <summary>Whether every row left the stretch, so that only reading again tells where the screen is.</summary>
    public bool IsLost => _rows.Count == 0 && (HasAbove || HasBelow) && End is null;

    /// <summary>Where looking through what does not fit was stopped. Somebody has to wish to look further.</summary>
    public ListCursor? End { get; private set; }

    /// <summary>Where to read on downwards; null in an empty list.</summary>
    public ListCursor? Bottom => End ?? (_rows.Count == 0 ? null : ListCursor.Of(_rows[^1]));

    /// <summary>Where to read on upwards; null in an empty list.</summary>
    public ListCursor? Top => _rows.Count == 0 ? null : ListCursor.Of(_rows[0]);

    /// <summary>Where to begin to read the stretch again, its first row included; null for the real top.</summary>
    public ListCursor? Start => HasAbove && Top is { } top ? _order.JustBefore(top) : null;

    /// <summary>How many rows to ask for when reading the stretch again.</summary>
    public int Extent(int page) => Math.Clamp(_rows.Count, page, capacity);

    public ConversationRow? Find(long id) => _rows.Find(r => r.Id == id);

    /// <summary>Replaces everything by a page read downwards.</summary>
    /// <param name="page">The page.</param>
    /// <param name="from">Where it was read from; null for the top.</param>
    public void Reset(ConversationPage page, ListCursor? from)
    {
        _rows.Clear();
        _rows.AddRange(page.Rows);
        _rows.Sort(Compare);
        HasAbove = from is not null;
        HasBelow = page.HasMore;
        End = page.End;
        _read = _rows.Count;
    }

    /// <summary>Adds a page read downwards from <see cref="Bottom"/>.</summary>
    public void Append(ConversationPage page)
    {
        Merge(page.Rows);
        HasBelow = page.HasMore;
        End = page.End;
        if (_rows.Count > capacity)
        {
            _rows.RemoveRange(0, _rows.Count - capacity);
            HasAbove = true;
        }

        _read = _rows.Count;
    }

    /// <summary>Adds a page read upwards from <see cref="Top"/>.</summary>
    public void Prepend(ConversationPage page)
    {
        Merge(page.Rows);
        HasAbove = page.HasMore;
        TrimBelow(capacity);
        _read = _rows.Count;
    }

    /// <summary>Takes in what hints changed: rows move to their new place, or out of the stretch.</summary>
    public void Apply(ChangedRows changed)
    {
        foreach (var id in changed.GoneIds)
        {
            _rows.RemoveAll(r => r.Id == id);
        }

        foreach (var row in changed.Rows)
        {
            if (IsNews(row))
            {
                _rows.RemoveAll(r => r.Id == row.Id);
                Place(row);
            }
        }

        // Every row costs at every rendering, and those that nobody scrolled to can be read again.
        TrimBelow(Math.Min(capacity, Math.Max(_read + Slack, Comfortable)));
    }

    private void Merge(IReadOnlyList<ConversationRow> page)
    {
        foreach (var row in page.Where(IsNews))
        {
            _rows.RemoveAll(r => r.Id == row.Id);
            _rows.Insert(PlaceOf(row), row);
        }
    }

    private void Place(ConversationRow row)
    {
        var at = PlaceOf(row);
        var isOutside = (at == 0 && HasAbove) || (at == _rows.Count && HasBelow);
        if (!isOutside)
        {
            _rows.Insert(at, row);
        }
    }

    // The same version can carry news of its own: read cursors and drafts are the reader's and raise no version.
    private bool IsNews(ConversationRow row) => Find(row.Id) is not { } known || known.Version <= row.Version;

    private int PlaceOf(ConversationRow row)
    {
        var at = _rows.BinarySearch(row, Comparer<ConversationRow>.Create(Compare));
        return at < 0 ? ~at : at;
    }

    private void TrimBelow(int most)
    {
        if (_rows.Count > most)
        {
            _rows.RemoveRange(most, _rows.Count - most);
            HasBelow = true;
            End = null;
        }
    }

    private int Compare(ConversationRow a, ConversationRow b) => _order.Compare(a.Place, b.Place);
}
