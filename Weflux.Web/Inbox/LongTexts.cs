using Weflux.Domain;

namespace Weflux.Web.Inbox;

/// <summary>Folds texts that would push the rest of a thread off the screen.</summary>
public static class LongTexts
{
    private const int MostCharacters = 1500;
    private const int MostLines = 20;
    private const int KeptCharacters = 1200;
    private const int KeptLines = 15;

    /// <summary>The beginning of a long text; the whole of one that is not long.</summary>
    public static string Begin(string text)
    {
        if (text.Length <= MostCharacters && Line(text, MostLines) < 0)
        {
            return text;
        }

        var end = Line(text, KeptLines);
        var kept = end >= 0 && end <= KeptCharacters ? text[..end] : text.Cut(KeptCharacters);
        return kept.TrimEnd() + "…";
    }

    /// <summary>Where line number <paramref name="count"/> ends; negative if there are not so many.</summary>
    private static int Line(string text, int count)
    {
        var at = -1;
        for (var i = 0; i < count; i++)
        {
            at = text.IndexOf('\n', at + 1);
            if (at < 0)
            {
                return -1;
            }
        }

        return at;
    }
}
