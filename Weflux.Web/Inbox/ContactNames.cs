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

    /// <summary>What a message says as the reader may see it: the platform's notices spell out numbers.</summary>
    public static MessageContent Show(MessageContent content, bool seesNumbers) =>
        content is SystemContent notice && !seesNumbers ? notice with { Body = "", NewWhatsAppId = null } : content;
}
