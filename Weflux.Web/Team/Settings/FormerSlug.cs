using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Settings;

/// <summary>An address that a workspace once had. It leads to the new one, and no other workspace may take it.</summary>
public sealed class FormerSlug
{
    public required WorkspaceId WorkspaceId { get; init; }

    public required string Slug { get; init; }

    public required DateTimeOffset LeftAt { get; init; }
}

internal sealed class FormerSlugMapping : IEntityTypeConfiguration<FormerSlug>
{
    public void Configure(EntityTypeBuilder<FormerSlug> builder)
    {
        builder.ToTable("FormerSlugs");
        builder.HasKey(s => s.Slug);
        builder.Property(s => s.Slug).HasMaxLength(60);
        builder.HasIndex(s => s.WorkspaceId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(s => s.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}

public static class WorkspaceSlugs
{
    /// <summary>Whether another workspace has the slug, or had it. Ask inside the transaction that takes it.</summary>
    /// <param name="db">Where to look.</param>
    /// <param name="slug">The slug.</param>
    /// <param name="except">The workspace that may have had it itself; null for a new one.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public static async Task<bool> IsSlugTakenAsync(this WefluxDbContext db, WorkspaceSlug slug, WorkspaceId? except, CancellationToken cancellationToken)
    {
        var (value, own) = (slug.Value, except ?? default);
        return await db.Set<Workspace>().AnyAsync(w => w.Slug == value && w.Id != own, cancellationToken)
            || await db.Set<FormerSlug>().AcrossWorkspaces().AnyAsync(s => s.Slug == value && s.WorkspaceId != own, cancellationToken);
    }
}
