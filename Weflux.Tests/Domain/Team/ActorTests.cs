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

        actor.MaySeeHeldBy(Given.Asha).Should().Be(own);
        actor.MaySeeHeldBy(null).Should().Be(unassigned);
        actor.MaySeeHeldBy(Given.Ravi).Should().Be(others);
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
