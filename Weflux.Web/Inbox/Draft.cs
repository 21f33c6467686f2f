using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Inbox;

/// <summary>What a person has typed in a conversation and not sent. It outlives tabs, restarts and lost connections.</summary>
public sealed class Draft
{
    public required WorkspaceId WorkspaceId { get; init; }

    public required long ConversationId { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>Names the message this draft becomes, so that sending it twice makes one message.</summary>
    public required Guid DraftId { get; set; }

    public required string Text { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The change counter that the screen had read when the writing began; 0 if that is not known.</summary>
    public long KnownSequence { get; set; }
}

/// <summary>How far a person has read a conversation. Others' cursors are untouched by it.</summary>
public sealed class ReadCursor
{
    public required WorkspaceId WorkspaceId { get; init; }

    public required long ConversationId { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>How many of the customer's messages there were when the person last looked.</summary>
    public required int InboundCount { get; set; }
}

internal sealed class DraftMapping : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("Drafts");
        builder.HasKey(d => new { d.WorkspaceId, d.ConversationId, d.UserId });
        builder.HasIndex(d => new { d.WorkspaceId, d.UserId, d.UpdatedAt });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(d => d.ConversationId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ReadCursorMapping : IEntityTypeConfiguration<ReadCursor>
{
    public void Configure(EntityTypeBuilder<ReadCursor> builder)
    {
        builder.ToTable("ReadCursors");
        builder.HasKey(r => new { r.WorkspaceId, r.UserId, r.ConversationId });
        builder.HasIndex(r => new { r.WorkspaceId, r.ConversationId });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(r => r.ConversationId).OnDelete(DeleteBehavior.Cascade);
    }
}
