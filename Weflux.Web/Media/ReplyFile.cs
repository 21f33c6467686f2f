using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Media;

/// <summary>A file of a canned reply: it stays as long as the reply does, and whoever can use the reply can send it.</summary>
public sealed class ReplyFile
{
    public required long ReplyId { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long FileId { get; init; }

    /// <summary>Its place among the files of the reply.</summary>
    public required int Position { get; init; }
}

internal sealed class ReplyFileMapping : IEntityTypeConfiguration<ReplyFile>
{
    public void Configure(EntityTypeBuilder<ReplyFile> builder)
    {
        builder.ToTable("ReplyFiles");
        builder.HasKey(f => new { f.ReplyId, f.FileId });
        builder.HasOne<CannedReply>().WithMany().HasForeignKey(f => f.ReplyId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<MediaFile>().WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.WorkspaceId, f.FileId });
        builder.HasIndex(f => new { f.WorkspaceId, f.ReplyId });
    }
}

internal static class ReplyFiles
{
    /// <summary>Whether a person has the file in a canned reply, their own or everybody's.</summary>
    public static Task<bool> HasFileAsync(this WefluxDbContext db, Actor actor, long fileId, CancellationToken cancellationToken)
    {
        if (actor.Key is not null || !actor.May(Permission.WorkConversations))
        {
            return Task.FromResult(false);
        }

        var me = actor.User;
        return db.Set<ReplyFile>().AnyAsync(
            l => l.FileId == fileId && db.Set<CannedReply>().Any(r => r.Id == l.ReplyId && (r.OwnerId == null || r.OwnerId == me)), cancellationToken);
    }
}
