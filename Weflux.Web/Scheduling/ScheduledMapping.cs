using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Data;

namespace Weflux.Web.Scheduling;

internal sealed class ScheduledMapping : IEntityTypeConfiguration<ScheduledMessage>
{
    public void Configure(EntityTypeBuilder<ScheduledMessage> builder)
    {
        builder.ToTable("ScheduledMessages");
        builder.Property(s => s.Content).IsJson();
        builder.Property(s => s.Fallback).IsJson();
        builder.Property(s => s.Fault).IsJson();
        builder.Ignore(s => s.IsOpen);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(s => s.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => new { s.WorkspaceId, s.DraftId }).IsUnique();
        builder.HasIndex(s => new { s.WorkspaceId, s.State, s.DueAt, s.Id });
        builder.HasIndex(s => new { s.WorkspaceId, s.ConversationId, s.State });
    }
}
