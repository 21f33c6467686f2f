using System.Text.Json;
using Weflux.Domain.Contacts;
using Weflux.Web.CloudApi;
using Weflux.Web.Data;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>Reads who an item speaks of. People are matched to messages by their ids, never by their place in a list.</summary>
internal static class PersonReader
{
    public static HeardPeople ReadContacts(JsonElement value) => new(
        [.. value.Array("contacts").Select(ReadContact).Where(p => p.HasIdentity || p.ProfileName is not null)],
        value.Array("messages").Select(m => (m.Text("from"), m.Text("from_user_id"))).Distinct().Take(2).Count() == 1);

    /// <summary>The sender of a message: the ids on the message itself, completed by the contact that shares one of them.</summary>
    /// <returns>A person without any identity if the message does not say who it is from.</returns>
    public static HeardPerson ReadSender(JsonElement message, HeardPeople people)
    {
        var from = WhatsAppId(message.Text("from"));
        var userId = Id(message.Text("from_user_id"));
        if (IsUserId(from))
        {
            (from, userId) = (null, userId ?? from);
        }

        var parent = Id(message.Text("from_parent_user_id"));
        if (message.Object("system") is { } change)
        {
            userId = Before(change, userId, "user_id", "previous_user_id");
            parent = Before(change, parent, "parent_user_id", "previous_parent_user_id");
        }

        if (from is null && userId is null && parent is null)
        {
            return people.Only ?? new HeardPerson(null, null, null, null, null);
        }

        var named = people.Find(userId, from);
        var profile = named ?? people.OnlyNameFor(userId);
        return new HeardPerson(
            from ?? named?.WhatsAppId,
            userId ?? named?.UserId,
            parent ?? named?.ParentUserId,
            profile?.ProfileName,
            profile?.Username);
    }

    /// <summary>Whom a message of the business was sent to.</summary>
    /// <returns>A person without any identity if the message does not say.</returns>
    public static HeardPerson ReadRecipient(JsonElement message, HeardPeople people)
    {
        var (to, userId) = (WhatsAppId(message.Text("to")), Id(message.Text("to_user_id")));
        if (IsUserId(to))
        {
            (to, userId) = (null, userId ?? to);
        }

        var named = people.Find(userId, to);
        return new HeardPerson(
            to ?? named?.WhatsAppId,
            userId ?? named?.UserId,
            Id(message.Text("to_parent_user_id")) ?? named?.ParentUserId,
            named?.ProfileName,
            named?.Username);
    }

    /// <summary>A notice of a change speaks of the person as known before it: under the new id nobody would be found.</summary>
    private static string? Before(JsonElement change, string? named, string current, string previous) =>
        Id(change.Text(previous)) ?? (Same(named, Id(change.Text(current))) ? null : named);

    public static void ReadPreferences(List<WebhookItem> items, ItemRoute route, JsonElement value)
    {
        var people = ReadContacts(value);
        foreach (var preference in value.Array("user_preferences"))
        {
            var person = Complete(ReadContact(preference), people);
            var decision = preference.Text("value");
            if (!person.HasIdentity || decision is null)
            {
                items.Add(new BrokenItem("The preference names no person or no decision."));
            }
            else if (decision is not ("stop" or "resume") || !Same(preference.Text("category") ?? "marketing_messages", "marketing_messages"))
            {
                items.Add(new OtherItem(route, "user_preferences", preference.GetRawText()));
            }
            else
            {
                items.Add(new MarketingPreferenceItem(
                    route, person, Same(decision, "stop"), preference.Text("detail") ?? "", preference.Time("timestamp")));
            }
        }
    }

    public static void ReadUserIdChanges(List<WebhookItem> items, ItemRoute route, JsonElement value)
    {
        var people = ReadContacts(value);
        foreach (var update in value.Array("user_id_update"))
        {
            var previous = Id(update.Object("user_id")?.Text("previous"));
            var current = Id(update.Object("user_id")?.Text("current"));
            if (current is null)
            {
                items.Add(new BrokenItem("The change of a user id does not say the new one."));
                continue;
            }

            var person = new HeardPerson(WhatsAppId(update.Text("wa_id")), previous, Id(update.Object("parent_user_id")?.Text("current")), null, null);
            items.Add(person.HasIdentity
                ? new UserIdChangeItem(route, Complete(person, people), current)
                : new BrokenItem("The change of a user id does not say whose."));
        }
    }

    /// <summary>
    /// An id that can be one; null otherwise. Databases do not agree on whether space at the end and control characters
    /// make another id, and what was no character was replaced, so none of these stands in an id.
    /// </summary>
    public static string? Id(string? text) =>
        text is { Length: > 0 and <= PlatformIds.MaxLength }
        && !char.IsWhiteSpace(text[^1])
        && !text.Any(c => char.IsControl(c) || c == '\uFFFD')
            ? text
            : null;

    /// <summary>An id of WhatsApp: the digits, if it is a number in whatever spelling.</summary>
    public static string? WhatsAppId(string? text) => PhoneNumber.TryParse(text, out var number) ? number.Digits : Id(text);

    /// <summary>Whether a user id stands where a number is expected: a country, a dot and the rest.</summary>
    private static bool IsUserId(string? text) =>
        text is { Length: > 3 } && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && text[2] == '.';

    private static HeardPerson ReadContact(JsonElement contact)
    {
        var profile = contact.Object("profile");
        return new HeardPerson(
            WhatsAppId(contact.Text("wa_id")),
            Id(contact.Text("user_id")),
            Id(contact.Text("parent_user_id")),
            profile?.Text("name"),
            profile?.Text("username"));
    }

    private static HeardPerson Complete(HeardPerson person, HeardPeople people)
    {
        var named = people.Find(person.UserId, person.WhatsAppId);
        return person with { ProfileName = named?.ProfileName, Username = named?.Username };
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.Ordinal);
}

/// <summary>The people whom a value names, found by their ids: a body can name thousands.</summary>
/// <param name="all">Who is named.</param>
/// <param name="isOfOneSender">Whether all messages beside them have the same sender.</param>
internal sealed class HeardPeople(IReadOnlyList<HeardPerson> all, bool isOfOneSender)
{
    private readonly ILookup<string, HeardPerson> _byUserId = all.Where(p => p.UserId is not null).ToLookup(p => p.UserId!, StringComparer.Ordinal);
    private readonly ILookup<string, HeardPerson> _byWhatsAppId =
        all.Where(p => p.WhatsAppId is not null).ToLookup(p => p.WhatsAppId!, StringComparer.Ordinal);

    /// <summary>The one person, if there is only one.</summary>
    public HeardPerson? Only => all.Count == 1 ? all[0] : null;

    /// <summary>
    /// Whose name is the only sender's, although no id is shared: the platform says that a number and the id that it
    /// stands beside may differ. Null for somebody else: who has another user id, or one of several.
    /// </summary>
    public HeardPerson? OnlyNameFor(string? userId) => isOfOneSender && Only is { } only && (userId is null || only.UserId is null) ? only : null;

    /// <summary>Who has this user id; else who has this number and no other user id. Null for nobody.</summary>
    public HeardPerson? Find(string? userId, string? whatsAppId) =>
        (userId is null ? null : _byUserId[userId].FirstOrDefault())
        ?? (whatsAppId is null ? null : _byWhatsAppId[whatsAppId].FirstOrDefault(p => userId is null || p.UserId is null));
}
