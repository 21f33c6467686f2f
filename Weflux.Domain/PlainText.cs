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

    /// <summary>The text with a space in place of each control character, which no screen shows and not every database keeps.</summary>
    internal static string WithoutControls(this string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
