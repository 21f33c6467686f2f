using System.Globalization;

namespace Weflux.Web.Inbox;

/// <summary>A contact's or colleague's sign where there is no picture: initials on a colour that stays theirs.</summary>
public static class Monogram
{
    /// <summary>How many colours there are; the style sheet names each.</summary>
    public const int Colours = 8;

    /// <summary>At most two letters of the name; a sign for one without letters, such as a number.</summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(w => StringInfo.GetNextTextElement(w.TrimStart('@', '(', '"', '\'')))
            .Where(e => e.Length > 0 && char.IsLetter(e, 0)).ToList();
        var initials = words.Count > 1 ? words[0] + words[^1] : words.FirstOrDefault() ?? "#";
        return initials.ToUpperInvariant();
    }

    /// <summary>The number of the colour that belongs to an id.</summary>
    public static int Colour(long id) => (int)((ulong)id * 2654435761 % Colours);
}
