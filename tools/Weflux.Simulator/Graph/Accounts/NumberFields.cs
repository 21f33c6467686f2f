using System.Text.Json.Nodes;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>What can be read about a phone number.</summary>
internal static class NumberFields
{
    public static readonly IReadOnlyList<string> Default =
        ["verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type", "throughput", "webhook_configuration"];

    public static JsonObject Of(SimulatedNumber number) => new()
    {
        ["verified_name"] = number.VerifiedName,
        ["code_verification_status"] = "VERIFIED",
        ["display_phone_number"] = number.DisplayPhoneNumber,
        ["quality_rating"] = "GREEN",
        ["quality_score"] = new JsonObject { ["score"] = "GREEN" },
        ["platform_type"] = "CLOUD_API",
        ["throughput"] = new JsonObject { ["level"] = "STANDARD" },
        ["webhook_configuration"] = new JsonObject { ["application"] = $"https://weflux.example/webhooks/whatsapp/{number.AppKey}" },
        ["status"] = "CONNECTED",
        ["name_status"] = "APPROVED",
        ["new_name_status"] = "NONE",
        ["account_mode"] = "SANDBOX",
        ["is_on_biz_app"] = false,
        ["is_official_business_account"] = false,
        ["is_pin_enabled"] = true,
        ["messaging_limit_tier"] = "TIER_2K",
        ["whatsapp_business_manager_messaging_limit"] = "TIER_2K",
        ["last_onboarded_time"] = "2026-01-05T09:00:00+0000",
        ["health_status"] = Health(number),
        ["id"] = number.PhoneNumberId,
    };

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
