using Microsoft.Extensions.Options;
using Weflux.Web.Team.Deletion;

namespace Weflux.Web.Billing;

public static class BillingSetup
{
    public static IServiceCollection AddBilling(this IServiceCollection services)
    {
        services.AddOptions<BillingOptions>().BindConfiguration(BillingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BillingOptions>, BillingOptionsCheck>();
        services.AddSingleton(ExportPart.Of<BillingDetails>("billing.jsonl", "details for invoices", b => new { b.CompanyName, b.Gstin, b.Address, b.InvoiceEmail, b.PlanName }));
        return services.AddSingleton<BillingQuery>().AddSingleton<SaveBillingDetails>();
    }
}

/// <summary>The payment partner. Section <c>Weflux:Billing</c>.</summary>
public sealed class BillingOptions
{
    public const string Section = "Weflux:Billing";

    /// <summary>The partner's hosted checkout page; null if there is no partner. Payments and cards stay there.</summary>
    public string? CheckoutLink { get; set; }
}

internal sealed class BillingOptionsCheck : IValidateOptions<BillingOptions>
{
    public ValidateOptionsResult Validate(string? name, BillingOptions options) =>
        string.IsNullOrWhiteSpace(options.CheckoutLink)
        || (Uri.TryCreate(options.CheckoutLink, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{BillingOptions.Section}:CheckoutLink must be an address that begins with https://, or be left out.");
}
