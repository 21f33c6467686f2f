using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;

namespace Weflux.Web.Teams;

internal sealed class WorkTeamMapping : IEntityTypeConfiguration<WorkTeam>
{
    public void Configure(EntityTypeBuilder<WorkTeam> builder)
    {
        builder.ToTable("Teams");
        builder.Property(t => t.Name).HasMaxLength(WorkTeam.MaxName);
        builder.Property(t => t.NameKey).HasMaxLength(WorkTeam.MaxName * 4);
        builder.HasIndex(t => new { t.WorkspaceId, t.NameKey }).IsUnique();
    }
}

/// <summary>Both ways: who is in a team, and in which teams somebody is.</summary>
internal sealed class TeamMemberMapping : IEntityTypeConfiguration<TeamMember>
{
    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.ToTable("TeamMembers");
        builder.HasKey(m => new { m.WorkspaceId, m.TeamId, m.UserId });
        builder.HasOne<WorkTeam>().WithMany().HasForeignKey(m => m.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => new { m.WorkspaceId, m.UserId, m.TeamId });
    }
}
