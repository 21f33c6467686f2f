using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Connections;

/// <summary>Where a connection's calls go.</summary>
public enum ConnectionKind
{
    /// <summary>Meta.</summary>
    CloudApi = 1,

    /// <summary>The simulator of this process.</summary>
    Simulator = 2,
}

/// <summary>One phone number of a business, with its token.</summary>
public sealed class Connection
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long MetaAppId { get; init; }

    public required ConnectionKind Kind { get; init; }

    public required string WabaId { get; init; }

    public required string PhoneNumberId { get; init; }

    /// <summary>The business portfolio, in which user ids are unique; null while it is not known.</summary>
    public string? PortfolioId { get; set; }

    public required string DisplayPhoneNumber { get; set; }

    public required string Name { get; set; }

    /// <summary>Encrypted, see <see cref="TokenContext"/>.</summary>
    public required byte[] AccessToken { get; set; }

    public ConnectionState State { get; set; } = ConnectionState.Ready;

    /// <summary>When a webhook of this number last reached us (UTC); null if none did.</summary>
    public DateTimeOffset? LastHeardAt { get; set; }

    /// <summary>Where its customers' user ids are unique.</summary>
    public string IdentityScope => PortfolioId ?? WabaId;

    public static string TokenContext(string phoneNumberId) => $"Connections/{phoneNumberId}/AccessToken";
}

internal sealed class ConnectionMapping : IEntityTypeConfiguration<Connection>
{
    public void Configure(EntityTypeBuilder<Connection> builder)
    {
        builder.ToTable("Connections");
        builder.Property(c => c.WabaId).IsPlatformId(64);
        builder.Property(c => c.PhoneNumberId).IsPlatformId(64);
        builder.Property(c => c.PortfolioId).IsPlatformId(64);
        builder.Property(c => c.DisplayPhoneNumber).HasMaxLength(40);
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.Ignore(c => c.IdentityScope);
        builder.HasIndex(c => c.PhoneNumberId).IsUnique();
        builder.HasIndex(c => new { c.WorkspaceId, c.MetaAppId });
        builder.HasOne<MetaApp>().WithMany().HasForeignKey(c => c.MetaAppId).OnDelete(DeleteBehavior.Restrict);
    }
}
