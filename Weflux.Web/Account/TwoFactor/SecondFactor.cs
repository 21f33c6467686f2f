using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;

namespace Weflux.Web.Account.TwoFactor;

/// <summary>The authenticator app of a person. It counts from the moment its first code was right, see <see cref="WefluxUser.TwoFactorEnabled"/>.</summary>
public sealed class SecondFactor
{
    public UserId UserId { get; init; }

    /// <summary>The encrypted seed, see <see cref="SeedContext"/>.</summary>
    public required byte[] Seed { get; set; }

    /// <summary>The last time step whose code was used, so that no code works twice.</summary>
    public long LastStep { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public static string SeedContext(UserId user) => $"SecondFactors/{user}/Seed";
}

/// <summary>A code for the day when the authenticator app is gone. It works once; only its digest is kept.</summary>
public sealed class RecoveryCode
{
    public long Id { get; private set; }

    public required UserId UserId { get; init; }

    public required byte[] Hash { get; init; }
}

internal sealed class SecondFactorMapping : IEntityTypeConfiguration<SecondFactor>, IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<SecondFactor> builder)
    {
        builder.ToTable("SecondFactors");
        builder.HasKey(f => f.UserId);
        builder.Property(f => f.UserId).ValueGeneratedNever();
        builder.Property(f => f.Seed).HasMaxLength(300);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.Property(c => c.Hash).HasMaxLength(32);
        builder.HasIndex(c => new { c.UserId, c.Hash }).IsUnique();
    }
}
