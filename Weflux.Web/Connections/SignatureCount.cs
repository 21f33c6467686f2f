using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;

namespace Weflux.Web.Connections;

/// <summary>How the webhooks of a Meta app were signed, which tells whether its secret is the right one and which of two is in use.</summary>
public sealed class SignatureCount
{
    public required long MetaAppId { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>Signed with the app's secret.</summary>
    public long Good { get; set; }

    /// <summary>Signed with the secret before, while that was still taken.</summary>
    public long Old { get; set; }

    /// <summary>Signed with neither: refused.</summary>
    public long Bad { get; set; }

    public DateTimeOffset? LastGoodAt { get; set; }

    public DateTimeOffset? LastOldAt { get; set; }

    public DateTimeOffset? LastBadAt { get; set; }

    /// <summary>When the platform last proved with the verify token that it knows this address (UTC).</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>When somebody last came to verify with a wrong token (UTC).</summary>
    public DateTimeOffset? MisverifiedAt { get; set; }

    /// <summary>Whether the last webhook was refused because it was signed with no secret known here: what customers write does not arrive.</summary>
    public bool IsRefusing => LastBadAt is { } bad && !(LastGoodAt >= bad) && !(LastOldAt >= bad);
}

internal sealed class SignatureCountMapping : IEntityTypeConfiguration<SignatureCount>
{
    public void Configure(EntityTypeBuilder<SignatureCount> builder)
    {
        builder.ToTable("SignatureCounts");
        builder.HasKey(c => c.MetaAppId);
        builder.Property(c => c.MetaAppId).ValueGeneratedNever();
        builder.Ignore(c => c.IsRefusing);
        builder.HasOne<MetaApp>().WithOne().HasForeignKey<SignatureCount>(c => c.MetaAppId).OnDelete(DeleteBehavior.Cascade);
    }
}
