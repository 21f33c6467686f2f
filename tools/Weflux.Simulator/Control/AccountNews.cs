using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Simulator.Graph.Accounts;
using Weflux.Simulator.Webhooks;

namespace Weflux.Simulator.Control;

/// <summary>The platform thinks differently of a number from now on, and says so by webhook.</summary>
internal sealed class AccountNews(FactBook facts, WebhookQueue webhooks)
{
    public NumberFacts Change(SimulatedNumber number, JsonElement wanted)
    {
        var before = facts.Of(number);
        var after = before with
        {
            QualityRating = wanted.Text("quality_rating") ?? before.QualityRating,
            MessagingLimit = wanted.Text("messaging_limit") ?? before.MessagingLimit,
            VerifiedName = wanted.Text("verified_name") ?? before.VerifiedName,
            NameStatus = wanted.Text("name_status") ?? before.NameStatus,
            CodeVerificationStatus = wanted.Text("code_verification_status") ?? before.CodeVerificationStatus,
            Status = wanted.Text("status") ?? before.Status,
            Throughput = wanted.Text("throughput") ?? before.Throughput,
            IsOnBizApp = wanted.TryGetProperty("is_on_biz_app", out var isOnBizApp) ? isOnBizApp.ValueKind == JsonValueKind.True : before.IsOnBizApp,
        };
        facts.Set(after);
        if (after.QualityRating != before.QualityRating)
        {
            Tell(number, "phone_number_quality_update", Quality(number, after.QualityRating == "GREEN" ? "UNFLAGGED" : "FLAGGED", after.MessagingLimit));
        }

        if (after.MessagingLimit != before.MessagingLimit)
        {
            Tell(number, "phone_number_quality_update", Quality(number, Rank(after) > Rank(before) ? "UPGRADE" : "DOWNGRADE", after.MessagingLimit, before.MessagingLimit));
        }

        if (after.VerifiedName != before.VerifiedName || after.NameStatus != before.NameStatus)
        {
            Tell(number, "phone_number_name_update", new JsonObject
            {
                ["display_phone_number"] = number.Digits,
                ["decision"] = after.NameStatus switch
                {
                    "DECLINED" => "REJECTED",
                    "PENDING_REVIEW" => "PENDING",
                    _ => "APPROVED",
                },
                ["requested_verified_name"] = after.VerifiedName,
                ["rejection_reason"] = after.NameStatus == "DECLINED" ? "NAME_NOT_CONSISTENT" : null,
            });
        }

        return after;
    }

    private static int Rank(NumberFacts facts) =>
        Array.IndexOf(["TIER_50", "TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"], facts.MessagingLimit);

    private static JsonObject Quality(SimulatedNumber number, string what, string limit, string? old = null)
    {
        var value = new JsonObject { ["display_phone_number"] = number.Digits, ["event"] = what, ["current_limit"] = limit };
        if (old is not null)
        {
            value["old_limit"] = old;
        }

        return value;
    }

    private void Tell(SimulatedNumber number, string field, JsonObject value) => webhooks.Enqueue(number, value, field: field);
}
