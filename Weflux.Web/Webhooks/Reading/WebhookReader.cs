using System.Text.Json;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>
/// Reads a webhook body into everything that it holds: every entry, change, message and status. An item that cannot be
/// read becomes a <see cref="BrokenItem"/> and leaves its neighbours alone.
/// </summary>
public static class WebhookReader
{
    /// <summary>The platform puts at most 1,000 updates into a body. What holds so many more was made to keep us busy.</summary>
    public const int MostItems = 20_000;

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

            return items.Count <= MostItems
                ? new ReadDelivery(items, null)
                : new ReadDelivery([], $"The body holds more than {MostItems} items, which WhatsApp never sends.");
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

        // Events for partners come under the partner's own id and name the account inside.
        var account = field == "account_update" && value.Object("waba_info")?.Text("waba_id") is { Length: <= 64 } named ? named : wabaId;
        var route = new ItemRoute(account, value.Object("metadata")?.Text("phone_number_id"));
        var from = items.Count;
        switch (field)
        {
            case "messages":
                ReadMessages(items, route, value, receivedAt);
                break;
            case "smb_message_echoes" or "message_echoes":
                ReadList(items, value, "message_echoes", EchoReader.Of(route, value, receivedAt));
                break;
            case "history":
                HistoryReader.Read(items, route, value, receivedAt);
                break;
            case "user_preferences":
                PersonReader.ReadPreferences(items, route, value);
                break;
            case "user_id_update":
                PersonReader.ReadUserIdChanges(items, route, value);
                break;
        }

        if (items.Count == from)
        {
            // What no screen shows yet: other fields, errors of the whole app, or something newer than this program.
            items.Add(new OtherItem(route, field, change.GetRawText(), time));
        }
    }

    private static void ReadMessages(List<WebhookItem> items, ItemRoute route, JsonElement value, DateTimeOffset receivedAt)
    {
        var people = PersonReader.ReadContacts(value);
        var faults = FaultReader.Read(value);
        ReadList(items, value, "messages", message => MessageReader.Read(route, message, people, faults, receivedAt));
        ReadList(items, value, "statuses", status => StatusReader.Read(route, status, receivedAt));
    }

    internal static void ReadList(List<WebhookItem> items, JsonElement value, string name, Func<JsonElement, WebhookItem> read)
    {
        if (value.Member(name) is not { } list)
        {
            return;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            items.Add(new BrokenItem($"The {name} are not a list."));
            return;
        }

        foreach (var item in list.EnumerateArray())
        {
            items.Add(Guard(name, () => read(item)));
        }
    }

    private static WebhookItem Guard(string list, Func<WebhookItem> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            return new BrokenItem($"One of the {list} could not be read ({exception.GetType().Name}).");
        }
    }
}
