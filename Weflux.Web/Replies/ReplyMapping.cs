using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Replies;

internal sealed class ReplyMapping : IEntityTypeConfiguration<CannedReply>
{
    public void Configure(EntityTypeBuilder<CannedReply> builder)
    {
        builder.ToTable("CannedReplies");
        builder.Property(r => r.Shortcut).HasMaxLength(CannedReply.MaxShortcut);
        builder.Property(r => r.ShortcutKey).HasMaxLength(CannedReply.MaxShortcut * 4);
        builder.Property(r => r.Text).HasMaxLength(CannedReply.MaxText);

        // Whether a shortcut is taken is asked under the lock of the workspace: the databases differ in whether no owner equals none.
        builder.HasIndex(r => new { r.WorkspaceId, r.OwnerId, r.ShortcutKey });
    }
}
