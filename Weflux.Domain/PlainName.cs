using System.Globalization;

namespace Weflux.Domain;

/// <summary>What is wrong with a name.</summary>
public enum NameFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A reader sees nothing.</summary>
    Blank,

    /// <summary>It is longer than may be.</summary>
    TooLong,

    /// <summary>It holds line breaks, other control characters, or signs that turn the direction of writing.</summary>
    Controls,
}

/// <summary>
/// Names of people, organisations and workspaces: one line of text that can be read. They stand in mails to others, where
/// a line break would let a name say whatever it likes.
/// </summary>
public static class PlainName
{
    /// <summary>Reads a name as somebody typed it.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="longest">The most UTF-16 units it may have.</param>
    /// <param name="name">The name without spaces around it; empty if it is none.</param>
    public static NameFault Read(string? text, int longest, out string name)
    {
        name = "";
        var trimmed = (text ?? "").Trim();
        var fault = trimmed.IsBlank() ? NameFault.Blank
            : trimmed.Length > longest ? NameFault.TooLong
            : trimmed.Any(IsControl) ? NameFault.Controls
            : NameFault.None;
        if (fault == NameFault.None)
        {
            name = trimmed;
        }

        return fault;
    }

    private static bool IsControl(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
