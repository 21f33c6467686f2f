namespace Weflux.Web.Audit;

/// <summary>Lines of CSV that a spreadsheet shows and never computes.</summary>
internal static class Csv
{
    private const string Starters = "=+-@\t\r\n|";

    public static string Line(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    // A cell that begins like a formula gets an apostrophe in front, also behind spaces that a spreadsheet trims.
    private static string Cell(string? text)
    {
        var value = text ?? "";
        var first = value.AsSpan().TrimStart(' ');
        var safe = first.Length > 0 && Starters.Contains(first[0], StringComparison.Ordinal) ? $"'{value}" : value;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
