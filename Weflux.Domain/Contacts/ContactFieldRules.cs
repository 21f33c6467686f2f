using System.Globalization;
using System.Text;

namespace Weflux.Domain.Contacts;

/// <summary>What kind of fact a field of contacts holds.</summary>
public enum ContactFieldType
{
    /// <summary>One line of text.</summary>
    Text = 1,

    /// <summary>A number.</summary>
    Number = 2,

    /// <summary>A day.</summary>
    Date = 3,

    /// <summary>Yes or no.</summary>
    YesNo = 4,

    /// <summary>One of a list.</summary>
    Choice = 5,

    /// <summary>An address on the web.</summary>
    Link = 6,
}

/// <summary>Why something cannot be the value of a field.</summary>
public enum FieldFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>It is longer than may be.</summary>
    TooLong,

    /// <summary>It holds line breaks or other control characters.</summary>
    Controls,

    /// <summary>It is no number.</summary>
    NoNumber,

    /// <summary>It is no day.</summary>
    NoDate,

    /// <summary>It is neither yes nor no.</summary>
    NoYesNo,

    /// <summary>It is not in the list.</summary>
    NotInList,

    /// <summary>It is no address that begins with http:// or https://.</summary>
    NoLink,
}

/// <summary>What may stand in a field of contacts, and how it is kept.</summary>
public static class ContactFieldRules
{
    /// <summary>The most UTF-16 units of a value.</summary>
    public const int ValueLength = 500;

    /// <summary>The most UTF-16 units of a field's name, or of a stage's.</summary>
    public const int NameLength = 60;

    /// <summary>The most characters of a key.</summary>
    public const int KeyLength = 40;

    /// <summary>The most choices of a list.</summary>
    public const int MostChoices = 50;

    /// <summary>The most UTF-16 units of a choice.</summary>
    public const int ChoiceLength = 60;

    /// <summary>The most fields, and the most stages, of a workspace that are in use.</summary>
    public const int MostFields = 60;

    /// <summary>The value that stands for yes.</summary>
    public const string Yes = "yes";

    /// <summary>The value that stands for no.</summary>
    public const string No = "no";

    /// <summary>Reads what was typed into a field.</summary>
    /// <param name="type">What the field holds.</param>
    /// <param name="choices">The list, for one of a list.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="value">How it is kept: numbers with a point, days as 2026-05-04; empty for nothing.</param>
    public static FieldFault Read(ContactFieldType type, IReadOnlyList<string> choices, string? typed, out string value)
    {
        ArgumentNullException.ThrowIfNull(choices);
        value = "";
        var text = (typed ?? "").Trim();
        if (text.Length == 0 || text.IsBlank())
        {
            return FieldFault.None;
        }

        var fault = PlainName.Read(text, ValueLength, out var plain) switch
        {
            NameFault.TooLong => FieldFault.TooLong,
            NameFault.None => ReadTyped(type, choices, plain, ref value),
            _ => FieldFault.Controls,
        };
        return fault;
    }

    /// <summary>The key that is proposed for a name: its Latin letters and digits with hyphens; empty if it has none.</summary>
    /// <param name="name">The name.</param>
    public static string KeyOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var key = string.Join('-', NameWords.Of(name).Select(w => string.Concat(w.Where(char.IsAsciiLetterOrDigit))).Where(w => w.Length > 0));
        return key.Cut(KeyLength).Trim('-');
    }

    /// <summary>Whether programs can use a key: small Latin letters, digits and hyphens, a letter or digit first.</summary>
    /// <param name="key">The key.</param>
    public static bool IsKey(string? key) => key is { Length: > 0 and <= KeyLength }
        && char.IsAsciiLetterOrDigit(key[0])
        && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    private static FieldFault ReadTyped(ContactFieldType type, IReadOnlyList<string> choices, string text, ref string value)
    {
        switch (type)
        {
            case ContactFieldType.Text:
                value = text;
                return FieldFault.None;
            case ContactFieldType.Number:
                return Keep(ReadNumber(text), FieldFault.NoNumber, ref value);
            case ContactFieldType.Date:
                return Keep(DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null, FieldFault.NoDate, ref value);
            case ContactFieldType.YesNo:
                return Keep(text is Yes or No ? text : null, FieldFault.NoYesNo, ref value);
            case ContactFieldType.Choice:
                return Keep(choices.FirstOrDefault(c => string.Equals(c, text, StringComparison.Ordinal)), FieldFault.NotInList, ref value);
            default:
                return Keep(ReadLink(text), FieldFault.NoLink, ref value);
        }
    }

    private static FieldFault Keep(string? read, FieldFault fault, ref string value)
    {
        value = read ?? "";
        return read is null ? fault : FieldFault.None;
    }

    // A comma may be a decimal sign or part numbers into thousands. Nobody guesses: it is refused.
    private static string? ReadNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string? ReadLink(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0
        && uri.AbsoluteUri.Length <= ValueLength
            ? uri.AbsoluteUri
            : null;
}

/// <summary>A word that people put on contacts.</summary>
public static class ContactTagRules
{
    /// <summary>The most UTF-16 units of a tag.</summary>
    public const int TagLength = 40;

    /// <summary>The most tags of one contact.</summary>
    public const int MostTags = 30;

    /// <summary>How tags are compared: small letters, one space between words. Null if it is no tag.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="shown">The tag as it is shown.</param>
    public static string? Read(string? typed, out string shown)
    {
        shown = "";
        var text = string.Join(' ', (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('#').Trim();
        if (PlainName.Read(text, TagLength, out var plain) != NameFault.None || plain.Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        // Half a surrogate pair becomes the replacement character, which every database can hold.
        shown = string.Concat(plain.EnumerateRunes().Select(r => r.ToString()));
        return shown.Normalize(NormalizationForm.FormC).ToLowerInvariant().Cut(TagLength);
    }
}
