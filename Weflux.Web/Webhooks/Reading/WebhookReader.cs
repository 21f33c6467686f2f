using System.Text.Json;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>
/// Reads a webhook body into everything that it holds: every entry, change, message and status. An item that cannot be
/// read becomes a <see cref="BrokenItem"/> and leaves its neighbours alone.
/// </summary>
public static class WebhookReader
{
    private const string Ours = "whatsapp_business_account";

    /// <param name="body">The raw body.</param>
    /// <param name="receivedAt">When it came (UTC): the time of items that name no plausible one.</param>
    public static ReadDelivery Read(ReadOnlyMemory<byte> body, DateTimeOffset receivedAt)
    {
        try
        {
            using var document = PlatformJson.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !string.Equals(root.Text("object"), Ours, StringComparison.Ordinal))
            {
                return new ReadDelivery([], $"The body is not of the object '{Ours}'.");
            }

            if (root.Member("entry") is not { ValueKind: JsonValueKind.Array } entries)
            {
                return new ReadDelivery([], "The body has no list of entries.");
            }

            var items = new List<WebhookItem>();
            foreach (var entry in entries.EnumerateArray())
            {
                ReadEntry(items, entry, receivedAt);
            }

            return new ReadDelivery(items, null);
        }
        catch (JsonException)
        {
            return new ReadDelivery([], "The body is not JSON.");
        }
    }

    private static void ReadEntry(List<WebhookItem> items, JsonElement entry, DateTimeOffset receivedAt)
    {
        var wabaId = entry.Text("id");
        if (wabaId is null or { Length: > 64 })
        {
            items.Add(new BrokenItem("The entry has no account id."));
            return;
        }

        if (entry.Member("changes") is not { ValueKind: JsonValueKind.Array } changes)
        {
            items.Add(new BrokenItem("The entry has no list of changes."));
            return;
        }

        foreach (var change in changes.EnumerateArray())
        {
            var from = items.Count;
            try
            {
                ReadChange(items, wabaId, entry.Text("time"), change, receivedAt);
            }
            catch (Exception exception) when (exception is InvalidOperationException or FormatException or OverflowException or ArgumentException)
            {
                items.RemoveRange(from, items.Count - from);
                items.Add(new BrokenItem($"The change could not be read ({exception.GetType().Name})."));
            }
        }
    }

    private static void ReadChange(List<WebhookItem> items, string wabaId, string? time, JsonElement change, DateTimeOffset receivedAt)
    {
        var field = change.Text("field");
        if (field is null or { Length: > 80 } || change.Object("value") is not { } value)
        {
            items.Add(new BrokenItem("The change has no field or no value."));
            return;
        }

        var route = new ItemRoute(wabaId, value.Object("metadata")?.Text("phone_number_id"));
        switch (field)
        {
            case "messages":
                ReadMessages(items, route, value, receivedAt);
                break;
            case "user_preferences":
                PersonReader.ReadPreferences(items, route, value);
                break;
            case "user_id_update":
                PersonReader.ReadUserIdChanges(items, route, value);
                break;
            default:
                items.Add(new OtherItem(route, field, change.GetRawText(), time));
                break;
        }
    }

    private static void ReadMessages(List<WebhookItem> items, ItemRoute route, JsonElement value, DateTimeOffset receivedAt)
    {
        var from = items.Count;
        var people = PersonReader.ReadContacts(value);
        foreach (var message in value.Array("messages"))
        {
            items.Add(Guard("message", () => MessageReader.Read(route, message, people, value, receivedAt)));
        }

        foreach (var status in value.Array("statuses"))
        {
            items.Add(Guard("status", () => StatusReader.Read(route, status, receivedAt)));
        }

        if (items.Count == from)
        {
            // Errors of the whole app, or something newer than this program.
            items.Add(new OtherItem(route, "messages", value.GetRawText()));
        }
    }

    private static WebhookItem Guard(string what, Func<WebhookItem> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            return new BrokenItem($"The {what} could not be read ({exception.GetType().Name}).");
        }
    }
}
