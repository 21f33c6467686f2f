using System.Text.Json.Nodes;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;

namespace Weflux.Web.CloudApi;

/// <summary>The objects of a send call for places, contact cards and reactions.</summary>
internal static class PlainBody
{
    public static JsonObject Of(LocationContent location)
    {
        var written = new JsonObject { ["latitude"] = location.Latitude, ["longitude"] = location.Longitude };
        Add(written, "name", location.Name);
        Add(written, "address", location.Address);
        return written;
    }

    /// <summary>An empty emoji takes the reaction back.</summary>
    public static JsonObject Of(ReactionContent reaction) =>
        new() { ["message_id"] = reaction.MessageId, ["emoji"] = reaction.Emoji ?? "" };

    public static JsonArray Of(ContactCardsContent content) => new([.. content.Cards.Select(Card)]);

    private static JsonNode Card(ContactCard card)
    {
        // A whole name alone is not taken: one of its parts must stand beside it.
        var parts = card.Name.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var name = new JsonObject { ["formatted_name"] = card.Name, ["first_name"] = parts.Length > 0 ? parts[0] : card.Name };
        Add(name, "last_name", parts.Length > 1 ? parts[1] : null);
        var written = new JsonObject { ["name"] = name };
        if (card.Phones.Count > 0)
        {
            written["phones"] = new JsonArray([.. card.Phones.Select(Phone)]);
        }

        if (card.Emails.Count > 0)
        {
            written["emails"] = new JsonArray([.. card.Emails.Select(e => (JsonNode)new JsonObject { ["email"] = e })]);
        }

        if (!string.IsNullOrEmpty(card.Organization))
        {
            written["org"] = new JsonObject { ["company"] = card.Organization };
        }

        return written;
    }

    private static JsonNode Phone(string phone)
    {
        var written = new JsonObject { ["phone"] = phone };

        // With it, WhatsApp offers to write to the person.
        Add(written, "wa_id", PhoneNumber.TryParse(phone, out var number) ? number.Digits : null);
        return written;
    }

    private static void Add(JsonObject to, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            to[name] = value;
        }
    }
}
