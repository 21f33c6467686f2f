using System.Globalization;
using System.Text.RegularExpressions;

namespace Weflux.Web.Inbox;

/// <summary>A piece of a text: words, an address to link, or a number that is taken as a whole.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Address">Where it leads: http, https or mailto only; null for words.</param>
/// <param name="IsNumber">Whether it is a phone, order or other long number, which one touch selects.</param>
/// <param name="Style">How WhatsApp draws it.</param>
public sealed record TextPart(string Text, string? Address, bool IsNumber = false, TextStyle Style = TextStyle.None);

/// <summary>Takes a customer's words apart, so that links can be links without any raw HTML.</summary>
public static partial class TextParts
{
    private const int ManyEmoji = 3;
    private const int LongestOrder = 40;
    private const int FewestDigits = 4;
    private const string SentenceEnds = ".,;:!?'\"…*~";

    /// <summary>The pieces of a text with WhatsApp's marks for bold, italic, struck out and monospace drawn and left out.</summary>
    public static IReadOnlyList<TextPart> Draw(string text)
    {
        var parts = Split(text);
        var marks = TextMarks.Read(text, parts);
        if (marks is null)
        {
            return parts;
        }

        var drawn = new List<TextPart>();
        var at = 0;
        foreach (var part in parts)
        {
            if (part.Address is null && !part.IsNumber)
            {
                drawn.AddRange(marks.Cut(at, part.Text.Length));
            }
            else
            {
                drawn.Add(part with { Style = marks.StyleAt(at) });
            }

            at += part.Text.Length;
        }

        return drawn;
    }

    public static IReadOnlyList<TextPart> Split(string text)
    {
        var parts = new List<TextPart>();
        var from = 0;
        foreach (Match match in Pieces().Matches(text))
        {
            if (Read(match) is not { } part)
            {
                continue;
            }

            if (match.Index > from)
            {
                parts.Add(new TextPart(text[from..match.Index], Address: null));
            }

            parts.Add(part);
            from = match.Index + part.Text.Length;
        }

        if (from < text.Length)
        {
            parts.Add(new TextPart(text[from..], Address: null));
        }

        return parts;
    }

    /// <summary>The address if it is an absolute one of http or https; null for anything else, such as scripts.</summary>
    public static string? SafeAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri.AbsoluteUri
            : null;

    /// <summary>Whether the text is nothing but one to three emoji, which are shown large.</summary>
    public static bool IsEmojiOnly(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > 40)
        {
            return false;
        }

        var count = 0;
        for (var elements = StringInfo.GetTextElementEnumerator(trimmed); elements.MoveNext();)
        {
            var element = elements.GetTextElement();
            if (string.IsNullOrWhiteSpace(element))
            {
                continue;
            }

            if (!IsEmoji(element) || ++count > ManyEmoji)
            {
                return false;
            }
        }

        return count > 0;
    }

    private static TextPart? Read(Match match)
    {
        if (match.Groups["number"].Success)
        {
            return new TextPart(match.Value, Address: null, IsNumber: true);
        }

        if (match.Groups["order"].Success)
        {
            return match.Length <= LongestOrder && match.Value.Count(char.IsAsciiDigit) >= FewestDigits
                ? new TextPart(match.Value, Address: null, IsNumber: true)
                : null;
        }

        if (match.Groups["mail"].Success)
        {
            return new TextPart(match.Value, $"mailto:{match.Value.Replace("%", "%25", StringComparison.Ordinal)}");
        }

        var link = Trim(match.Value);
        return SafeAddress(link) is { } address ? new TextPart(link, address) : null;
    }

    // Digits, # and * are keycap emoji only with the enclosing mark, so plain ones stay words.
    private static bool IsEmoji(string element)
    {
        var rune = System.Text.Rune.GetRuneAt(element, 0);
        return rune.Value > 0x2000
            ? System.Text.Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol
            : element.Contains('\u20E3', StringComparison.Ordinal);
    }

    private static string Trim(string link)
    {
        var trimmed = link.TrimEnd([.. SentenceEnds]);
        return trimmed.EndsWith(')') && !trimmed.Contains('(', StringComparison.Ordinal) ? trimmed[..^1] : trimmed;
    }

    [GeneratedRegex(
        @"\bhttps?://[^\s<>""]+|(?<mail>\b[A-Z0-9._%+-]{1,64}@[A-Z0-9-]{1,63}(?:\.[A-Z0-9-]{1,63}){1,4}\b)|(?<order>(?<![\w+#])(?:#[A-Z0-9]+|[A-Z]{1,6}[-/]?[0-9][A-Z0-9]*)(?:[-/_][A-Z0-9]+)*(?!\w))|(?<number>(?<![\w+])\+?\d(?:[ .()-]{0,2}\d){5,19}(?!\w))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 500)]
    private static partial Regex Pieces();
}
