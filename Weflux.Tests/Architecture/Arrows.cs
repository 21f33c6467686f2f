namespace Weflux.Tests.Architecture;

/// <summary>The arrows between folders that a set of uses makes, and what a table says of them.</summary>
internal sealed class Arrows(string root, IEnumerable<TypeUse> uses)
{
    private readonly ILookup<string, TypeUse> _byArrow = uses
        .Where(u => Folder(root, u.From) is not null && Folder(root, u.To) is not null && Folder(root, u.From) != Folder(root, u.To))
        .ToLookup(u => $"{Folder(root, u.From)} → {Folder(root, u.To)}", StringComparer.Ordinal);

    /// <summary>Every use that crosses from one folder to another.</summary>
    public IEnumerable<TypeUse> Uses => _byArrow.SelectMany(a => a);

    public IReadOnlyList<string> All => [.. _byArrow.Select(a => a.Key).Order(StringComparer.Ordinal)];

    /// <summary>Every arrow that is not in the table, with the types that make it.</summary>
    public IReadOnlyList<string> Forbidden(IEnumerable<string> table) =>
    [
        .. All.Except(table, StringComparer.Ordinal)
            .SelectMany(arrow => _byArrow[arrow].Select(use => $"{arrow} is not in the table: {use.From} uses {use.To}")),
    ];

    /// <summary>Every row of the table that nothing needs any more.</summary>
    public IReadOnlyList<string> Unused(IEnumerable<string> table) => [.. table.Except(All, StringComparer.Ordinal)];

    private static string? Folder(string root, string type)
    {
        if (!type.StartsWith(root + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = type[(root.Length + 1)..];
        var end = rest.IndexOf('.', StringComparison.Ordinal);
        return end < 0 ? null : rest[..end];
    }
}
