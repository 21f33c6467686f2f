namespace Weflux.Web.Inbox.Several;

/// <summary>
/// The conversations of a list that somebody has chosen, by what the list called them then. A stretch is drawn from the row
/// that was chosen last: the rows between belong to it, and those it had before and has no more are let go of.
/// </summary>
public sealed class ChosenRows(int most = ChangeSeveral.Most)
{
    private readonly OrderedDictionary<long, string> _names = [];
    private HashSet<long> _beside = [];
    private long? _anchor;
    private bool _isAsked;

    /// <summary>Whether somebody is choosing, if only none so far.</summary>
    public bool IsOn => _isAsked || _names.Count > 0;

    public int Count => _names.Count;

    /// <summary>In the order in which they were chosen.</summary>
    public IReadOnlyList<long> Ids => [.. _names.Keys];

    public bool Has(long id) => _names.ContainsKey(id);

    /// <summary>What the list called it; null if it is not chosen.</summary>
    public string? NameOf(long id) => _names.GetValueOrDefault(id);

    /// <summary>Somebody wishes to choose.</summary>
    public void Begin() => _isAsked = true;

    public void End()
    {
        _names.Clear();
        _beside = [];
        (_anchor, _isAsked) = (null, false);
    }

    /// <summary>Chooses a row, or lets go of it.</summary>
    /// <returns>Whether there was room for it.</returns>
    public bool Toggle(ChoosableRow row)
    {
        var isNew = !_names.Remove(row.Id);
        var hasRoom = !isNew || _names.Count < most;
        _beside = [.. _names.Keys];
        _anchor = row.Id;
        if (isNew && hasRoom)
        {
            _names.Add(row.Id, row.Name);
        }

        return hasRoom;
    }

    /// <summary>Draws the stretch as far as a row.</summary>
    /// <param name="rows">The rows of the list, in its order.</param>
    /// <param name="from">Where it begins if it has no beginning in the list.</param>
    /// <param name="to">How far.</param>
    /// <returns>Whether there was room for all of it.</returns>
    public bool DrawTo(IReadOnlyList<ChoosableRow> rows, long from, long to)
    {
        if (_anchor is not { } anchor || Find(rows, anchor) < 0)
        {
            anchor = from;
            _anchor = from;
            _beside = [.. _names.Keys];
        }

        var (first, last) = (Find(rows, anchor), Find(rows, to));
        if (last < 0)
        {
            return true;
        }

        first = first < 0 ? last : first;
        var stretch = rows.Skip(Math.Min(first, last)).Take(Math.Abs(last - first) + 1).ToList();
        var wanted = stretch.Select(r => r.Id).ToHashSet();
        foreach (var id in _names.Keys.Where(id => !wanted.Contains(id) && !_beside.Contains(id)).ToList())
        {
            _names.Remove(id);
        }

        var hasRoom = true;
        foreach (var row in stretch)
        {
            hasRoom &= Has(row.Id) || _names.Count < most;
            if (hasRoom)
            {
                _names.TryAdd(row.Id, row.Name);
            }
        }

        return hasRoom;
    }

    /// <summary>Chooses these and no others.</summary>
    public void Choose(IEnumerable<ChoosableRow> rows)
    {
        _names.Clear();
        foreach (var row in rows.Take(most))
        {
            _names.TryAdd(row.Id, row.Name);
        }

        _beside = [.. _names.Keys];
        _anchor = null;
    }

    /// <summary>Lets go of these.</summary>
    /// <returns>What those were called that had been chosen.</returns>
    public IReadOnlyList<string> Drop(IEnumerable<long> ids)
    {
        var dropped = new List<string>();
        foreach (var id in ids)
        {
            if (_names.Remove(id, out var name))
            {
                dropped.Add(name);
                _beside.Remove(id);
            }
        }

        return dropped;
    }

    private static int Find(IReadOnlyList<ChoosableRow> rows, long id)
    {
        for (var at = 0; at < rows.Count; at++)
        {
            if (rows[at].Id == id)
            {
                return at;
            }
        }

        return -1;
    }
}
