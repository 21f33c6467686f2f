namespace Weflux.Web.Webhooks;

/// <summary>The webhook fields that bring news of numbers and accounts: after one the numbers are looked at again, and it stands in their history.</summary>
public static class AccountFields
{
    public static IReadOnlyList<string> All { get; } =
    [
        "phone_number_quality_update", "phone_number_name_update", "account_update", "account_alerts", "account_review_update",
        "business_capability_update", "security",
    ];
}
