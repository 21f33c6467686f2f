using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Work.Labels;

internal sealed class LabelMapping : IEntityTypeConfiguration<Label>
{
    public void Configure(EntityTypeBuilder<Label> builder)
    {
        builder.ToTable("Labels");
        builder.Property(l => l.Name).HasMaxLength(Label.MaxName);
        builder.Property(l => l.NameKey).HasMaxLength(Label.MaxName * 4);
        builder.HasIndex(l => new { l.WorkspaceId, l.NameKey }).IsUnique();
    }
}

/// <summary>Both ways: which labels a conversation carries, and which conversations carry a label.</summary>
internal sealed class ConversationLabelMapping : IEntityTypeConfiguration<ConversationLabel>
{
    public void Configure(EntityTypeBuilder<ConversationLabel> builder)
    {
        builder.ToTable("ConversationLabels");
        builder.HasKey(l => new { l.WorkspaceId, l.ConversationId, l.LabelId });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(l => l.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Label>().WithMany().HasForeignKey(l => l.LabelId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(l => new { l.WorkspaceId, l.LabelId, l.ConversationId });
    }
}
