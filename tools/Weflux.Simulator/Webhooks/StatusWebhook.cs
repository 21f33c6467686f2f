using System.Globalization;
using System.Text.Json.Nodes;
using Weflux.Simulator.Chats;
using Weflux.Simulator.People;

namespace Weflux.Simulator.Webhooks;

/// <summary>What Meta tells the business about a message it sent.</summary>
internal static class StatusWebhook
{
    public static JsonObject Of(SimulatedNumber number, SimulatedCustomer customer, ChatMessage message, DateTimeOffset now)
    {
        var status = message.Status.ToString().ToLowerInvariant();
        var item = new JsonObject
        {
            ["id"] = message.Wamid,
            ["status"] = status,
            ["timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        if (customer.WaId is { } waId)
        {
            item["recipient_id"] = waId;
        }

        if (message.Status is not MessageStatus.Failed || customer.WaId is null)
        {
            item["recipient_user_id"] = customer.UserId;
        }

        if (message.CallbackData is { } callback)
        {
            item["biz_opaque_callback_data"] = callback;
        }

        if (message is { PriceCategory: { } category, Status: MessageStatus.Sent or MessageStatus.Delivered })
        {
            item["pricing"] = new JsonObject
            {
                ["billable"] = true,
                ["pricing_model"] = "PMP",
                ["type"] = "regular",
                ["category"] = category,
            };
        }

        if (message is { Status: MessageStatus.Failed, ErrorCode: { } code })
        {
            item["errors"] = new JsonArray(DeliveryFailure.Describe(code));
        }

        return WebhookEnvelope.Value(number, ContactFor(customer, message.Status), "statuses", item);
    }

    // Captures of Meta's own examples: no contact on failures, the username only once the message reached the person.
    private static JsonObject? ContactFor(SimulatedCustomer customer, MessageStatus status) => status switch
    {
        MessageStatus.Failed => null,
        MessageStatus.Sent => WebhookEnvelope.Contact(customer, withUsername: false),
        _ => WebhookEnvelope.Contact(customer),
    };
}
