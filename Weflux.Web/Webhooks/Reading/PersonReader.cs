using System.Text.Json;
using Weflux.Web.CloudApi;
using Weflux.Web.Data;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>Reads who an item speaks of. People are matched to messages by their ids, never by their place in a list.</summary>
internal static class PersonReader
{
    public static IReadOnlyList<HeardPerson> ReadContacts(JsonElement value) =>
        [.. value.Array("contacts").Select(ReadContact).Where(p => p.HasIdentity || p.ProfileName is not null)];

    /// <summary>The sender of a message: the ids on the message itself, completed by the contact that shares one of them.</summary>
    /// <returns>A person without any identity if the message does not say who it is from.</returns>
    public static HeardPerson ReadSender(JsonElement message, IReadOnlyList<HeardPerson> people)
    {
        var from = Id(message.Text("from"));
        var userId = Id(message.Text("from_user_id"));
        var parent = Id(message.Text("from_parent_user_id"));
        if (from is null && userId is null && parent is null)
        {
            return people.Count == 1 ? people[0] : new HeardPerson(null, null, null, null, null);
        }

        var named = (userId is null ? null : people.FirstOrDefault(p => Same(p.UserId, userId)))
            ?? (from is null ? null : people.FirstOrDefault(p => Same(p.WhatsAppId, from) && (userId is null || p.UserId is null)));
        return new HeardPerson(
            from ?? named?.WhatsAppId,
            userId ?? named?.UserId,
            parent ?? named?.ParentUserId,
            named?.ProfileName,
            named?.Username);
    }

    public static void ReadPreferences(List<WebhookItem> items, ItemRoute route, JsonElement value)
    {
        var people = ReadContacts(value);
        foreach (var preference in value.Array("user_preferences"))
        {
            var person = Complete(ReadContact(preference), people);
            var decision = preference.Text("value");
            if (!person.HasIdentity || decision is not ("stop" or "resume"))
            {
                items.Add(new BrokenItem("The preference names no person or no decision."));
            }
            else if (!Same(preference.Text("category") ?? "marketing_messages", "marketing_messages"))
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

            var person = new HeardPerson(Id(update.Text("wa_id")), previous, Id(update.Object("parent_user_id")?.Text("current")), null, null);
            items.Add(person.HasIdentity
                ? new UserIdChangeItem(route, Complete(person, people), current)
                : new BrokenItem("The change of a user id does not say whose."));
        }
    }

    /// <summary>An id that can be one; null otherwise.</summary>
    public static string? Id(string? text) => text is { Length: > 0 and <= PlatformIds.MaxLength } ? text : null;

    private static HeardPerson ReadContact(JsonElement contact)
    {
        var profile = contact.Object("profile");
        return new HeardPerson(
            Id(contact.Text("wa_id")),
            Id(contact.Text("user_id")),
            Id(contact.Text("parent_user_id")),
            profile?.Text("name"),
            profile?.Text("username"));
    }

    private static HeardPerson Complete(HeardPerson person, IReadOnlyList<HeardPerson> people)
    {
        var named = people.FirstOrDefault(p =>
            (person.UserId is not null && Same(p.UserId, person.UserId)) || (person.WhatsAppId is not null && Same(p.WhatsAppId, person.WhatsAppId)));
        return person with { ProfileName = named?.ProfileName, Username = named?.Username };
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.Ordinal);
}
