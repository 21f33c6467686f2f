using System.Text.Json.Nodes;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>What can be read about a phone number.</summary>
internal sealed class NumberFields(FactBook book, AppBook apps, Subscriptions subscriptions, SimulatorOptions options)
{
    public static readonly IReadOnlyList<string> Default =
        ["verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type", "throughput", "webhook_configuration"];

    public JsonObject Of(SimulatedNumber number)
    {
        var facts = book.Of(number);
        return new JsonObject
        {
            ["verified_name"] = facts.VerifiedName,
            ["code_verification_status"] = facts.CodeVerificationStatus,
            ["display_phone_number"] = number.DisplayPhoneNumber,
            ["quality_rating"] = facts.QualityRating,
            ["quality_score"] = new JsonObject { ["score"] = facts.QualityRating },
            ["platform_type"] = "CLOUD_API",
            ["throughput"] = new JsonObject { ["level"] = facts.Throughput },
            ["webhook_configuration"] = Webhooks(number),
            ["status"] = facts.Status,
            ["name_status"] = facts.NameStatus,
            ["new_name_status"] = "NONE",
            ["account_mode"] = "SANDBOX",
            ["is_on_biz_app"] = facts.IsOnBizApp,
            ["is_official_business_account"] = false,
            ["is_pin_enabled"] = true,
            ["messaging_limit_tier"] = facts.MessagingLimit,
            ["whatsapp_business_manager_messaging_limit"] = facts.MessagingLimit,
            ["last_onboarded_time"] = "2026-01-05T09:00:00+0000",
            ["health_status"] = Health(number),
            ["id"] = number.PhoneNumberId,
        };
    }

    private JsonObject Webhooks(SimulatedNumber number)
    {
        var configuration = new JsonObject();
        if (subscriptions.AddressOf(number) is { } numbers)
        {
            configuration["phone_number"] = numbers;
        }

        if (subscriptions.Of(number.WabaId).Override is { } own)
        {
            configuration["whatsapp_business_account"] = own;
        }

        if (apps.Of(number).Callback is { } callback)
        {
            configuration["application"] = callback.StartsWith('/') ? new Uri(options.PublicAddress?.Invoke() ?? options.WebhookBaseAddress(), callback).ToString() : callback;
        }

        return configuration;
    }

    private static JsonObject Health(SimulatedNumber number) => new()
    {
        ["can_send_message"] = "AVAILABLE",
        ["entities"] = new JsonArray(
            Entity("PHONE_NUMBER", number.PhoneNumberId),
            Entity("WABA", number.WabaId),
            Entity("APP", number.AppId)),
    };

    private static JsonObject Entity(string type, string id) => new()
    {
        ["entity_type"] = type,
        ["id"] = id,
        ["can_send_message"] = "AVAILABLE",
    };
}
