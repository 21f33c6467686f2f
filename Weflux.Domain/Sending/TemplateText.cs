namespace Weflux.Domain.Sending;

/// <summary>Words with variables in them, such as <c>Hi {{1}}</c>.</summary>
public static class TemplateText
{
    /// <summary>The names of the variables, each once: by first appearance if they are names, else by number.</summary>
    public static IReadOnlyList<string> Names(string text, bool named)
    {
        ArgumentNullException.ThrowIfNull(text);
        var names = Places(text).Select(p => p.Name).Distinct(StringComparer.Ordinal);
        return named ? [.. names] : [.. names.OrderBy(Number)];
    }

    /// <summary>The words with each variable replaced. What stands in a value is never replaced again.</summary>
    public static string Fill(string text, Func<string, string> value)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(value);
        var filled = new System.Text.StringBuilder();
        var from = 0;
        foreach (var (start, end, name) in Places(text))
        {
            filled.Append(text, from, start - from).Append(value(name));
            from = end;
        }

        return filled.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Where the variables are. A name holds no brace, so that "{{{1}}}" is the variable 1 in braces, and what is broken stays as it is written.</summary>
    internal static IEnumerable<(int Start, int End, string Name)> Places(string text)
    {
        for (var close = text.IndexOf("}}", StringComparison.Ordinal); close >= 0; close = text.IndexOf("}}", close + 2, StringComparison.Ordinal))
        {
            var open = text.AsSpan(0, close).LastIndexOf("{{");
            var name = open < 0 ? "" : text[(open + 2)..close].Trim();
            if (name.Length > 0 && !name.AsSpan().ContainsAny('{', '}'))
            {
                yield return (open, close + 2, name);
            }
        }
    }

    private static int Number(string name) =>
        int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
