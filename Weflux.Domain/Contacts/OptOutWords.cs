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
    private readonly FrozenSet<string> _stop;
    private readonly FrozenSet<string> _start;

    private OptOutWords(IEnumerable<string> stop, IEnumerable<string> start)
    {
        _stop = stop.Select(Normalize).Where(w => w.Length > 0).ToFrozenSet(StringComparer.Ordinal);
        _start = start.Select(Normalize).Where(w => w.Length > 0).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The words that every workspace has.</summary>
    public static OptOutWords BuiltIn { get; } = new(OptOutWordLists.Stop, OptOutWordLists.Start);

    /// <summary>The built-in words and more.</summary>
    /// <param name="extraStop">Further words that ask for silence. A word that already means the opposite is ignored.</param>
    /// <param name="extraStart">Further words that lift it.</param>
    public static OptOutWords With(IEnumerable<string> extraStop, IEnumerable<string> extraStart) => new(
        OptOutWordLists.Stop.Concat(extraStop.Where(w => BuiltIn.Read(w) != OptOutWord.Start)),
        OptOutWordLists.Start.Concat(extraStart.Where(w => BuiltIn.Read(w) != OptOutWord.Stop)));

    /// <summary>What the message asks for. If a word of the workspace means both, it means silence.</summary>
    public OptOutWord Read(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 100)
        {
            return OptOutWord.None;
        }

        var word = Normalize(text);
        return _stop.Contains(word) ? OptOutWord.Stop
            : _start.Contains(word) ? OptOutWord.Start
            : OptOutWord.None;
    }

    /// <summary>The form in which words are compared.</summary>
    internal static string Normalize(string text)
    {
        var folded = new StringBuilder(text.Length);
        var afterLatin = false;
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).ToLowerInvariant().EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark when afterLatin:
                    continue;
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                    if (rune.Value is not (>= 0xFE00 and <= 0xFE0F) and not 0x20E3)
                    {
                        folded.Append(rune);
                    }

                    continue;
                case var category when IsIgnored(category):
                    afterLatin = false;
                    if (category is not (UnicodeCategory.Format or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherPunctuation))
                    {
                        Space(folded);
                    }

                    continue;
                default:
                    afterLatin = IsLatin(rune);
                    folded.Append(rune);
                    continue;
            }
        }

        return folded.ToString().Trim().Normalize(NormalizationForm.FormC);
    }

    private static void Space(StringBuilder folded)
    {
        if (folded.Length > 0 && folded[^1] != ' ')
        {
            folded.Append(' ');
        }
    }

    private static bool IsIgnored(UnicodeCategory category) => category
        is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
        or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
        or UnicodeCategory.OtherPunctuation or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol;

    private static bool IsLatin(Rune rune) => rune.Value < 0x0250 || rune.Value is >= 0x1E00 and <= 0x1EFF;

    private static string WellFormed(string text) =>
        string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                var paired = (char.IsHighSurrogate(source[i]) && i + 1 < source.Length && char.IsLowSurrogate(source[i + 1]))
                    || (char.IsLowSurrogate(source[i]) && i > 0 && char.IsHighSurrogate(source[i - 1]));
                span[i] = char.IsSurrogate(source[i]) && !paired ? '\uFFFD' : source[i];
            }
        });
}
