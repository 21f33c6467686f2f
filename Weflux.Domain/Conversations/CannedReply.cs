using System.Globalization;
using System.Text;
using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>An answer that is written once and put in often: one person's own, or everybody's.</summary>
public sealed class CannedReply
{
    /// <summary>Most UTF-16 units of a shortcut.</summary>
    public const int MaxShortcut = 40;

    /// <summary>Most UTF-16 units of what it says.</summary>
    public const int MaxText = TextContent.MaxLength;

    /// <summary>Most files of one.</summary>
    public const int MostFiles = 5;

    /// <summary>How many everybody can have together.</summary>
    public const int MostShared = 500;

    /// <summary>How many one person can have alone.</summary>
    public const int MostOwn = 200;

    private CannedReply()
    {
        (Shortcut, ShortcutKey, Text) = ("", "", "");
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>Whose it is; null if everybody can use it.</summary>
    public UserId? OwnerId { get; private set; }

    /// <summary>What is typed behind a slash to find it.</summary>
    public string Shortcut { get; private set; }

    /// <summary>The shortcut without regard to case.</summary>
    public string ShortcutKey { get; private set; }

    /// <summary>What it says, with places to be filled, see <see cref="ReplyText"/>. Empty only beside files.</summary>
    public string Text { get; private set; }

    /// <summary>How often it was put in.</summary>
    public int UseCount { get; private set; }

    /// <summary>When it was last written (UTC).</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>A new one.</summary>
    /// <param name="workspace">The business.</param>
    /// <param name="owner">Whose it is; null for everybody's.</param>
    /// <param name="shortcut">As <see cref="ReadShortcut"/> reads it.</param>
    /// <param name="text">What it says.</param>
    /// <param name="now">The time (UTC).</param>
    public static CannedReply Make(WorkspaceId workspace, UserId? owner, string shortcut, string text, DateTimeOffset now)
    {
        var reply = new CannedReply { WorkspaceId = workspace };
        reply.Change(owner, shortcut, text, now);
        return reply;
    }

    /// <summary>Says something else, has another shortcut, or becomes somebody else's.</summary>
    public void Change(UserId? owner, string shortcut, string text, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(shortcut);
        ArgumentNullException.ThrowIfNull(text);
        (OwnerId, Shortcut, ShortcutKey, Text, ChangedAt) = (owner, shortcut, KeyOf(shortcut), text, now);
    }

    /// <summary>Whether a person can use it.</summary>
    public bool IsFor(UserId person) => OwnerId is not { } owner || owner == person;

    /// <summary>The shortcut without regard to case.</summary>
    public static string KeyOf(string shortcut)
    {
        ArgumentNullException.ThrowIfNull(shortcut);
        return shortcut.Normalize().ToUpperInvariant();
    }

    /// <summary>Reads a shortcut as somebody typed it, with or without its slash: letters, digits, hyphens, dots and underscores.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="shortcut">The shortcut; empty if it is none.</param>
    /// <returns>Whether it is one.</returns>
    public static bool ReadShortcut(string? typed, out string shortcut)
    {
        var text = (typed ?? "").Trim();
        text = text.StartsWith('/') ? text[1..] : text;
        var isOne = text.Length is > 0 and <= MaxShortcut && text.EnumerateRunes().All(MayStand) && text.EnumerateRunes().Any(Rune.IsLetterOrDigit);
        shortcut = isOne ? text.Normalize() : "";
        return isOne && shortcut.Length <= MaxShortcut;
    }

    // The vowel signs of Indic scripts are marks.
    private static bool MayStand(Rune rune) => rune.Value is '-' or '_' or '.'
        || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
