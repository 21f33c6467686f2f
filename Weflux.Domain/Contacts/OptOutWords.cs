using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Weflux.Domain.Contacts;

/// <summary>What a message asks for, read as a whole.</summary>
public enum OptOutWord
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>Silence.</summary>
    Stop = 1,

    /// <summary>An end of the silence.</summary>
    Start = 2,
}

/// <summary>
/// The words that ask for silence, and those that lift it. A message counts only if all of it is such a word:
/// "stop, the bus is here" is not one. Case, punctuation, emoji and (in Latin script only) accents do not matter;
/// vowel signs of Indic scripts are never stripped, because they make other words. A workspace can add words, never
/// remove any.
/// </summary>
/// <remarks>The platform fixes no list. Words that answer an ordinary question, such as "cancel", are left out on purpose.</remarks>
public sealed class OptOutWords
{
    private const int MostLetters = 100;
    private const int LongestText = 5000;
    private readonly FrozenSet<string> _stop;
    private readonly FrozenSet<string> _start;

    private OptOutWords(IEnumerable<string> stop, IEnumerable<string> start)
    {
        _stop = stop.ToFrozenSet(StringComparer.Ordinal);
        _start = start.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The words that every workspace has.</summary>
    public static OptOutWords BuiltIn { get; } =
        new(OptOutWordLists.Stop.SelectMany(Forms), OptOutWordLists.Start.SelectMany(Forms));

    /// <summary>The built-in words and more.</summary>
    /// <param name="extraStop">Further words that ask for silence. A word that already means the opposite is ignored.</param>
    /// <param name="extraStart">Further words that lift it. Silence goes first, so that they never take a built-in stop word away.</param>
    public static OptOutWords With(IEnumerable<string> extraStop, IEnumerable<string> extraStart) => new(
        BuiltIn._stop.Concat(extraStop.SelectMany(Forms).Except(BuiltIn._start)),
        BuiltIn._start.Concat(extraStart.SelectMany(Forms)));

    /// <summary>What the message asks for. If a word of the workspace means both, it means silence.</summary>
    public OptOutWord Read(string? text)
    {
        // A text message of the platform has at most 4096 characters; a word has far fewer letters.
        if (string.IsNullOrEmpty(text) || text.Length > LongestText || text.EnumerateRunes().Count(Rune.IsLetterOrDigit) > MostLetters)
        {
            return OptOutWord.None;
        }

        var forms = Forms(text);
        return forms.Any(_stop.Contains) ? OptOutWord.Stop
            : forms.Any(_start.Contains) ? OptOutWord.Start
            : OptOutWord.None;
    }

    /// <summary>
    /// The forms in which words are compared: with punctuation left out, and with a space in its place, because people
    /// write both "don't" and "stop,please". None if nothing is left.
    /// </summary>
    internal static IReadOnlyList<string> Forms(string text) =>
        [.. new[] { Fold(text, ""), Fold(text, " ") }.Where(f => f.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string Fold(string text, string punctuation)
    {
        var folded = new StringBuilder(text.Length);
        var mark = MarkOn.Nothing;
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).ToLowerInvariant().EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                    if (mark == MarkOn.OtherLetter && !IsEmojiPart(rune))
                    {
                        folded.Append(rune);
                    }

                    continue;
                case UnicodeCategory.Format:
                    continue;
                case var category when IsPunctuation(category):
                    mark = MarkOn.Nothing;
                    folded.Append(punctuation);
                    continue;
                default:
                    mark = !Rune.IsLetterOrDigit(rune) ? MarkOn.Nothing : IsLatin(rune) ? MarkOn.Latin : MarkOn.OtherLetter;
                    folded.Append(mark == MarkOn.Nothing ? " " : rune == DotlessI ? "i" : rune.ToString());
                    continue;
            }
        }

        var words = folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words).Normalize(NormalizationForm.FormC);
    }

    private enum MarkOn
    {
        Nothing,
        Latin,
        OtherLetter,
    }

    // Outside Turkish the capital of both i and ı is I, so that the two cannot be told apart.
    private static Rune DotlessI => new('\u0131');

    private static bool IsPunctuation(UnicodeCategory category) => category
        is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
        or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
        or UnicodeCategory.OtherPunctuation or UnicodeCategory.ModifierSymbol;

    private static bool IsEmojiPart(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or 0x20E3;

    private static bool IsLatin(Rune rune) => rune.Value < 0x0250 || rune.Value is >= 0x1E00 and <= 0x1EFF;

    // The acute accent is typed as an apostrophe, but would decompose to a space and a mark. Unicode's noncharacters
    // and half surrogates, which anybody can send, would make the normalization throw.
    private static string WellFormed(string text)
    {
        var wellFormed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            wellFormed.Append(rune.Value == 0x00B4 ? "'" : (rune.Value & 0xFFFE) == 0xFFFE ? " " : rune.ToString());
        }

        return wellFormed.ToString();
    }
}
