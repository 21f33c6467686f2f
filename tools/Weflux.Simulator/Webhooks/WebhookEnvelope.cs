using System.Text.Json.Nodes;
using Weflux.Simulator.People;

namespace Weflux.Simulator.Webhooks;

internal static class WebhookEnvelope
{
    /// <param name="number">Whose it is.</param>
    /// <param name="field">What kind of news.</param>
    /// <param name="value">The news.</param>
    /// <param name="at">When, for what is about the account; messages tell it themselves.</param>
    public static JsonObject Of(SimulatedNumber number, string field, JsonNode value, DateTimeOffset? at = null)
    {
        var entry = new JsonObject { ["id"] = number.WabaId };
        if (at is { } when)
        {
            entry["time"] = when.ToUnixTimeSeconds();
        }

        entry["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = field });
        return new JsonObject { ["object"] = "whatsapp_business_account", ["entry"] = new JsonArray(entry) };
    }

    /// <summary>A value of the field "messages": which number, which person, and what is told about them.</summary>
    public static JsonObject Value(SimulatedNumber number, JsonObject? contact, string kind, JsonNode item)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject
            {
                ["display_phone_number"] = number.Digits,
                ["phone_number_id"] = number.PhoneNumberId,
            },
        };
        if (contact is not null)
        {
            value["contacts"] = new JsonArray(contact);
        }

        value[kind] = new JsonArray(item);
        return value;
    }

    public static JsonObject Contact(SimulatedCustomer customer, bool withUsername = true)
    {
        var profile = new JsonObject { ["name"] = customer.Name };
        if (withUsername && customer.Username is { } username)
        {
            profile["username"] = username;
        }

        var contact = new JsonObject { ["profile"] = profile };
        if (customer.WaId is { } waId)
        {
            contact["wa_id"] = waId;
        }

        contact["user_id"] = customer.UserId;
        return contact;
    }
}
