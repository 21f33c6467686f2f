using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>The colours of labels. Each has a pair of text and ground that can be read in light and dark.</summary>
public enum LabelColor
{
    /// <summary>Grey.</summary>
    Grey = 1,

    /// <summary>Red.</summary>
    Red = 2,

    /// <summary>Orange.</summary>
    Orange = 3,

    /// <summary>Yellow.</summary>
    Yellow = 4,

    /// <summary>Green.</summary>
    Green = 5,

    /// <summary>Teal.</summary>
    Teal = 6,

    /// <summary>Blue.</summary>
    Blue = 7,

    /// <summary>Violet.</summary>
    Violet = 8,

    /// <summary>Pink.</summary>
    Pink = 9,
}

/// <summary>A word of the workspace that can be put on conversations.</summary>
public sealed class Label
{
    /// <summary>Most characters of its name.</summary>
    public const int MaxName = 40;

    /// <summary>How many a workspace can have.</summary>
    public const int Most = 200;

    /// <summary>How many one conversation can carry.</summary>
    public const int MostOnOne = 20;

    private Label()
    {
        (Name, NameKey) = ("", "");
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>What it says.</summary>
    public string Name { get; private set; }

    /// <summary>The name without regard to case, so that there are no two that read alike.</summary>
    public string NameKey { get; private set; }

    /// <summary>Its colour.</summary>
    public LabelColor Color { get; private set; }

    /// <summary>A new label.</summary>
    public static Label Make(WorkspaceId workspace, string name, LabelColor color)
    {
        var label = new Label { WorkspaceId = workspace };
        label.Change(name, color);
        return label;
    }

    /// <summary>Says something else, in another colour.</summary>
    public void Change(string name, LabelColor color)
    {
        ArgumentNullException.ThrowIfNull(name);
        (Name, NameKey, Color) = (name, KeyOf(name), color);
    }

    /// <summary>The name without regard to case.</summary>
    public static string KeyOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Normalize().ToUpperInvariant();
    }
}
