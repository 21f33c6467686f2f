using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Media;

namespace Weflux.Web.Inbox;

/// <summary>What to call a contact on a screen.</summary>
public static class ContactNames
{
    /// <summary>The name, else the number as the reader may see it, else words that say that neither is known.</summary>
    public static string Show(string name, PhoneNumber? phone, bool seesNumbers) =>
        name.Length > 0 ? Show(name, seesNumbers)
        : phone is { } number ? (seesNumbers ? number.E164 : number.Masked)
        : "Unknown customer";

    /// <summary>A name as the reader may see it: many a profile is called by its number.</summary>
    public static string Show(string name, bool seesNumbers) => seesNumbers ? name : PhoneNumber.MaskIn(name);

    /// <summary>Whether a contact may be found by words of its names: whoever does not see a number in them does not find by its digits either.</summary>
    public static bool MayFind(Contact contact, IEnumerable<string> words, bool seesNumbers)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (seesNumbers || words.Where(w => w.Any(char.IsDigit)).ToList() is not { Count: > 0 } numbers)
        {
            return true;
        }

        var shown = NameWords.Of(Show(contact.GivenName ?? "", seesNumbers), Show(contact.ProfileName, seesNumbers), Show(contact.Username ?? "", seesNumbers));
        return numbers.TrueForAll(n => shown.Any(s => s.StartsWith(n, StringComparison.Ordinal)));
    }

    /// <summary>What a message says as the reader may see it: the platform's notices, and a card that tells the customer's own number, spell out numbers.</summary>
    public static MessageContent Show(MessageContent content, bool seesNumbers) => content switch
    {
        DocumentContent { FileName: { } name } document => document with { FileName = FileNames.Clean(name) },
        EditContent edit => edit with { Content = Show(edit.Content, seesNumbers) },
        _ when seesNumbers => content,
        SystemContent notice => notice with { Body = "", NewWhatsAppId = null },
        ContactCardsContent { IsOwnNumber: true } own => own with { Cards = [.. own.Cards.Select(Mask)] },
        _ => content,
    };

    /// <summary>Who said something in a group, as the reader may see it.</summary>
    public static string Show(GroupParticipant participant, bool seesNumbers) =>
        Show(participant.Name ?? "", PhoneNumber.TryParse(participant.WhatsAppId, out var number) ? number : null, seesNumbers);

    /// <summary>What a message refers to; the number of who said it in a group stays where it is.</summary>
    public static MessageContext? Show(MessageContext? context, bool seesNumbers) =>
        seesNumbers || context?.Participant is null ? context : context with { Participant = context.Participant with { WhatsAppId = null } };

    private static ContactCard Mask(ContactCard card) => card with
    {
        Name = PhoneNumber.MaskIn(card.Name),
        Phones = [.. card.Phones.Select(p => PhoneNumber.TryParse(p, out var number) ? number.Masked : "•••")],
    };
}
