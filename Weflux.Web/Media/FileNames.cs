using System.Globalization;
using System.Text;
using Weflux.Domain;

namespace Weflux.Web.Media;

/// <summary>Names of files as people gave them, made harmless: no folders, no marks that hide what the name says, and an ending that fits.</summary>
public static class FileNames
{
    public const int MaxLength = 200;
    private const int MostEnding = 10;
    private const string Forbidden = "<>:\"|?*%;";

    // Windows opens devices by these names, whatever ending they have.
    private static readonly string[] Devices = ["con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3"];

    /// <summary>The name without what could do harm; null if nothing of it is left.</summary>
    public static string? Clean(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var last = name.Split('/', '\\')[^1];
        var kept = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                || (rune.IsAscii && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                kept.Append('_');
            }
            else
            {
                kept.Append(rune.ToString());
            }
        }

        // What is no character has been replaced above, and would not have been normalized.
        var clean = WithoutEdges(kept.ToString().Normalize());
        if (clean.Trim('_', ' ').Length == 0)
        {
            return null;
        }

        var stem = clean.Split('.')[0].TrimEnd();
        return Shorten(Devices.Contains(stem, StringComparer.OrdinalIgnoreCase) ? "_" + clean : clean);
    }

    /// <summary>The name with an ending that tells the truth about what is in the file.</summary>
    public static string Fit(string? name, string mimeType, string fallback)
    {
        var clean = Clean(name) ?? fallback;
        var endings = Endings(mimeType);
        return endings.Count == 0 || endings.Any(e => clean.EndsWith(e, StringComparison.OrdinalIgnoreCase)) ? clean : Shorten(clean, endings[0]);
    }

    /// <summary>Endings that names of this type have, the usual one first; none for an unknown type.</summary>
    public static IReadOnlyList<string> Endings(string mimeType) => mimeType switch
    {
        "image/jpeg" => [".jpg", ".jpeg"],
        "image/png" => [".png"],
        "image/webp" => [".webp"],
        "image/gif" => [".gif"],
        "video/mp4" => [".mp4", ".m4v"],
        "video/3gpp" => [".3gp", ".3g2"],
        "audio/aac" => [".aac"],
        "audio/amr" => [".amr"],
        "audio/mpeg" => [".mp3"],
        "audio/mp4" => [".m4a", ".mp4"],
        "audio/ogg" => [".ogg", ".opus", ".oga"],
        "text/plain" => [".txt", ".csv", ".log", ".md", ".vcf", ".ics", ".json"],
        "application/pdf" => [".pdf"],
        "application/msword" => [".doc"],
        "application/vnd.ms-excel" => [".xls"],
        "application/vnd.ms-powerpoint" => [".ppt"],
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => [".docx"],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => [".xlsx"],
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => [".pptx"],
        _ => [],
    };

    private static string Shorten(string name, string added = "")
    {
        if (name.Length + added.Length <= MaxLength)
        {
            return name + added;
        }

        var ending = added.Length > 0 ? added : Path.GetExtension(name) is { Length: <= MostEnding } own ? own : "";
        return WithoutEdges(name.Cut(MaxLength - ending.Length)) + ending;
    }

    // Both at once: behind a dot there may be a space, and behind that another dot.
    private static string WithoutEdges(string name)
    {
        var from = 0;
        var to = name.Length;
        while (from < to && IsEdge(name[from]))
        {
            from++;
        }

        while (to > from && IsEdge(name[to - 1]))
        {
            to--;
        }

        return name[from..to];
    }

    private static bool IsEdge(char mark) => mark == '.' || char.IsWhiteSpace(mark);
}
