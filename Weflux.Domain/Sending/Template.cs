namespace Weflux.Domain.Sending;

/// <summary>What a template is for, by the platform's rules and prices.</summary>
public enum TemplateCategory
{
    /// <summary>Offers and news: needs marketing consent.</summary>
    Marketing = 1,

    /// <summary>About something the customer did or asked for.</summary>
    Utility = 2,

    /// <summary>One-time codes.</summary>
    Authentication = 3,
}

/// <summary>A pre-approved message, which may be sent outside the service window.</summary>
/// <param name="Name">Its name, of <c>a-z 0-9 _</c>.</param>
/// <param name="Language">Its language code; <c>en</c> and <c>en_US</c> are different templates.</param>
/// <param name="Category">What it is for.</param>
/// <param name="Status">The platform's word; only <c>APPROVED</c> may be sent.</param>
/// <param name="Header">The words above the body; null if none.</param>
/// <param name="Body">The body, with <c>{{1}}</c> or <c>{{name}}</c> where its variables go.</param>
/// <param name="Footer">The words below; null if none.</param>
/// <param name="Buttons">The labels of its buttons.</param>
/// <param name="HasNamedParameters">Whether its variables have names instead of positions.</param>
/// <param name="NeedsMore">Whether it needs values that are not in its body: header media, header variables, button values.</param>
public sealed record Template(
    string Name,
    string Language,
    TemplateCategory Category,
    string Status,
    string? Header,
    string Body,
    string? Footer,
    IReadOnlyList<string> Buttons,
    bool HasNamedParameters,
    bool NeedsMore)
{
    /// <summary>Whether the platform would take it now.</summary>
    public bool IsApproved => string.Equals(Status, "APPROVED", StringComparison.Ordinal);

    /// <summary>The names of the body's variables in the order in which they are filled: by number if they are positions, else by first appearance.</summary>
    public IReadOnlyList<string> Variables()
    {
        var names = Places().Select(p => p.Name).Distinct(StringComparer.Ordinal);
        return HasNamedParameters
            ? [.. names]
            : [.. names.OrderBy(n => int.TryParse(n, System.Globalization.CultureInfo.InvariantCulture, out var i) ? i : int.MaxValue)];
    }

    /// <summary>The body as the customer will read it.</summary>
    /// <param name="values">One value for each of <see cref="Variables"/>, in that order.</param>
    /// <exception cref="ArgumentException">The number of values is not the number of variables.</exception>
    public string Render(IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] names = [.. Variables()];
        if (values.Count != names.Length)
        {
            throw new ArgumentException($"The template has {names.Length} variables, not {values.Count}.", nameof(values));
        }

        var text = new System.Text.StringBuilder();
        var from = 0;
        foreach (var (start, end, name) in Places())
        {
            text.Append(Body, from, start - from).Append(values[Array.IndexOf(names, name)]);
            from = end;
        }

        return text.Append(Body, from, Body.Length - from).ToString();
    }

    // A name holds no brace, so that "{{{1}}}" is the variable 1 in braces, and what is broken stays as it is written.
    private IEnumerable<(int Start, int End, string Name)> Places()
    {
        for (var close = Body.IndexOf("}}", StringComparison.Ordinal); close >= 0; close = Body.IndexOf("}}", close + 2, StringComparison.Ordinal))
        {
            var open = Body.AsSpan(0, close).LastIndexOf("{{");
            var name = open < 0 ? "" : Body[(open + 2)..close].Trim();
            if (name.Length > 0 && !name.AsSpan().ContainsAny('{', '}'))
            {
                yield return (open, close + 2, name);
            }
        }
    }
}
