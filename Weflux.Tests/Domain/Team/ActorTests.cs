using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class ActorTests
{
    public static TheoryData<Role> Superiors => [Role.Manager, Role.Admin];

    [Theory]
    [InlineData(Role.Agent, AgentVisibility.Own, true, false, false)]
    [InlineData(Role.Agent, AgentVisibility.OwnAndUnassigned, true, true, false)]
    [InlineData(Role.Agent, AgentVisibility.All, true, true, true)]
    [InlineData(Role.Agent, (AgentVisibility)0, true, true, false)]
    [InlineData(Role.Manager, AgentVisibility.Own, true, true, true)]
    [InlineData(Role.Manager, AgentVisibility.OwnAndUnassigned, true, true, true)]
    [InlineData(Role.Manager, AgentVisibility.All, true, true, true)]
    [InlineData(Role.Admin, AgentVisibility.Own, true, true, true)]
    [InlineData(Role.Admin, AgentVisibility.OwnAndUnassigned, true, true, true)]
    [InlineData(Role.Admin, AgentVisibility.All, true, true, true)]
    [InlineData((Role)0, AgentVisibility.All, false, false, false)]
    [InlineData((Role)4, AgentVisibility.All, false, false, false)]
    public void Sees_own_unassigned_and_others_conversations(
        Role role, AgentVisibility visibility, bool own, bool unassigned, bool others)
    {
        var actor = Asha(role, AgentSettings.Default with { Visibility = visibility });

        actor.MaySee(new Holding(Given.Asha)).Should().Be(own);
        actor.MaySee(Holding.Nobody).Should().Be(unassigned);
        actor.MaySee(new Holding(Given.Ravi)).Should().Be(others);
        actor.SeesUnassigned.Should().Be(unassigned);
    }

    [Theory]
    [InlineData(Role.Agent, AgentVisibility.Own, false, false, true, false)]
    [InlineData(Role.Agent, AgentVisibility.OwnAndUnassigned, true, false, true, false)]
    [InlineData(Role.Agent, AgentVisibility.All, true, true, true, true)]
    [InlineData(Role.Manager, AgentVisibility.Own, true, true, true, true)]
    [InlineData((Role)0, AgentVisibility.All, false, false, false, false)]
    public void Sees_what_nobody_holds_of_own_teams_and_what_the_person_or_a_team_is_asked_to_take_over(
        Role role, AgentVisibility visibility, bool ownTeam, bool otherTeam, bool asked, bool askedOfOthers)
    {
        var actor = Asha(role, AgentSettings.Default with { Visibility = visibility }) with { Teams = TeamSet.Of([7, 5, 5]) };

        actor.MaySee(new Holding(null, Team: 5)).Should().Be(ownTeam);
        actor.MaySee(new Holding(null, Team: 6)).Should().Be(otherTeam);
        actor.MaySee(new Holding(Given.Ravi, Team: 5)).Should().Be(otherTeam, "what a colleague holds is the colleague's, whatever the team");
        actor.MaySee(new Holding(Given.Ravi, AskedMember: Given.Asha)).Should().Be(asked);
        actor.MaySee(new Holding(Given.Ravi, AskedTeam: 7)).Should().Be(asked);
        actor.MaySee(new Holding(Given.Ravi, AskedTeam: 6)).Should().Be(askedOfOthers);
    }

    [Theory]
    [InlineData(Role.Agent, AgentVisibility.Own, true, false)]
    [InlineData(Role.Agent, AgentVisibility.OwnAndUnassigned, true, false)]
    [InlineData(Role.Manager, AgentVisibility.Own, true, true)]
    [InlineData((Role)0, AgentVisibility.All, false, false)]
    public void Sees_where_the_person_takes_part_whoever_holds_it_and_whatever_its_team(Role role, AgentVisibility visibility, bool own, bool others)
    {
        var actor = Asha(role, AgentSettings.Default with { Visibility = visibility });

        foreach (var held in new[] { new Holding(Given.Ravi), new Holding(Given.Ravi, Team: 6), new Holding(null, Team: 6), new Holding(Given.Ravi, AskedTeam: 6) })
        {
            actor.MaySee(held with { Participants = Participants.None.With(Given.Ravi).With(Given.Asha) }).Should().Be(own);
            actor.MaySee(held with { Participants = Participants.None.With(Given.Ravi) }).Should().Be(others);
        }

        new Holding(Given.Ravi, Participants: Participants.None).Should().Be(new Holding(Given.Ravi), "nobody is nobody");
    }

    [Fact]
    public void Actors_of_the_same_teams_are_equal_whatever_the_order()
    {
        var actor = Asha(Role.Agent, AgentSettings.Default);

        (actor with { Teams = TeamSet.Of([1, 2]) }).Should().Be(actor with { Teams = TeamSet.Of([2, 1, 2]) });
        (actor with { Teams = TeamSet.Of([1]) }).Should().NotBe(actor with { Teams = TeamSet.Of([2]) }).And.NotBe(actor);
        TeamSet.Of([]).Should().BeSameAs(TeamSet.None);
        TeamSet.Of([2, 1]).GetHashCode().Should().Be(TeamSet.Of([1, 2]).GetHashCode());
        TeamSet.None.Has(null).Should().BeFalse();
        TeamSet.Of([3]).Equals("3").Should().BeFalse();
    }

    [Fact]
    public void New_workspace_shows_its_agents_own_and_unassigned_conversations_and_masks_numbers()
    {
        AgentSettings.Default.Should().Be(new AgentSettings(AgentVisibility.OwnAndUnassigned, MaskPhoneNumbers: true, MayReveal: false));

        var agent = Asha(Role.Agent, AgentSettings.Default);
        agent.May(Permission.SeePhoneNumbers).Should().BeFalse();
        agent.May(Permission.RevealPhoneNumber).Should().BeFalse();
        agent.May(Permission.SeeAllConversations).Should().BeFalse();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Setting_lets_agents_see_numbers(bool isMasked, bool maySee) =>
        Asha(Role.Agent, AgentSettings.Default with { MaskPhoneNumbers = isMasked }).May(Permission.SeePhoneNumbers).Should().Be(maySee);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Setting_lets_agents_reveal_numbers(bool mayReveal) =>
        Asha(Role.Agent, AgentSettings.Default with { MayReveal = mayReveal }).May(Permission.RevealPhoneNumber).Should().Be(mayReveal);

    [Fact]
    public void Settings_widen_nothing_else()
    {
        var widest = Asha(Role.Agent, new AgentSettings(AgentVisibility.All, MaskPhoneNumbers: false, MayReveal: true));

        var widened = Enum.GetValues<Permission>().Where(p => widest.May(p) && !Permissions.Allow(Role.Agent, p));

        widened.Should().BeEquivalentTo([Permission.SeeAllConversations, Permission.SeePhoneNumbers, Permission.RevealPhoneNumber]);
    }

    [Theory]
    [MemberData(nameof(Superiors))]
    public void Settings_never_narrow_managers_and_admins(Role role)
    {
        var actor = Asha(role, new AgentSettings(AgentVisibility.Own, MaskPhoneNumbers: true, MayReveal: false));

        actor.May(Permission.SeePhoneNumbers).Should().BeTrue();
        actor.May(Permission.RevealPhoneNumber).Should().BeTrue();
        actor.May(Permission.SeeAllConversations).Should().BeTrue();
    }

    [Fact]
    public void Ids_read_as_digits()
    {
        new WorkspaceId(-1234567).ToString().Should().Be("-1234567");
        new UserId(1234567).ToString().Should().Be("1234567");
    }

    private static Actor Asha(Role role, AgentSettings settings) => new(Given.Workspace, Given.Asha, "Asha", role, settings);
}
