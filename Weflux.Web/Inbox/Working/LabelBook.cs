using Weflux.Web.Work.Labels;

namespace Weflux.Web.Inbox.Working;

/// <summary>The labels of the workspace by number, as the screen knows them. Another instance if one has changed.</summary>
public sealed class LabelBook(IEnumerable<LabelView> labels)
{
    private readonly IReadOnlyList<LabelView> _labels = [.. labels];

    public static LabelBook Empty { get; } = new([]);

    /// <summary>Those that a conversation carries, by name.</summary>
    public IReadOnlyList<LabelView> Of(IReadOnlyList<long> ids) => ids.Count == 0 ? [] : [.. _labels.Where(l => ids.Contains(l.Id))];

    /// <summary>Whether these are the same labels, called and coloured the same.</summary>
    public bool IsSame(IEnumerable<LabelView> labels) => _labels.SequenceEqual(labels);
}
