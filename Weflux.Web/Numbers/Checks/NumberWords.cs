using System.Globalization;
using System.Text.Json;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;

namespace Weflux.Web.Numbers.Checks;

/// <summary>What the platform says of a number, in plain words.</summary>
internal static class NumberWords
{
    public static NumberFacts Facts(JsonElement number) => new(number.Text("quality_rating"), LimitOf(number), PerSecondOf(number));

    public static IEnumerable<CheckLine> Describe(JsonElement number)
    {
        yield return Name(number.Text("verified_name"), number.Text("name_status"));
        yield return Registration(number.Text("status"), number.Text("code_verification_status"));
        yield return Quality(number.Text("quality_rating"));
        yield return Throughput(number.Object("throughput")?.Text("level"), number.Flag("is_on_biz_app"));
        yield return Limit(LimitOf(number));
    }

    public static CheckLine Verification(string? status) => status?.ToUpperInvariant() switch
    {
        "VERIFIED" => CheckLine.Good(CheckKind.Verification, "Meta has verified the business."),
        null => CheckLine.Skip(CheckKind.Verification, "Meta does not say whether the business is verified."),
        var other => CheckLine.Warn(
            CheckKind.Verification,
            $"Meta has not verified the business ({Plain(other)}).",
            "It works without, with a lower limit. Start it in Meta Business settings > Security centre > Business verification."),
    };

    /// <summary>How many customers the business may write to first; null if that is not told.</summary>
    public static string? LimitWords(string? tier) => tier switch
    {
        null or "NOT_SET" => null,
        "TIER_UNLIMITED" or "UNLIMITED" or "-1" => "any number of customers",
        _ => $"{Amount(tier.StartsWith("TIER_", StringComparison.Ordinal) ? tier["TIER_".Length..] : tier)} customers in 24 hours",
    };

    public static string QualityWords(string? rating) => rating?.ToUpperInvariant() switch
    {
        "GREEN" => "high",
        "YELLOW" => "medium",
        "RED" => "low",
        _ => "not rated yet",
    };

    private static CheckLine Name(string? name, string? status) => status?.ToUpperInvariant() switch
    {
        "DECLINED" or "EXPIRED" => CheckLine.Warn(
            CheckKind.Name, $"Meta declined the display name “{name}”.", "Choose another one in WhatsApp Manager > Account tools > Phone numbers > the number > Profile."),
        "PENDING_REVIEW" => CheckLine.Warn(CheckKind.Name, $"Meta is still reviewing the display name “{name}”.", "Nothing to do; until then customers see the number."),
        _ => CheckLine.Good(CheckKind.Name, $"Customers see the name “{name}”."),
    };

    /// <summary>Whether it can send, which its status tells. The code that verifies a number explains only why one cannot.</summary>
    private static CheckLine Registration(string? status, string? verification) => status?.ToUpperInvariant() switch
    {
        "CONNECTED" => CheckLine.Good(CheckKind.Registration, "The number is registered and can send."),
        null => CheckLine.Skip(CheckKind.Registration, "Meta does not say whether the number is registered."),
        "FLAGGED" or "RESTRICTED" or "RATE_LIMITED" => CheckLine.Warn(
            CheckKind.Registration, $"Meta limits the number ({Plain(status)}).", "WhatsApp Manager > Account tools > Phone numbers tells why and for how long."),
        "BANNED" => CheckLine.Bad(CheckKind.Registration, "Meta has banned the number.", "Appeal in WhatsApp Manager > Account overview > Policy violations."),
        _ when string.Equals(verification, "NOT_VERIFIED", StringComparison.OrdinalIgnoreCase) => CheckLine.Bad(
            CheckKind.Registration,
            "The number is not verified: nobody has entered the code that Meta sends to it.",
            "Verify it in WhatsApp Manager > Account tools > Phone numbers, then check again."),
        _ => CheckLine.Bad(
            CheckKind.Registration,
            $"The number is not registered for the Cloud API ({Plain(status)}).",
            "Register it in developers.facebook.com > My Apps > your app > WhatsApp > API setup, or finish adding it in WhatsApp Manager."),
    };

    private static CheckLine Quality(string? rating) => rating?.ToUpperInvariant() switch
    {
        "RED" => CheckLine.Warn(
            CheckKind.Quality, "Customers block or report the number: its quality is low.", "Send fewer templates and only to people who asked for them. Meta looks at the last 7 days."),
        "YELLOW" => CheckLine.Warn(CheckKind.Quality, "The quality of the number is medium.", "Look at which templates customers block or report."),
        _ => CheckLine.Good(CheckKind.Quality, $"Quality: {QualityWords(rating)}."),
    };

    private static CheckLine Throughput(string? level, bool isOnPhoneApp) => level?.ToUpperInvariant() switch
    {
        _ when isOnPhoneApp => CheckLine.Good(
            CheckKind.Throughput, "Throughput: up to 20 messages a second, because the number is used in the WhatsApp Business app as well."),
        "HIGH" => CheckLine.Good(CheckKind.Throughput, "Throughput: high, up to 1,000 messages a second."),
        "STANDARD" => CheckLine.Good(CheckKind.Throughput, "Throughput: standard, up to 80 messages a second."),
        _ => CheckLine.Skip(CheckKind.Throughput, "Meta does not say how many messages a second the number can send."),
    };

    private static int? PerSecondOf(JsonElement number) => number.Object("throughput")?.Text("level")?.ToUpperInvariant() switch
    {
        _ when number.Flag("is_on_biz_app") => 20,
        "HIGH" => 1000,
        "STANDARD" => 80,
        _ => null,
    };

    private static CheckLine Limit(string? tier) => LimitWords(tier) is { } words
        ? CheckLine.Good(CheckKind.Limit, $"Messaging limit: the business may write first to {words}, with all numbers of its portfolio together.")
        : CheckLine.Skip(CheckKind.Limit, "Meta does not say how many customers the business may write to first.");

    private static string? LimitOf(JsonElement number) => number.Text("whatsapp_business_manager_messaging_limit") ?? number.Text("messaging_limit_tier");

    private static string Amount(string tier) => tier.EndsWith('K') && int.TryParse(tier[..^1], CultureInfo.InvariantCulture, out var thousands)
        ? string.Create(CultureInfo.InvariantCulture, $"{thousands * 1000:N0}")
        : int.TryParse(tier, CultureInfo.InvariantCulture, out var count) ? string.Create(CultureInfo.InvariantCulture, $"{count:N0}") : Plain(tier);

    private static string Plain(string word) => word.Replace('_', ' ').ToLowerInvariant();
}
