using System.Globalization;
using System.Text;

namespace Weflux.Web.Inbox.Search;

/// <summary>A word of a text: where it stands, and how it is compared.</summary>
/// <param name="Start">The first UTF-16 unit.</param>
/// <param name="Length">How many units it has.</param>
/// <param name="Folded">In small letters and without accents.</param>
public readonly record struct SearchToken(int Start, int Length, string Folded);

/// <summary>Takes texts apart as the index does: letters, digits and the marks that belong to them, in small letters and without accents.</summary>
public static class SearchTokens
{
    /// <summary>The most UTF-16 units of a word that count.</summary>
    public const int WordLength = 60;

    public static IEnumerable<SearchToken> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (start, at) = (-1, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Belongs(rune))
            {
                start = start < 0 ? at : start;
            }
            else if (start >= 0)
            {
                yield return Token(text, start, at - start);
                start = -1;
            }

            // Half a surrogate pair counts as one unit, although the replacement for it is shown.
            at += rune == Rune.ReplacementChar ? 1 : rune.Utf16SequenceLength;
        }

        if (start >= 0)
        {
            yield return Token(text, start, text.Length - start);
        }
    }

    private static SearchToken Token(string text, int start, int length) => new(start, length, Fold(text.Substring(start, length)));

    private static string Fold(string word)
    {
        // Most words are plain.
        if (System.Text.Ascii.IsValid(word))
        {
            return word.ToLowerInvariant();
        }

        var folded = new StringBuilder(word.Length);
        foreach (var c in word.Normalize(NormalizationForm.FormD))
        {
            if (c is not (>= '\u0300' and <= '\u036F'))
            {
                folded.Append(c);
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }

    private static bool Belongs(Rune rune) => rune != Rune.ReplacementChar && (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark);
}
