using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Sending;

/// <summary>
/// What a program called a request of its own, so that repeating it sends nothing twice. It names the draft that the
/// message is made of: whoever comes again with the same key finds that message.
/// </summary>
public sealed class IdempotencyKey
{
    /// <summary>The longest key that is taken.</summary>
    public const int MaxLength = 255;

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>Whose key it is: two programs may call their requests the same.</summary>
    public required long ApiKeyId { get; init; }

    public required string Value { get; init; }

    /// <summary>SHA-256 of the request, by which another request under the same key is noticed.</summary>
    public required byte[] Request { get; init; }

    public required Guid DraftId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class IdempotencyKeyMapping : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.ToTable("IdempotencyKeys");
        builder.HasKey(k => new { k.WorkspaceId, k.ApiKeyId, k.Value });
        builder.Property(k => k.Value).IsPlatformId(IdempotencyKey.MaxLength);
        builder.Property(k => k.Request).HasMaxLength(32);
        builder.HasIndex(k => new { k.WorkspaceId, k.CreatedAt });
    }
}
