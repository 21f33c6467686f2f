using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Connections;

/// <summary>A workspace's app at Meta: the key in its webhook address, the secret that signs, the token that verifies.</summary>
public sealed class MetaApp
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>Names the app in the webhook address, so that the secret is known before anything is parsed.</summary>
    public required string AppKey { get; init; }

    /// <summary>Its id at Meta; null for one that was made before ids were kept.</summary>
    public string? AppId { get; set; }

    /// <summary>Encrypted, see <see cref="SecretContext"/>.</summary>
    public required byte[] AppSecret { get; set; }

    /// <summary>Encrypted, see <see cref="VerifyTokenContext"/>.</summary>
    public required byte[] VerifyToken { get; set; }

    /// <summary>The last four characters of the secret, which is all that is ever shown of it.</summary>
    public string? SecretEnding { get; set; }

    /// <summary>The secret before this one, encrypted, see <see cref="OldSecretContext"/>; null if it does not count any more.</summary>
    public byte[]? OldAppSecret { get; set; }

    /// <summary>Until when webhooks signed with the old secret are taken (UTC).</summary>
    public DateTimeOffset? OldSecretUntil { get; set; }

    public static string SecretContext(string appKey) => $"MetaApps/{appKey}/AppSecret";

    public static string OldSecretContext(string appKey) => $"MetaApps/{appKey}/OldAppSecret";

    public static string VerifyTokenContext(string appKey) => $"MetaApps/{appKey}/VerifyToken";
}

internal sealed class MetaAppMapping : IEntityTypeConfiguration<MetaApp>
{
    public void Configure(EntityTypeBuilder<MetaApp> builder)
    {
        builder.ToTable("MetaApps");
        builder.Property(a => a.AppKey).IsPlatformId(64);
        builder.HasIndex(a => a.AppKey).IsUnique();
        builder.Property(a => a.AppId).IsPlatformId(64);
        builder.Property(a => a.SecretEnding).HasMaxLength(4);
        builder.HasIndex(a => new { a.WorkspaceId, a.AppId });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(a => a.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}
