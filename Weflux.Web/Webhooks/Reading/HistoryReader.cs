using System.Text.Json;
using Weflux.Domain.Conversations;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>Reads what was said before a number was connected, as the phone hands it over: thread by thread, in any order.</summary>
internal static class HistoryReader
{
    public static void Read(List<WebhookItem> items, ItemRoute route, JsonElement value, DateTimeOffset receivedAt)
    {
        var people = PersonReader.ReadContacts(value);
        foreach (var chunk in value.Array("history"))
        {
            foreach (var thread in chunk.Array("threads"))
            {
                var customer = PersonReader.WhatsAppId(thread.Text("id"));
                WebhookReader.ReadList(items, thread, "messages", message => ReadMessage(route, message, customer, people, receivedAt));
            }

            // Refused sharing, or a shape that is newer than this program.
            if (!chunk.Array("threads").Any())
            {
                items.Add(new OtherItem(route, "history", chunk.GetRawText()));
            }
        }

        // Files come later and by themselves, under the ids of messages that are there already, or sooner than those.
        var number = Digits(value.Object("metadata")?.Text("display_phone_number"));
        WebhookReader.ReadList(items, value, "messages", message => ReadFile(route, message, number, people, receivedAt));
        WebhookReader.ReadList(items, value, "message_echoes", message => ReadFile(route, message, number, people, receivedAt));
    }

    private static WebhookItem ReadFile(ItemRoute route, JsonElement message, string? number, HeardPeople people, DateTimeOffset receivedAt)
    {
        if (message.ValueKind != JsonValueKind.Object || PersonReader.Id(message.Text("id")) is not { } id
            || RecordedReader.Read(message, id, receivedAt) is not { Content: not UnsupportedContent } said)
        {
            return new OtherItem(route, "history.media", message.GetRawText());
        }

        // What the business sent may not say to whom: then only a message that is there already can be meant.
        var isOurs = number is not null && Digits(message.Text("from")) == number;
        var read = isOurs && message.Text("to") is null && message.Text("to_user_id") is null
            ? null
            : ReadMessage(route, message, customer: null, people, receivedAt);
        return read is MessageItem ? read : new HistoryFileItem(route, said, message.GetRawText());
    }

    private static string? Digits(string? number) => number is null ? null : string.Concat(number.Where(char.IsAsciiDigit));

    private static WebhookItem ReadMessage(ItemRoute route, JsonElement message, string? customer, HeardPeople people, DateTimeOffset receivedAt)
    {
        if (message.ValueKind != JsonValueKind.Object || PersonReader.Id(message.Text("id")) is not { } id)
        {
            return new BrokenItem("The message has no usable id.");
        }

        var sender = PersonReader.ReadSender(message, people);
        var recipient = PersonReader.ReadRecipient(message, people);
        var isOurs = IsOurs(message, customer, sender);
        var person = isOurs ? recipient : sender;
        if (!person.HasIdentity && customer is not null)
        {
            person = people.Find(null, customer) ?? new HeardPerson(customer, null, null, null, null);
        }

        if (!person.HasIdentity)
        {
            return new BrokenItem("The message does not say who it was exchanged with.");
        }

        return new MessageItem(route, person, RecordedReader.Read(message, id, receivedAt))
        {
            Direction = isOurs ? MessageDirection.Out : MessageDirection.In,
            Origin = MessageOrigin.History,
            Status = isOurs ? Reached(message.Object("history_context")?.Text("status")) : DeliveryStatus.None,
        };
    }

    // What the business said names whom it went to, or comes from somebody other than the thread's customer.
    private static bool IsOurs(JsonElement message, string? customer, HeardPerson sender) =>
        message.Text("to") is not null || message.Text("to_user_id") is not null
        || (customer is not null && sender.WhatsAppId is { } from && !string.Equals(from, customer, StringComparison.Ordinal));

    private static DeliveryStatus Reached(string? status) => status?.ToUpperInvariant() switch
    {
        "PLAYED" => DeliveryStatus.Played,
        "READ" => DeliveryStatus.Read,
        "DELIVERED" => DeliveryStatus.Delivered,
        "ERROR" or "FAILED" => DeliveryStatus.Failed,
        _ => DeliveryStatus.Sent,
    };
}
