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
        var name = Escape(card.Name);
        text.Append("N:;").Append(name).Append(";;;\r\nFN:").Append(name).Append("\r\n");
        if (!string.IsNullOrEmpty(card.Organization))
        {
            text.Append("ORG:").Append(Escape(card.Organization)).Append("\r\n");
        }

        foreach (var phone in card.Phones)
        {
            text.Append("TEL:").Append(Escape(phone)).Append("\r\n");
        }

        foreach (var mail in card.Emails)
        {
            text.Append("EMAIL:").Append(Escape(mail)).Append("\r\n");
        }

        return text.Append("END:VCARD\r\n").ToString();
    }

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
