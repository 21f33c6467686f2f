using System.Globalization;
using System.Text;

namespace Weflux.Domain;

/// <summary>Cuts text so that every database and browser can hold what is left.</summary>
public static class PlainText
{
    /// <summary>The beginning of a text, never ending in half a surrogate pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most UTF-16 units that are left.</param>
    public static string Cut(this string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    /// <summary>Whether a reader sees nothing: spaces, characters without width, and letters that are drawn empty.</summary>
    /// <param name="text">The text.</param>
    public static bool IsBlank(this string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsInvisible(rune))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text with a space in place of each control character, which no screen shows and not every database keeps.</summary>
    internal static string WithoutControls(this string text) => text.Any(char.IsControl)
        ? string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        })
        : text;

    // The Hangul fillers and the empty Braille cell are what people use who want to be called by nothing.
    private static bool IsInvisible(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F);
}
