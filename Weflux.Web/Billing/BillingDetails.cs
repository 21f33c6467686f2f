using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;

namespace Weflux.Web.Billing;

/// <summary>To whom invoices of a workspace are made out. Nothing of a card ever comes here.</summary>
public sealed class BillingDetails
{
    public WorkspaceId WorkspaceId { get; init; }

    public string CompanyName { get; set; } = "";

    /// <summary>As <see cref="Domain.Team.Gstin"/> reads it; null if there is none.</summary>
    public string? Gstin { get; set; }

    public string Address { get; set; } = "";

    public string InvoiceEmail { get; set; } = "";

    /// <summary>What the payment partner calls the plan; null while none was chosen.</summary>
    public string? PlanName { get; set; }
}

internal sealed class BillingDetailsMapping : IEntityTypeConfiguration<BillingDetails>
{
    public void Configure(EntityTypeBuilder<BillingDetails> builder)
    {
        builder.ToTable("BillingDetails");
        builder.HasKey(b => b.WorkspaceId);
        builder.Property(b => b.WorkspaceId).ValueGeneratedNever();
        builder.Property(b => b.CompanyName).HasMaxLength(200);
        builder.Property(b => b.Gstin).HasMaxLength(15);
        builder.Property(b => b.Address).HasMaxLength(500);
        builder.Property(b => b.InvoiceEmail).HasMaxLength(256);
        builder.Property(b => b.PlanName).HasMaxLength(100);
    }
}
