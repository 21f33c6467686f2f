using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Work;

internal sealed class ConversationEventMapping : IEntityTypeConfiguration<ConversationEvent>
{
    public void Configure(EntityTypeBuilder<ConversationEvent> builder)
    {
        builder.ToTable("ConversationEvents");
        builder.Property(e => e.Words).HasMaxLength(ConversationEvent.MaxWords);
        builder.Property(e => e.Program).HasMaxLength(ConversationEvent.MaxProgram);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(e => e.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(e => new { e.WorkspaceId, e.ConversationId, e.At, e.Id });
        builder.HasIndex(e => new { e.WorkspaceId, e.ConversationId, e.Sequence });
    }
}

internal sealed class CloseReasonMapping : IEntityTypeConfiguration<CloseReason>
{
    public void Configure(EntityTypeBuilder<CloseReason> builder)
    {
        builder.ToTable("CloseReasons");
        builder.Property(r => r.Name).HasMaxLength(CloseReason.MaxName);
        builder.Property(r => r.NameKey).HasMaxLength(CloseReason.MaxName * 4);
        builder.HasIndex(r => new { r.WorkspaceId, r.NameKey }).IsUnique();
    }
}
