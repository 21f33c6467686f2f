namespace Weflux.Web.Inbox.Working;

/// <summary>The notes and events that one screen holds of a thread, in order of time.</summary>
public sealed class ActivityWindow
{
    private readonly Dictionary<string, ActivityItem> _items = new(StringComparer.Ordinal);
    private List<ActivityItem>? _sorted;

    /// <summary>Everything, oldest first.</summary>
    public IReadOnlyList<ActivityItem> Items =>
        _sorted ??= [.. _items.Values.OrderBy(i => i.At).ThenBy(i => i is NoteView).ThenBy(i => i.Id)];

    /// <summary>Takes in what was read: what is there already is replaced by what it is now.</summary>
    public void Add(IEnumerable<ActivityItem> items)
    {
        foreach (var item in items)
        {
            _items[item.Key] = item;
            _sorted = null;
        }
    }
}
