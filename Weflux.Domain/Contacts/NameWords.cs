using System.Globalization;
using System.Text;

namespace Weflux.Domain.Contacts;

/// <summary>
/// How names are compared when somebody looks for them or sorts by them: in small letters, without accents, word by word.
/// Only accents of their own are dropped; the vowel signs of Indic scripts are part of what is read.
/// </summary>
public static class NameWords
{
    /// <summary>The most UTF-16 units of one word that count.</summary>
    public const int WordLength = 40;

    /// <summary>The most words of one contact that count.</summary>
    public const int MostWords = 16;

    /// <summary>The most UTF-16 units of a name by which it is sorted.</summary>
    public const int SortLength = 100;

    /// <summary>The words of some names, each once, in their order.</summary>
    /// <param name="names">Names; those that are null count as empty.</param>
    public static IReadOnlyList<string> Of(params ReadOnlySpan<string?> names)
    {
        var words = new List<string>();
        foreach (var name in names)
        {
            foreach (var word in Split(Fold(name ?? "")).Select(w => w.Cut(WordLength)))
            {
                if (words.Count < MostWords && !words.Contains(word, StringComparer.Ordinal))
                {
                    words.Add(word);
                }
            }
        }

        return words;
    }

    /// <summary>A name as it is sorted; empty if it holds nothing to sort by.</summary>
    /// <param name="name">The name.</param>
    public static string Sort(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var folded = Fold(name);
        var joined = string.Join(' ', Split(folded));
        return (joined.Length > 0 ? joined : folded.Trim()).Cut(SortLength);
    }

    private static string Fold(string name)
    {
        // Half a surrogate pair cannot be normalised.
        var whole = string.Concat(name.EnumerateRunes().Select(r => r.ToString()));
        var folded = new StringBuilder(whole.Length);
        foreach (var c in whole.Normalize(NormalizationForm.FormKD))
        {
            if (c is not (>= '\u0300' and <= '\u036F'))
            {
                folded.Append(c);
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }

    private static IEnumerable<string> Split(string folded)
    {
        var word = new StringBuilder();
        foreach (var rune in folded.EnumerateRunes())
        {
            if (BelongsToWord(rune))
            {
                word.Append(rune.ToString());
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    // The joiners shape the letters beside them in Indic scripts and Persian.
    private static bool BelongsToWord(Rune rune) => rune.Value is 0x200C or 0x200D
        || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}

/// <summary>One word of a contact's names, past ones too, by which the contact is found.</summary>
public sealed class ContactWord
{
    private ContactWord() => Word = "";

    internal ContactWord(Team.WorkspaceId workspace, string word) => (WorkspaceId, Word) = (workspace, word);

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public Team.WorkspaceId WorkspaceId { get; private set; }

    /// <summary>Whose name it is of.</summary>
    public long ContactId { get; private set; }

    /// <summary>The word, folded as <see cref="NameWords"/> says.</summary>
    public string Word { get; private set; }
}
