using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Weflux.Domain.Team;

/// <summary>
/// A workspace in addresses: 3 to 60 of <c>a-z 0-9 -</c>, beginning and ending with a letter or digit, no two hyphens in a
/// row, and no word that Weflux needs for itself. The default value is no slug.
/// </summary>
public readonly record struct WorkspaceSlug
{
    /// <summary>How many characters it has at least.</summary>
    public const int Shortest = 3;

    /// <summary>How many characters it has at most.</summary>
    public const int Longest = 60;

    private static readonly FrozenSet<string> Reserved = new[]
    {
        "about", "account", "admin", "administrator", "api", "app", "assets", "auth", "billing", "blog", "cdn", "contact", "demo", "demo-two",
        "dev", "docs", "download", "error", "favicon", "forbidden", "framework", "health", "help", "home", "hooks", "hubs", "inbox", "invitation",
        "invite", "legal", "login", "logout", "mail", "meta", "new", "not-found", "null", "oauth", "openapi", "privacy", "public", "root", "security",
        "settings", "sign-in", "sign-out", "sign-up", "simulator", "staging", "start", "static", "status", "support", "system", "terms", "test",
        "undefined", "webhook", "webhooks", "weflux", "whatsapp", "workspace", "workspaces", "www",
    }.ToFrozenSet(StringComparer.Ordinal);

    private WorkspaceSlug(string value) => Value = value;

    /// <summary>The characters; null for the default value.</summary>
    public string? Value { get; }

    /// <summary>Reads a slug as somebody typed it. Case and spaces around it do not matter.</summary>
    /// <returns>What is wrong with it; <see cref="SlugFault.None"/> if nothing is.</returns>
    public static SlugFault Read(string? text, out WorkspaceSlug slug)
    {
        slug = default;
        var value = (text ?? "").Trim().ToLowerInvariant();
        var fault = value.Length < Shortest ? SlugFault.TooShort
            : value.Length > Longest ? SlugFault.TooLong
            : !value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? SlugFault.OtherCharacters
            : value[0] == '-' || value[^1] == '-' || value.Contains("--", StringComparison.Ordinal) ? SlugFault.StrayHyphen
            : Reserved.Contains(value) ? SlugFault.Reserved
            : SlugFault.None;
        if (fault == SlugFault.None)
        {
            slug = new WorkspaceSlug(value);
        }

        return fault;
    }

    /// <summary>Proposes a slug for the name of a business: accents are dropped, everything else that does not fit becomes a hyphen.</summary>
    /// <returns>A slug that <see cref="Read"/> takes; null if the name has too few Latin letters and digits for one.</returns>
    public static string? Suggest(string? name)
    {
        var kept = new StringBuilder();
        foreach (var c in (name ?? "").Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                kept.Append(c);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('\'' or '’') && kept.Length > 0 && kept[^1] != '-')
            {
                kept.Append('-');
            }
        }

        var slug = kept.ToString().Trim('-');
        slug = (slug.Length > Longest ? slug[..Longest] : slug).Trim('-');
        return Read(slug, out _) switch
        {
            SlugFault.None => slug,
            SlugFault.Reserved or SlugFault.TooShort when slug.Length > 0 => $"{slug}-team",
            _ => null,
        };
    }

    /// <summary>The characters; empty for the default value.</summary>
    public override string ToString() => Value ?? "";
}

/// <summary>Why a text is no slug.</summary>
public enum SlugFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Fewer than <see cref="WorkspaceSlug.Shortest"/> characters.</summary>
    TooShort,

    /// <summary>More than <see cref="WorkspaceSlug.Longest"/> characters.</summary>
    TooLong,

    /// <summary>Other characters than <c>a-z 0-9 -</c>.</summary>
    OtherCharacters,

    /// <summary>A hyphen at the beginning or the end, or two in a row.</summary>
    StrayHyphen,

    /// <summary>A word that Weflux needs for itself, or that pretends to be Weflux.</summary>
    Reserved,
}
