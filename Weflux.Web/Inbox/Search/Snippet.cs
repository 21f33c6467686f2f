namespace Weflux.Web.Inbox.Search;

/// <summary>A piece of what is shown of a text.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="IsMarked">Whether it is what was looked for.</param>
public readonly record struct SnippetPart(string Text, bool IsMarked);

/// <summary>The part of a text in which something was found, with what was found marked.</summary>
public static class Snippet
{
    private const int Before = 60;
    private const int Length = 220;
    private const string Gap = "…";

    /// <param name="text">The text as the reader may see it.</param>
    /// <param name="terms">What was looked for.</param>
    public static IReadOnlyList<SnippetPart> Of(string text, SearchTerms terms)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(terms);
        var tokens = SearchTokens.Of(text).ToList();
        var marked = terms.Marked(tokens).Order().Select(i => tokens[i]).ToList();
        var (from, to) = Cut(text, tokens, marked.Count > 0 ? marked[0].Start : 0);
        var parts = new List<SnippetPart>();
        Add(parts, from > 0 ? Gap : "", isMarked: false);
        var at = from;
        foreach (var token in marked.Where(t => t.Start >= from && t.Start < to))
        {
            var end = Math.Min(token.Start + token.Length, to);
            Add(parts, text[at..token.Start], isMarked: false);
            Add(parts, text[token.Start..end], isMarked: true);
            at = end;
        }

        Add(parts, text[at..to], isMarked: false);
        Add(parts, to < text.Length ? Gap : "", isMarked: false);
        return parts;
    }

    /// <summary>From the beginning of a word to the end of one, unless a word is longer than there is room.</summary>
    private static (int From, int To) Cut(string text, List<SearchToken> tokens, int found)
    {
        var from = found <= Before ? 0 : tokens.Find(t => t.Start >= found - Before) is { Length: > 0 } first ? first.Start : found;
        if (text.Length - from <= Length)
        {
            return (from, text.Length);
        }

        var last = tokens.FindLast(t => t.Start >= from && t.Start + t.Length <= from + Length);
        var to = last.Length > 0 && last.Start + last.Length > found ? last.Start + last.Length : from + Length;
        return (from, char.IsHighSurrogate(text[to - 1]) ? to - 1 : to);
    }

    private static void Add(List<SnippetPart> parts, string text, bool isMarked)
    {
        if (text.Length > 0)
        {
            parts.Add(new SnippetPart(text, isMarked));
        }
    }
}
