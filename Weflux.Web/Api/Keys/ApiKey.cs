using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Api.Keys;

/// <summary>A key with which a program acts in one workspace. The key itself is not kept, only what recognises it.</summary>
public sealed class ApiKey
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>What people call it; on record as who did something.</summary>
    public required string Name { get; set; }

    /// <summary>The beginning and the end of the key, by which people tell keys apart.</summary>
    public required string Hint { get; init; }

    /// <summary>The beginning of the hash, by which the row is found.</summary>
    public required string Lookup { get; init; }

    /// <summary>SHA-256 of the key. A key is too random to be guessed, so nothing slower is needed.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What it may do, in the words of <see cref="ApiScopes"/>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it; null if the demo did.</summary>
    public UserId? CreatedBy { get; init; }

    /// <summary>From when on it is refused; null if never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When it was last used, to about a minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.Property(k => k.Name).HasMaxLength(IssueApiKey.LongestName);
        builder.Property(k => k.Hint).HasMaxLength(40);
        builder.Property(k => k.Lookup).IsPlatformId(ApiKeyText.LookupLength);
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.Property(k => k.Scopes).IsJson();
        builder.HasIndex(k => k.Lookup).IsUnique();
        builder.HasIndex(k => new { k.WorkspaceId, k.Id });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(k => k.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}
