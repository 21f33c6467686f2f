using System.Text;
using Weflux.Domain;
using Weflux.Web.Data.Search;

namespace Weflux.Web.Inbox.Search;

/// <summary>Something that must stand in what is found: a word, several one after the other, or a word's beginning.</summary>
/// <param name="Words">As they were typed, letters and digits only.</param>
/// <param name="IsBeginning">Whether the only word may go on.</param>
public sealed record SearchTerm(IReadOnlyList<string> Words, bool IsBeginning)
{
    internal IReadOnlyList<string> Folded { get; } = [.. Words.SelectMany(SearchTokens.Of).Select(t => t.Folded)];

    internal bool IsFitting(string folded) =>
        IsBeginning ? folded.StartsWith(Folded[0], StringComparison.Ordinal) : string.Equals(folded, Folded[0], StringComparison.Ordinal);
}

/// <summary>
/// What somebody typed, as things that must all be found. Whatever was typed, what comes out is a question that the index
/// understands: nothing but letters and digits gets through.
/// </summary>
public sealed class SearchTerms
{
    /// <summary>The most UTF-16 units that are read of what was typed.</summary>
    public const int Longest = 200;

    private const int MostTerms = 8;

    private SearchTerms(IReadOnlyList<SearchTerm> all) => All = all;

    public IReadOnlyList<SearchTerm> All { get; }

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => All.Count == 0;

    /// <summary>Whether a number may be meant, of which not everybody sees all digits.</summary>
    public bool HasDigits => All.Any(t => t.Folded.Any(w => w.Any(char.IsDigit)));

    /// <summary>Whether the index finds more than fits, because it keeps only the first letters of beginnings.</summary>
    public bool NeedsProof => All is [.., { IsBeginning: true } last] && Runes(last.Words[0]) > SqliteSearchIndex.LongestBeginning;

    /// <summary>Reads what was typed: words in quotes belong together, and the last word may go on unless it is in quotes.</summary>
    public static SearchTerms Of(string? typed)
    {
        var terms = new List<SearchTerm>();
        var parts = (typed ?? "").Cut(Longest).Split(['"', '“', '”', '„', '«', '»']);
        for (var nth = 0; nth < parts.Length && terms.Count < MostTerms; nth++)
        {
            List<string> words = [.. SearchTokens.Of(parts[nth]).Select(t => parts[nth].Substring(t.Start, t.Length).Cut(SearchTokens.WordLength))];

            // What stands between two quotes; one that is not closed is none.
            if (nth % 2 == 1 && nth < parts.Length - 1 && words.Count > 0)
            {
                terms.Add(new SearchTerm(words, IsBeginning: false));
            }
            else
            {
                terms.AddRange(words.Select(w => new SearchTerm([w], IsBeginning: false)));
            }

            if (nth == parts.Length - 1 && words.Count > 0)
            {
                terms[^1] = terms[^1] with { IsBeginning = Runes(words[^1]) >= SqliteSearchIndex.ShortestBeginning };
            }
        }

        // What folds to nothing, such as a lone accent, is no word, nor is a mark alone, such as what colours an emoji.
        return new SearchTerms([.. terms.Where(t => t.Folded.Count > 0 && t.Folded.All(f => f.Length > 0) && t.Folded.Any(HasSign)).Take(MostTerms)]);
    }

    /// <summary>Whether a text has it all.</summary>
    public bool Fit(string text)
    {
        var words = SearchTokens.Of(text).Select(t => t.Folded).ToList();
        return All.All(term => Places(term, words).Any());
    }

    /// <summary>Which words of a text are to be marked, by their place in the order.</summary>
    internal IEnumerable<int> Marked(IReadOnlyList<SearchToken> tokens)
    {
        var words = tokens.Select(t => t.Folded).ToList();
        return All.SelectMany(term => Places(term, words).SelectMany(at => Enumerable.Range(at, term.Folded.Count))).Distinct();
    }

    /// <summary>The question in the language of SQLite's FTS5, about the column of the text.</summary>
    internal string ForSqlite() => string.Join(" AND ", All.Select(t => t.IsBeginning
        ? $"\"{Beginning(t.Words[0])}\" *"
        : $"\"{string.Join(' ', t.Words)}\""));

    /// <summary>The question in the language of SQL Server's CONTAINS.</summary>
    internal string ForSqlServer() => string.Join(" AND ", All.Select(t => $"\"{string.Join(' ', t.Words)}{(t.IsBeginning ? "*" : "")}\""));

    private static string Beginning(string word) =>
        string.Concat(word.EnumerateRunes().Take(SqliteSearchIndex.LongestBeginning).Select(r => r.ToString()));

    private static IEnumerable<int> Places(SearchTerm term, List<string> words)
    {
        for (var at = 0; at + term.Folded.Count <= words.Count; at++)
        {
            if (term.Folded.Count == 1 ? term.IsFitting(words[at]) : words.Skip(at).Take(term.Folded.Count).SequenceEqual(term.Folded, StringComparer.Ordinal))
            {
                yield return at;
            }
        }
    }

    private static bool HasSign(string word) => word.EnumerateRunes().Any(r => Rune.IsLetterOrDigit(r) || Rune.IsNumber(r));

    private static int Runes(string word)
    {
        var count = 0;
        foreach (var _ in word.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
