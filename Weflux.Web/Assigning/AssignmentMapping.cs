using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;

namespace Weflux.Web.Assigning;

internal sealed class AssignmentRuleMapping : IEntityTypeConfiguration<AssignmentRule>
{
    public void Configure(EntityTypeBuilder<AssignmentRule> builder)
    {
        builder.ToTable("AssignmentRules");
        builder.Ignore(r => r.Terms);
        builder.HasIndex(r => new { r.WorkspaceId, r.ConnectionId }).IsUnique().HasFilter("\"ConnectionId\" IS NOT NULL");
        builder.HasIndex(r => new { r.WorkspaceId, r.TeamId }).IsUnique().HasFilter("\"TeamId\" IS NOT NULL");
    }
}

internal sealed class AssignmentTurnMapping : IEntityTypeConfiguration<AssignmentTurn>
{
    public void Configure(EntityTypeBuilder<AssignmentTurn> builder)
    {
        builder.ToTable("AssignmentTurns");
        builder.HasKey(t => new { t.WorkspaceId, t.UserId });
    }
}
