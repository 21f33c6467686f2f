using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Sending.Troubles;

/// <summary>A message of ours that failed or was not confirmed, and that nobody has dealt with yet: it waits for somebody's decision.</summary>
public sealed class SendTrouble
{
    public required long MessageId { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long ConversationId { get; set; }

    public required long ConnectionId { get; init; }

    /// <summary>Whose lane it is in: who wrote the message. Null if a program or Weflux itself did.</summary>
    public UserId? AuthorId { get; init; }

    /// <summary>Why: the platform's code, or one of our own.</summary>
    public required int Code { get; set; }

    /// <summary>When it went wrong (UTC).</summary>
    public required DateTimeOffset Since { get; set; }
}

internal sealed class SendTroubleMapping : IEntityTypeConfiguration<SendTrouble>
{
    public void Configure(EntityTypeBuilder<SendTrouble> builder)
    {
        builder.ToTable("SendTroubles");
        builder.HasKey(t => t.MessageId);
        builder.Property(t => t.MessageId).ValueGeneratedNever();
        builder.HasOne<Message>().WithOne().HasForeignKey<SendTrouble>(t => t.MessageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(t => new { t.WorkspaceId, t.ConversationId, t.MessageId });
        builder.HasIndex(t => new { t.WorkspaceId, t.Code, t.ConnectionId, t.MessageId });
        builder.HasIndex(t => new { t.WorkspaceId, t.AuthorId, t.Code, t.ConnectionId, t.MessageId });
    }
}
