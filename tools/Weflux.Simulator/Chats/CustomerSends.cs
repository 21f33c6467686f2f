using System.Globalization;
using System.Text.Json;
using Weflux.Simulator.People;
using Weflux.Simulator.Phone;
using Weflux.Simulator.Webhooks;

namespace Weflux.Simulator.Chats;

/// <summary>The customer writes: the message appears on the phone and its webhook is queued.</summary>
internal sealed class CustomerSends(
    SimulatorOptions options,
    CustomerMessageItem items,
    ChatBook chats,
    WebhookQueue webhooks,
    Delivery delivery,
    TimeProvider time)
{
    public ChatMessage Execute(SimulatedCustomer customer, JsonElement request)
    {
        var number = options.Find(customer.PhoneNumberId)!;
        var item = items.Compose(number, customer, request, time.GetUtcNow());
        var message = new ChatMessage
        {
            Wamid = item["id"]?.ToString() ?? Wamid.FromCustomer(customer),
            Chat = customer.Chat,
            FromCustomer = true,
            Type = item["type"]?.ToString() ?? "unknown",
            Content = SimulatorJson.ToElement(item),
            Status = MessageStatus.Pending,
            At = TimeOf(request),
        };
        chats.Add(message);
        delivery.Look(customer.Chat);
        webhooks.Enqueue(number, WebhookEnvelope.Value(number, WebhookEnvelope.Contact(customer), "messages", item), message.Wamid);
        return message;
    }

    /// <summary>A raw timestamp moves the message in time; otherwise now, finer than the webhook's seconds.</summary>
    private DateTimeOffset TimeOf(JsonElement request) =>
        long.TryParse(request.Object("raw")?.Member("timestamp")?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : time.GetUtcNow();
}
