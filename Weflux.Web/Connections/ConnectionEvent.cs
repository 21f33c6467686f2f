using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;

namespace Weflux.Web.Connections;

/// <summary>Something that befell a number and that Weflux itself noticed or did. What the platform reports is kept as it came.</summary>
public sealed class ConnectionEvent
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long ConnectionId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in one plain sentence.</summary>
    public required string Words { get; init; }

    /// <summary>Whether it is bad news.</summary>
    public bool IsTrouble { get; init; }
}

internal sealed class ConnectionEventMapping : IEntityTypeConfiguration<ConnectionEvent>
{
    public void Configure(EntityTypeBuilder<ConnectionEvent> builder)
    {
        builder.ToTable("ConnectionEvents");
        builder.Property(e => e.Words).HasMaxLength(500);
        builder.HasIndex(e => new { e.WorkspaceId, e.ConnectionId, e.Id });
        builder.HasOne<Connection>().WithMany().HasForeignKey(e => e.ConnectionId).OnDelete(DeleteBehavior.Cascade);
    }
}
