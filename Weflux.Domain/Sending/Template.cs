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
        var names = new List<string>();
        for (var at = Body.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = Body.IndexOf("{{", at + 2, StringComparison.Ordinal))
        {
            var end = Body.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            var name = Body[(at + 2)..end].Trim();
            if (name.Length > 0 && !names.Contains(name, StringComparer.Ordinal))
            {
                names.Add(name);
            }
        }

        return HasNamedParameters
            ? names
            : [.. names.OrderBy(n => int.TryParse(n, System.Globalization.CultureInfo.InvariantCulture, out var i) ? i : int.MaxValue)];
    }

    /// <summary>The body as the customer will read it.</summary>
    /// <param name="values">One value for each of <see cref="Variables"/>, in that order.</param>
    /// <exception cref="ArgumentException">The number of values is not the number of variables.</exception>
    public string Render(IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var names = Variables();
        if (values.Count != names.Count)
        {
            throw new ArgumentException($"The template has {names.Count} variables, not {values.Count}.", nameof(values));
        }

        var text = new System.Text.StringBuilder();
        var from = 0;
        for (var at = Body.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = Body.IndexOf("{{", from, StringComparison.Ordinal))
        {
            var end = Body.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            var index = IndexOf(names, Body[(at + 2)..end].Trim());
            text.Append(Body, from, at - from).Append(index < 0 ? Body[at..(end + 2)] : values[index]);
            from = end + 2;
        }

        return text.Append(Body, from, Body.Length - from).ToString();
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
