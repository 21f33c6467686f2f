using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class AssignmentRuleTests
{
    [Fact]
    public void A_new_rule_gives_nothing_to_anybody()
    {
        var rule = AssignmentRule.OfNumber(Given.Workspace, 7);

        (rule.ConnectionId, rule.TeamId, rule.WorkspaceId).Should().Be((7, null, Given.Workspace));
        rule.Terms.Should().Be(AssignmentTerms.Off);
        AssignmentRule.OfTeam(Given.Workspace, 3).TeamId.Should().Be(3);
    }

    [Fact]
    public void What_is_decided_is_kept()
    {
        var rule = AssignmentRule.OfNumber(Given.Workspace, 7);
        var terms = new AssignmentTerms(AssignmentMode.ToTeam, 5, OnlyInHours: true, IsSticky: false);

        rule.Set(terms).Should().BeTrue();
        rule.Terms.Should().Be(terms);
        rule.Set(new AssignmentTerms(AssignmentMode.LeastBusy, IncludesManagers: true)).Should().BeTrue();
        (rule.Mode, rule.GoesToTeamId, rule.IncludesManagers, rule.OnlyInHours).Should().Be((AssignmentMode.LeastBusy, null, true, false));
    }

    [Theory]
    [InlineData(AssignmentMode.ToTeam, null, false)]
    [InlineData(AssignmentMode.RoundRobin, 5L, false)]
    [InlineData(AssignmentMode.Off, 5L, false)]
    [InlineData((AssignmentMode)0, null, false)]
    [InlineData((AssignmentMode)9, null, false)]
    [InlineData(AssignmentMode.ToTeam, 5L, true)]
    public void What_makes_no_sense_changes_nothing(AssignmentMode mode, long? goesTo, bool isOfTeam)
    {
        var rule = isOfTeam ? AssignmentRule.OfTeam(Given.Workspace, 1) : AssignmentRule.OfNumber(Given.Workspace, 1);

        rule.Set(new AssignmentTerms(mode, goesTo)).Should().BeFalse();
        rule.Terms.Should().Be(AssignmentTerms.Off);
    }

    [Fact]
    public void A_team_has_its_own_people_and_no_others() =>
        AssignmentRule.OfTeam(Given.Workspace, 1).Set(new AssignmentTerms(AssignmentMode.RoundRobin, IncludesManagers: true)).Should().BeFalse();
}
