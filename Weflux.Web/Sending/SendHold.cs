using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Sending;

/// <summary>
/// A number that rests before it sends on, because the platform refused it for the moment or could not be reached. When
/// the rest is over one message tries; the row goes with the first that the platform answers.
/// </summary>
public sealed class SendHold
{
    public required long ConnectionId { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>Why: the platform's code, or one of our own.</summary>
    public required int Code { get; set; }

    /// <summary>When it began (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the next message may try (UTC).</summary>
    public required DateTimeOffset Until { get; set; }

    /// <summary>How many rests in a row this is.</summary>
    public required int Times { get; set; }
}

internal sealed class SendHoldMapping : IEntityTypeConfiguration<SendHold>
{
    public void Configure(EntityTypeBuilder<SendHold> builder)
    {
        builder.ToTable("SendHolds");
        builder.HasKey(h => h.ConnectionId);
        builder.Property(h => h.ConnectionId).ValueGeneratedNever();
        builder.HasIndex(h => h.WorkspaceId);
        builder.HasOne<Connection>().WithOne().HasForeignKey<SendHold>(h => h.ConnectionId).OnDelete(DeleteBehavior.Cascade);
    }
}
