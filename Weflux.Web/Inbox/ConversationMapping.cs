using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox;

internal sealed class ConversationMapping : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("Conversations");
        builder.Property(c => c.LastWhatsAppId).IsPlatformId();
        builder.Property(c => c.LastKind).HasMaxLength(40);
        builder.Property(c => c.LastLine).HasMaxLength(200);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Property(c => c.Participants).HasMaxLength(Participants.MaxText).HasDefaultValue(Participants.None)
            .HasConversion(p => p.Text, text => Participants.Read(text));
        builder.Ignore(c => c.Window);
        builder.Ignore(c => c.Standing);
        builder.Ignore(c => c.Holding);
        builder.HasOne<Contact>().WithMany().HasForeignKey(c => c.ContactId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Connection>().WithMany().HasForeignKey(c => c.ConnectionId).OnDelete(DeleteBehavior.Restrict);

        builder.HasIndex(c => new { c.WorkspaceId, c.ContactId, c.ConnectionId }).IsUnique();
        builder.HasIndex(c => new { c.WorkspaceId, c.Id });

        // Snoozes that are over are looked for in all workspaces at once.
        builder.HasIndex(c => c.SnoozedUntil).HasFilter("\"SnoozedUntil\" IS NOT NULL");
        builder.HasIndex(c => new { c.WorkspaceId, c.ConnectionId, c.ContactId });
        builder.HasIndex(c => new { c.WorkspaceId, c.State, c.LastActivityAt, c.LastSequence, c.Id });

        // Holder and team stand behind each order: SQLite without statistics takes the slimmer of two indexes for a page further
        // down, whatever it holds, so that the index of everything must not be slimmer than the one of a person or of a team.
        builder.HasIndex(c => new { c.WorkspaceId, c.State, c.NeedsReply, c.LastActivityAt, c.LastSequence, c.Id, c.AssigneeId, c.TeamId });
        builder.HasIndex(c => new { c.WorkspaceId, c.AssigneeId, c.State, c.LastActivityAt, c.LastSequence, c.Id });
        builder.HasIndex(c => new { c.WorkspaceId, c.AssigneeId, c.State, c.NeedsReply, c.LastActivityAt, c.LastSequence, c.Id, c.TeamId });

        // Views with an order of their own: by the end of the snooze, and of those that wait by since when, and by when the window shuts.
        const string waits = "\"WaitingSince\" IS NOT NULL";
        builder.HasIndex(c => new { c.WorkspaceId, c.SnoozedUntil, c.Id, c.AssigneeId, c.TeamId }).HasFilter("\"SnoozedUntil\" IS NOT NULL");
        builder.HasIndex(c => new { c.WorkspaceId, c.AssigneeId, c.SnoozedUntil, c.Id, c.TeamId }).HasFilter("\"SnoozedUntil\" IS NOT NULL");
        builder.HasIndex(c => new { c.WorkspaceId, c.State, c.NeedsReply, c.LastCustomerActAt, c.Id, c.AssigneeId, c.TeamId });
        builder.HasIndex(c => new { c.WorkspaceId, c.AssigneeId, c.State, c.NeedsReply, c.LastCustomerActAt, c.Id, c.TeamId });
        builder.HasIndex(c => new { c.WorkspaceId, c.State, c.WaitingSince, c.Id, c.AssigneeId, c.TeamId }).HasFilter(waits);
        builder.HasIndex(c => new { c.WorkspaceId, c.AssigneeId, c.State, c.WaitingSince, c.Id, c.TeamId }).HasFilter(waits);
        MapTeams(builder);
    }

    /// <summary>
    /// What nobody holds of one team, or of none, in each order that a list has; what waits to be given to somebody; all of
    /// a team; and what people are asked to take over, which is little.
    /// </summary>
    private static void MapTeams(EntityTypeBuilder<Conversation> builder)
    {
        const string free = "\"AssigneeId\" IS NULL";
        const string waits = "\"WaitingSince\" IS NOT NULL";
        builder.HasIndex(c => new { c.WorkspaceId, c.TeamId, c.Id }).HasFilter("\"TeamId\" IS NOT NULL");

        // They name who holds them, although nobody does: else those of all teams would answer as well.
        Named(c => new { c.WorkspaceId, c.TeamId, c.AssigneeId, c.State, c.NeedsReply, c.LastActivityAt, c.LastSequence, c.Id }, "FreeOfTeam_State_NeedsReply_LastActivityAt", free);
        Named(c => new { c.WorkspaceId, c.TeamId, c.AssigneeId, c.State, c.NeedsReply, c.LastCustomerActAt, c.Id }, "FreeOfTeam_State_NeedsReply_LastCustomerActAt", free);
        Named(c => new { c.WorkspaceId, c.TeamId, c.AssigneeId, c.SnoozedUntil, c.Id }, "FreeOfTeam_SnoozedUntil_Id", $"{free} AND \"SnoozedUntil\" IS NOT NULL");
        Named(c => new { c.WorkspaceId, c.TeamId, c.AssigneeId, c.State, c.WaitingSince, c.Id }, "FreeOfTeam_State_WaitingSince", $"{free} AND {waits}");
        Named(c => new { c.WorkspaceId, c.TeamId, c.AssigneeId, c.ConnectionId, c.State, c.WaitingSince, c.Id }, "WaitingRoom", $"{free} AND {waits}");

        const string member = "\"AskedMemberId\" IS NOT NULL";
        Named(c => new { c.WorkspaceId, c.AskedMemberId, c.State, c.NeedsReply, c.LastActivityAt, c.LastSequence, c.Id, c.AssigneeId }, "AskedMember_State_NeedsReply_LastActivityAt", member);
        Named(c => new { c.WorkspaceId, c.AskedMemberId, c.State, c.NeedsReply, c.LastCustomerActAt, c.Id, c.AssigneeId }, "AskedMember_State_NeedsReply_LastCustomerActAt", member);
        Named(c => new { c.WorkspaceId, c.AskedMemberId, c.State, c.WaitingSince, c.Id, c.AssigneeId }, "AskedMember_State_WaitingSince", $"{member} AND {waits}");

        const string team = "\"AskedTeamId\" IS NOT NULL";
        Named(c => new { c.WorkspaceId, c.AskedTeamId, c.State, c.NeedsReply, c.LastActivityAt, c.LastSequence, c.Id, c.AssigneeId }, "AskedTeam_State_NeedsReply_LastActivityAt", team);
        Named(c => new { c.WorkspaceId, c.AskedTeamId, c.State, c.NeedsReply, c.LastCustomerActAt, c.Id, c.AssigneeId }, "AskedTeam_State_NeedsReply_LastCustomerActAt", team);
        Named(c => new { c.WorkspaceId, c.AskedTeamId, c.State, c.WaitingSince, c.Id, c.AssigneeId }, "AskedTeam_State_WaitingSince", $"{team} AND {waits}");

        // Those that are over are looked for in all workspaces at once.
        builder.HasIndex(c => c.AskedUntil).HasFilter("\"AskedUntil\" IS NOT NULL");

        void Named(Expression<Func<Conversation, object?>> columns, string name, string filter) =>
            builder.HasIndex(columns).HasFilter(filter).HasDatabaseName($"IX_Conversations_WorkspaceId_{name}");
    }
}

internal sealed class MessageMapping : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("Messages");
        builder.Property(m => m.Content).IsJson();
        builder.Property(m => m.Context).IsJson();
        builder.Property(m => m.Fault).IsJson();
        builder.Property(m => m.WhatsAppId).IsPlatformId();
        builder.Property(m => m.TargetWhatsAppId).IsPlatformId();
        builder.HasOne<Conversation>().WithMany().HasForeignKey(m => m.ConversationId).OnDelete(DeleteBehavior.Restrict);

        builder.HasIndex(m => new { m.WorkspaceId, m.ConnectionId, m.WhatsAppId }).IsUnique().HasFilter("\"WhatsAppId\" IS NOT NULL");
        builder.HasIndex(m => new { m.WorkspaceId, m.DraftId }).IsUnique().HasFilter("\"DraftId\" IS NOT NULL");
        builder.HasIndex(m => new { m.WorkspaceId, m.ResendOfId }).HasFilter("\"ResendOfId\" IS NOT NULL");
        builder.HasIndex(m => new { m.WorkspaceId, m.ConversationId, m.TargetWhatsAppId }).HasFilter("\"TargetWhatsAppId\" IS NOT NULL");
        builder.HasIndex(m => new { m.WorkspaceId, m.Sequence }).IsUnique();
        builder.HasIndex(m => new { m.WorkspaceId, m.ConversationId, m.SaidAt, m.Sequence });
        builder.HasIndex(m => new { m.WorkspaceId, m.ConversationId, m.ChangeSequence });
    }
}
