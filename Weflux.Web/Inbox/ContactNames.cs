using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox;

/// <summary>What to call a contact on a screen.</summary>
public static class ContactNames
{
    /// <summary>The name, else the number as the reader may see it, else words that say that neither is known.</summary>
    public static string Show(string name, PhoneNumber? phone, bool seesNumbers) =>
        name.Length > 0 ? name
        : phone is { } number ? (seesNumbers ? number.E164 : number.Masked)
        : "Unknown customer";

    /// <summary>What a message says as the reader may see it: the platform's notices, and a card that tells the customer's own number, spell out numbers.</summary>
    public static MessageContent Show(MessageContent content, bool seesNumbers) => content switch
    {
        _ when seesNumbers => content,
        SystemContent notice => notice with { Body = "", NewWhatsAppId = null },
        ContactCardsContent { IsOwnNumber: true } own => own with { Cards = [.. own.Cards.Select(Mask)] },
        _ => content,
    };

    private static ContactCard Mask(ContactCard card) => card with
    {
        Phones = [.. card.Phones.Select(p => PhoneNumber.TryParse(p, out var number) ? number.Masked : "•••")],
    };
}
