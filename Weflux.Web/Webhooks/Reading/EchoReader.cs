using System.Text.Json;
using Weflux.Domain.Conversations;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>Reads what somebody of the business typed in the WhatsApp Business app on the phone.</summary>
internal static class EchoReader
{
    public static Func<JsonElement, WebhookItem> Of(ItemRoute route, JsonElement value, DateTimeOffset receivedAt)
    {
        var people = PersonReader.ReadContacts(value);
        return message => Read(route, message, people, receivedAt);
    }

    private static WebhookItem Read(ItemRoute route, JsonElement message, HeardPeople people, DateTimeOffset receivedAt)
    {
        if (message.ValueKind != JsonValueKind.Object || PersonReader.Id(message.Text("id")) is not { } id)
        {
            return new BrokenItem("The message has no usable id.");
        }

        var customer = PersonReader.ReadRecipient(message, people);
        if (!customer.HasIdentity)
        {
            return new BrokenItem("The message does not say whom it was sent to.");
        }

        return new MessageItem(route, customer, RecordedReader.Read(message, id, receivedAt))
        {
            Direction = MessageDirection.Out,
            Origin = MessageOrigin.PhoneApp,
            Status = DeliveryStatus.Sent,
        };
    }
}

/// <summary>Reads a message that was said without Weflux.</summary>
internal static class RecordedReader
{
    public static InboundMessage Read(JsonElement message, string id, DateTimeOffset receivedAt)
    {
        var type = ContentReader.Kind(message);
        var content = ContentReader.Read(type, message, []);
        return new InboundMessage(
            id,
            content,
            MessageReader.ReadContext(message),
            message.Time("timestamp") ?? receivedAt,
            receivedAt,
            MessageReader.KeepsRaw(message, type, content) ? message.GetRawText() : null);
    }
}
