using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;

namespace Weflux.Web.Account.Sessions;

/// <summary>One sign-in of a person on one device. A cookie without its row is worth nothing; ending a session removes the row.</summary>
public sealed class UserSession
{
    /// <summary>Random; it is in the cookie of the device and nowhere else.</summary>
    public required Guid Id { get; init; }

    public required UserId UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The device in plain words.</summary>
    public required string Device { get; init; }

    /// <summary>The network address it was last used from; null if it is not known.</summary>
    public string? Address { get; set; }
}

internal sealed class UserSessionMapping : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("UserSessions");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Device).HasMaxLength(100);
        builder.Property(s => s.Address).HasMaxLength(64);
        builder.HasIndex(s => new { s.UserId, s.LastSeenAt });
        builder.HasIndex(s => s.LastSeenAt);
    }
}
