using System.Text.Json;
using Weflux.Domain.Conversations;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>Reads address-book cards.</summary>
internal static class CardReader
{
    /// <summary>More cards or lines than a person sends in one message; the rest stays in the message as it came.</summary>
    private const int MostParts = 300;

    private static readonly string[] NameParts = ["formatted_name", "prefix", "first_name", "middle_name", "last_name", "suffix"];

    private static readonly string[] AddressParts = ["street", "city", "state", "zip", "country", "country_code", "type"];

    public static ContactCardsContent? Read(JsonElement message)
    {
        var cards = message.Array("contacts").Take(MostParts).ToList();
        return cards.Count == 0
            ? null
            : new ContactCardsContent(
                [.. cards.Select(ReadCard)],
                cards.TrueForAll(card => string.Equals(card.Text("origin"), "contact_request", StringComparison.Ordinal)));
    }

    /// <summary>Whether the cards have members that are not kept.</summary>
    public static bool HasUnknown(JsonElement message) =>
        message.Array("contacts").Skip(MostParts).Any()
        || message.Array("contacts").Any(card =>
            card.HasOthersThan("name", "phones", "emails", "org", "origin", "addresses", "urls", "birthday")
            || (card.Object("name")?.HasOthersThan(NameParts) ?? false)
            || (card.Object("org")?.HasOthersThan("company", "department", "title") ?? false)
            || card.Array("phones").Any(p => p.HasOthersThan("phone", "wa_id", "type"))
            || card.Array("emails").Any(e => e.HasOthersThan("email", "type"))
            || card.Array("urls").Any(u => u.HasOthersThan("url", "type"))
            || card.Array("addresses").Any(a => a.HasOthersThan(AddressParts)));

    private static ContactCard ReadCard(JsonElement card)
    {
        var (name, org) = (card.Object("name"), card.Object("org"));
        var parts = name is { } n
            ? new CardName(n.Text("prefix"), n.Text("first_name"), n.Text("middle_name"), n.Text("last_name"), n.Text("suffix"))
            : null;
        var more = new CardDetails(
            [.. card.Array("addresses").Take(MostParts).Select(ReadAddress).Where(a => a.Text.Length > 0)],
            Texts(card, "urls", u => u.Text("url")),
            card.Text("birthday"),
            org?.Text("department"),
            org?.Text("title"),
            parts == new CardName(null, null, null, null, null) ? null : parts);
        var isEmpty = more is { Addresses.Count: 0, Urls.Count: 0, Birthday: null, Department: null, Title: null, NameParts: null };
        return new ContactCard(
            name is { } whole ? NameOf(whole) : "",
            Texts(card, "phones", p => p.Text("phone") ?? p.Text("wa_id")),
            Texts(card, "emails", e => e.Text("email")),
            org?.Text("company"),
            isEmpty ? null : more);
    }

    private static CardAddress ReadAddress(JsonElement address) => new(
        address.Text("street"), address.Text("city"), address.Text("state"), address.Text("zip"), address.Text("country") ?? address.Text("country_code"));

    private static IReadOnlyList<string> Texts(JsonElement card, string list, Func<JsonElement, string?> read) =>
        [.. card.Array(list).Take(MostParts).Select(read).OfType<string>()];

    private static string NameOf(JsonElement name) =>
        name.Text("formatted_name") ?? string.Join(' ', NameParts.Select(part => name.Text(part)).OfType<string>());
}
