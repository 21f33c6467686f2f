using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Deletion;

/// <summary>
/// What the installation keeps of a workspace that was erased: that it was, what of it and how much, when, and who asked.
/// It is begun when erasing begins, so that nothing is forgotten if that is interrupted.
/// </summary>
public sealed class ErasureCertificate
{
    public long Id { get; private set; }

    /// <summary>Which workspace it was. Not a reference: there is nothing left to refer to.</summary>
    public required long FormerWorkspace { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    /// <summary>Who asked for it, by name; "Weflux" if nobody is known.</summary>
    public required string AskedBy { get; init; }

    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When the last row was gone (UTC); null while erasing goes on.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>How many rows of each table were erased.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; set; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The accounts that were members, so that their old addresses can say what became of it.</summary>
    public IReadOnlyList<long> FormerMembers { get; set; } = [];

    public long Total => Counts.Values.Sum();
}

internal sealed class ErasureCertificateMapping : IEntityTypeConfiguration<ErasureCertificate>
{
    public void Configure(EntityTypeBuilder<ErasureCertificate> builder)
    {
        builder.ToTable("ErasureCertificates");
        builder.Property(c => c.Slug).HasMaxLength(60);
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.Property(c => c.AskedBy).HasMaxLength(200);
        builder.Property(c => c.Counts).IsJson();
        builder.Property(c => c.FormerMembers).IsJson();
        builder.Ignore(c => c.Total);
        builder.HasIndex(c => c.FormerWorkspace).IsUnique();
        builder.HasIndex(c => c.Slug);
    }
}
