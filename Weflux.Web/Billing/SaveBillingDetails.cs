using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Billing;

/// <summary>An Admin enters to whom invoices are made out.</summary>
public sealed class SaveBillingDetails(WefluxDatabase database, AuditLog audit)
{
    public const int LongestName = 200;
    public const int LongestAddress = 500;
    public const int LongestPlan = 100;

    public async Task<BillingAnswer> ExecuteAsync(Actor actor, BillingInput input, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return new BillingAnswer(BillingOutcome.NotAllowed);
        }

        Gstin gstin = default;
        if (!string.IsNullOrWhiteSpace(input.Gstin) && Gstin.Read(input.Gstin, out gstin) is var fault && fault != GstinFault.None)
        {
            return new BillingAnswer(BillingOutcome.WrongGstin, fault);
        }

        var email = EmailAddress.Read(input.InvoiceEmail);
        if (email is null && !string.IsNullOrWhiteSpace(input.InvoiceEmail))
        {
            return new BillingAnswer(BillingOutcome.WrongEmail);
        }

        var (company, address, plan) = (input.CompanyName.Trim(), input.Address.Trim().ReplaceLineEndings("\n"), input.PlanName.Trim());
        if (company.IsBlank() || company.Length > LongestName || address.Length > LongestAddress || plan.Length > LongestPlan)
        {
            return new BillingAnswer(BillingOutcome.WrongName);
        }

        await database.WriteAsync(
            actor.Workspace, db => StoreAsync(db, actor, company, gstin.Value, address, email ?? "", plan.Length == 0 ? null : plan, cancellationToken), cancellationToken);
        return new BillingAnswer(BillingOutcome.Saved);
    }

    private async Task StoreAsync(
        WefluxDbContext db, Actor actor, string company, string? gstin, string address, string email, string? plan, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var details = await db.Set<BillingDetails>().SingleOrDefaultAsync(cancellationToken);
        if (details is null)
        {
            details = new BillingDetails { WorkspaceId = actor.Workspace };
            db.Add(details);
        }

        var facts = AuditFacts.Changed(
            "Billing details",
            ("Company", Known(details.CompanyName), company),
            ("GSTIN", details.Gstin, gstin),
            ("Address", Known(details.Address), Known(address)),
            ("Invoices to", Known(details.InvoiceEmail), Known(email)),
            ("Plan", details.PlanName, plan));
        (details.CompanyName, details.Gstin, details.Address, details.InvoiceEmail, details.PlanName) = (company, gstin, address, email, plan);
        await db.SaveChangesAsync(cancellationToken);
        if (facts.After!.Count > 0)
        {
            await audit.AddAsync(db, actor, AuditActions.BillingChanged, facts, cancellationToken);
        }
    }

    private static string? Known(string text) => text.Length == 0 ? null : text;
}

/// <summary>What the form holds.</summary>
public sealed class BillingInput
{
    public string CompanyName { get; set; } = "";

    public string Gstin { get; set; } = "";

    public string Address { get; set; } = "";

    public string InvoiceEmail { get; set; } = "";

    public string PlanName { get; set; } = "";
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Fault">What is wrong with the GSTIN.</param>
public sealed record BillingAnswer(BillingOutcome Outcome, GstinFault Fault = GstinFault.None);

public enum BillingOutcome
{
    Saved,
    NotAllowed,
    WrongName,
    WrongGstin,
    WrongEmail,
}
