using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Connections;

namespace Weflux.Web.Lanes;

/// <summary>
/// Who works for a Meta app: one node at a time holds the lease, and every transaction of its work names the epoch it
/// holds, so that a node that lost the lease without noticing commits nothing.
/// </summary>
public sealed class Lane
{
    public required long MetaAppId { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>The node that holds the lease; null if none ever did.</summary>
    public string? Holder { get; set; }

    /// <summary>Raised at each change of holder.</summary>
    public long Epoch { get; set; }

    /// <summary>When the lease ends unless renewed (UTC).</summary>
    public DateTimeOffset LeasedUntil { get; set; }
}

internal sealed class LaneMapping : IEntityTypeConfiguration<Lane>
{
    public void Configure(EntityTypeBuilder<Lane> builder)
    {
        builder.ToTable("Lanes");
        builder.HasKey(l => l.MetaAppId);
        builder.Property(l => l.MetaAppId).ValueGeneratedNever();
        builder.Property(l => l.Holder).HasMaxLength(100);
        builder.HasOne<MetaApp>().WithOne().HasForeignKey<Lane>(l => l.MetaAppId).OnDelete(DeleteBehavior.Cascade);
    }
}
