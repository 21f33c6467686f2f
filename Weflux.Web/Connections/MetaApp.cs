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

    /// <summary>Encrypted, see <see cref="SecretContext"/>.</summary>
    public required byte[] AppSecret { get; set; }

    /// <summary>Encrypted, see <see cref="VerifyTokenContext"/>.</summary>
    public required byte[] VerifyToken { get; set; }

    public static string SecretContext(string appKey) => $"MetaApps/{appKey}/AppSecret";

    public static string VerifyTokenContext(string appKey) => $"MetaApps/{appKey}/VerifyToken";
}

internal sealed class MetaAppMapping : IEntityTypeConfiguration<MetaApp>
{
    public void Configure(EntityTypeBuilder<MetaApp> builder)
    {
        builder.ToTable("MetaApps");
        builder.Property(a => a.AppKey).IsPlatformId(64);
        builder.HasIndex(a => a.AppKey).IsUnique();
        builder.HasIndex(a => a.WorkspaceId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(a => a.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}
