using System.Text.Json;
using Weflux.Web.CloudApi;
using Weflux.Web.Numbers.Checks;

namespace Weflux.Web.Numbers.History;

/// <summary>What the platform reports of a number or its account, in plain words.</summary>
internal static class NewsWords
{
    /// <param name="field">The webhook field.</param>
    /// <param name="json">The change as it came.</param>
    /// <returns>The words, whether it is bad news, and the number it speaks of.</returns>
    public static NumberNews Read(string field, ReadOnlyMemory<byte> json)
    {
        using var document = PlatformJson.Parse(json);
        var value = document.RootElement.Object("value") ?? document.RootElement;
        var digits = value.Text("display_phone_number") is { } shown ? string.Concat(shown.Where(char.IsAsciiDigit)) : null;
        var (words, isTrouble) = field switch
        {
            "phone_number_quality_update" => Quality(value),
            "phone_number_name_update" => Name(value),
            "account_update" => Account(value),
            "account_alerts" => Alert(value),
            "account_review_update" => Review(value.Text("decision")),
            "business_capability_update" => Capability(value),
            "security" => Security(value),
            _ => ($"Meta reported: {Plain(field)}.", false),
        };
        var id = value.Text("entity_type")?.ToUpperInvariant() == "PHONE_NUMBER" ? value.Text("entity_id") : null;
        return new NumberNews(words, isTrouble, digits, id);
    }

    private static (string, bool) Quality(JsonElement value)
    {
        var limit = NumberWords.LimitWords(value.Text("max_daily_conversations_per_business") ?? value.Text("current_limit"));
        var now = limit is null ? "" : $": {limit}";
        var before = NumberWords.LimitWords(value.Text("old_limit")) is { } old ? $" (before: {old})" : "";
        return value.Text("event")?.ToUpperInvariant() switch
        {
            "FLAGGED" => ("Meta flagged the number: customers block or report it. Send fewer templates, and only to people who asked for them.", true),
            "UNFLAGGED" => ("The number is no longer flagged: its quality has recovered.", false),
            "UPGRADE" => ($"The messaging limit of the business portfolio rose{now}{before}.", false),
            "DOWNGRADE" => ($"The messaging limit of the business portfolio fell{now}{before}.", true),
            "THROUGHPUT_UPGRADE" => ("The number may send faster now: up to 1,000 messages a second.", false),
            "ONBOARDING" => ($"The number was set up at Meta.{(limit is null ? "" : $" Its business portfolio may write first to {limit}.")}", false),
            var other => ($"Meta changed the quality or the limit of the number ({Plain(other)}).{(limit is null ? "" : $" Its business portfolio may write first to {limit}.")}", false),
        };
    }

    private static (string, bool) Name(JsonElement value)
    {
        var name = value.Text("requested_verified_name");
        return value.Text("decision")?.ToUpperInvariant() switch
        {
            "APPROVED" => ($"Meta approved the display name “{name}”.", false),
            "REJECTED" => ($"Meta rejected the display name “{name}”{(value.Text("rejection_reason") is { } reason ? $": {Plain(reason)}" : "")}.", true),
            var other => ($"Meta is deciding about the display name “{name}” ({Plain(other)}).", false),
        };
    }

    private static (string, bool) Account(JsonElement value) => value.Text("event")?.ToUpperInvariant() switch
    {
        "ACCOUNT_DELETED" => ("The WhatsApp account was deleted at Meta.", true),
        "PARTNER_REMOVED" or "ACCOUNT_OFFBOARDED" => ("The WhatsApp account no longer shares itself with this Meta app.", true),
        "PARTNER_ADDED" or "PARTNER_APP_INSTALLED" => ("The WhatsApp account was shared with the Meta app.", false),
        "PARTNER_APP_UNINSTALLED" => ("The Meta app was removed from the WhatsApp account.", true),
        "ACCOUNT_VIOLATION" => ($"Meta found a breach of its policy: {Plain(value.Object("violation_info")?.Text("violation_type"))}.", true),
        "ACCOUNT_RESTRICTION" => ($"Meta restricted the account: {Restrictions(value)}.", true),
        "DISABLED_UPDATE" when value.Object("ban_info")?.Text("waba_ban_state") is { } ban => ban.ToUpperInvariant() switch
        {
            "REINSTATE" => ("Meta reinstated the account.", false),
            "SCHEDULE_FOR_DISABLE" => ("Meta will disable the account unless you appeal.", true),
            _ => ("Meta disabled the account.", true),
        },
        "ACCOUNT_RECONNECTED" => ("The account was connected again at Meta.", false),
        var other => ($"Meta reported on the account: {Plain(other)}.", false),
    };

    private static string Restrictions(JsonElement value) =>
        string.Join(", ", value.Array("restriction_info").Select(r => Plain(r.Text("restriction_type")))) is { Length: > 0 } list ? list : "no reason given";

    private static (string, bool) Alert(JsonElement value)
    {
        var info = value.Object("alert_info") ?? value;
        var isSevere = info.Text("alert_severity")?.ToUpperInvariant() is "CRITICAL" or "WARNING";
        return ($"Alert from Meta: {info.Text("alert_description") ?? Plain(info.Text("alert_type"))}", isSevere);
    }

    private static (string, bool) Review(string? decision) => decision?.ToUpperInvariant() switch
    {
        "APPROVED" => ("Meta reviewed and approved the account.", false),
        "REJECTED" => ("Meta reviewed and rejected the account.", true),
        _ => ($"Meta is reviewing the account ({Plain(decision)}).", false),
    };

    private static (string, bool) Capability(JsonElement value) =>
        (NumberWords.LimitWords(value.Text("max_daily_conversations_per_business")) is { } limit
            ? $"The business may write first to {limit}."
            : "Meta changed what the business may do, and does not say how many customers it may write to first.", false);

    private static (string, bool) Security(JsonElement value) => value.Text("event")?.ToUpperInvariant() switch
    {
        "PIN_CHANGED" => ("The two-step PIN of the number was changed.", true),
        "PIN_RESET_REQUEST" => ("Somebody asked to reset the two-step PIN of the number.", true),
        "PIN_REQUEST_SUCCESS" => ("The two-step PIN of the number was reset.", true),
        var other => ($"Meta reported on the security of the number: {Plain(other)}.", true),
    };

    private static string Plain(string? word) => word is null ? "no reason given" : word.Replace('_', ' ').ToLowerInvariant();
}

/// <summary>A report of the platform.</summary>
/// <param name="Words">What it says, in a sentence.</param>
/// <param name="IsTrouble">Whether it is bad news.</param>
/// <param name="Digits">The number it speaks of, in digits; null if it names none this way.</param>
/// <param name="PhoneNumberId">The id of the number it speaks of; null if it names none this way. One that names no number speaks of the whole account.</param>
internal sealed record NumberNews(string Words, bool IsTrouble, string? Digits, string? PhoneNumberId)
{
    public bool Concerns(string digits, string phoneNumberId) => (Digits is null || Digits == digits) && (PhoneNumberId is null || PhoneNumberId == phoneNumberId);
}
