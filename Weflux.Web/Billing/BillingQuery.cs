using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Billing;

/// <summary>The billing details as an Admin sees them.</summary>
public sealed class BillingQuery(WefluxDatabase database, IOptions<BillingOptions> options)
{
    /// <returns>The details, empty ones if nothing was entered; null if the reader may not see them.</returns>
    public async Task<BillingView?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var details = await db.Set<BillingDetails>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new BillingDetails();
        var link = string.IsNullOrWhiteSpace(options.Value.CheckoutLink) ? null : new Uri(options.Value.CheckoutLink);
        return new BillingView(details.CompanyName, details.Gstin, details.Address, details.InvoiceEmail, details.PlanName, link);
    }
}

/// <param name="CheckoutLink">The partner's page for payments; null if there is no partner.</param>
public sealed record BillingView(string CompanyName, string? Gstin, string Address, string InvoiceEmail, string? PlanName, Uri? CheckoutLink);
