using System.Globalization;
using System.Text;
using Weflux.Domain;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox.Bubbles;

/// <summary>A contact card as a file that address books read (vCard 3.0, RFC 2426).</summary>
public static class VCard
{
    private const int LongestName = 60;

    /// <summary>The file as an address that the browser saves without asking anybody.</summary>
    public static string Address(ContactCard card) => "data:text/vcard;charset=utf-8," + Uri.EscapeDataString(Write(card));

    public static string FileName(ContactCard card)
    {
        var name = string.Concat(card.Name.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Trim().Cut(LongestName);
        return $"{(name.Length > 0 ? name : "contact")}.vcf";
    }

    public static string Write(ContactCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var text = new StringBuilder("BEGIN:VCARD\r\nVERSION:3.0\r\n");
        var name = Called(card);
        if (card.More?.NameParts is { } parts)
        {
            Add(text, "N", parts.Last, parts.First, parts.Middle, parts.Prefix, parts.Suffix);
        }
        else
        {
            Add(text, "N", "", name, "", "", "");
        }

        Add(text, "FN", name);
        if (!string.IsNullOrEmpty(card.Organization) || !string.IsNullOrEmpty(card.More?.Department))
        {
            Add(text, "ORG", card.More?.Department is { Length: > 0 } department ? [card.Organization, department] : [card.Organization]);
        }

        foreach (var phone in card.Phones)
        {
            text.Append("TEL:").Append(Escape(phone)).Append("\r\n");
        }

        foreach (var mail in card.Emails)
        {
            text.Append("EMAIL:").Append(Escape(mail)).Append("\r\n");
        }

        if (card.More is { } more)
        {
            AddMore(text, more);
        }

        return text.Append("END:VCARD\r\n").ToString();
    }

    private static void AddMore(StringBuilder text, CardDetails more)
    {
        if (!string.IsNullOrEmpty(more.Title))
        {
            Add(text, "TITLE", more.Title);
        }

        foreach (var address in more.Addresses)
        {
            Add(text, "ADR", "", "", address.Street, address.City, address.State, address.Zip, address.Country);
        }

        foreach (var url in more.Urls)
        {
            Add(text, "URL", url);
        }

        // Anything but a date would spoil the whole card for some address books.
        if (DateOnly.TryParseExact(more.Birthday, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birthday))
        {
            Add(text, "BDAY", birthday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    // Address books refuse a card that calls nobody anything.
    private static string Called(ContactCard card) => new[] { card.Name, card.Organization ?? "" }.Concat(card.Phones).Concat(card.Emails)
        .FirstOrDefault(name => !name.IsBlank()) ?? "Contact without a name";

    private static void Add(StringBuilder text, string property, params string?[] values) =>
        text.Append(property).Append(':').AppendJoin(';', values.Select(v => Escape(v ?? ""))).Append("\r\n");

    // What a stranger wrote must stay in its line: a line break would begin another field.
    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value.ReplaceLineEndings("\n"))
        {
            _ = c switch
            {
                '\\' or ',' or ';' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                _ when char.IsControl(c) => text.Append(' '),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }
}
