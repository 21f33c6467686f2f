using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Work.Notes;

internal sealed class NoteMapping : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> builder)
    {
        builder.ToTable("Notes");
        builder.Property(n => n.Text).HasMaxLength(Note.MaxLength);
        builder.Property(n => n.Program).HasMaxLength(ConversationEvent.MaxProgram);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(n => n.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(n => new { n.WorkspaceId, n.DraftId }).IsUnique();
        builder.HasIndex(n => new { n.WorkspaceId, n.ConversationId, n.WrittenAt, n.Id });
        builder.HasIndex(n => new { n.WorkspaceId, n.ConversationId, n.ChangeSequence });
    }
}

internal sealed class NoteMentionMapping : IEntityTypeConfiguration<NoteMention>
{
    public void Configure(EntityTypeBuilder<NoteMention> builder)
    {
        builder.ToTable("NoteMentions");
        builder.HasKey(m => new { m.WorkspaceId, m.NoteId, m.UserId });
        builder.HasOne<Note>().WithMany().HasForeignKey(m => m.NoteId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => new { m.WorkspaceId, m.UserId, m.IsSeen, m.NoteId });
    }
}
