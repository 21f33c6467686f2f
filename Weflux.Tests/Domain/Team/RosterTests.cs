using CsCheck;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class RosterTests
{
    private static readonly UserId Priya = new(1);
    private static readonly UserId Daniel = new(2);
    private static readonly UserId Meera = new(3);

    private static readonly Roster Team = new(
        [new(Priya, Role.Admin, true), new(Daniel, Role.Manager, true), new(Meera, Role.Agent, true), new(new(4), Role.Agent, false)]);

    private static readonly Gen<Role> AnyRole = Gen.OneOf(Role.Agent, Role.Manager, Role.Admin);

    private static readonly Gen<RosterPlace[]> AnyTeam =
        from count in Gen.Int[1, 6]
        from roles in AnyRole.Array[count]
        from active in Gen.Bool.Array[count]
        select Enumerable.Range(0, count).Select(i => new RosterPlace(new(i + 1), roles[i], active[i])).ToArray();

    [Fact]
    public void An_Admin_changes_the_role_of_somebody_else() => Team.ChangeRole(Priya, Meera, Role.Manager).Should().Be(RosterAnswer.Yes);

    [Fact]
    public void Nobody_changes_their_own_role_or_access()
    {
        Team.ChangeRole(Priya, Priya, Role.Agent).Should().Be(RosterAnswer.Yourself);
        Team.Deactivate(Priya, Priya, null).Should().Be(RosterAnswer.Yourself);
        Team.Remove(Priya, Priya, Daniel).Should().Be(RosterAnswer.Yourself);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(0)]
    public void Whoever_is_no_active_Admin_changes_nothing(long by)
    {
        Team.ChangeRole(new(by), Meera, Role.Admin).Should().Be(RosterAnswer.NotAllowed);
        Team.Remove(new(by), Meera, null).Should().Be(RosterAnswer.NotAllowed);
        Team.Deactivate(new(by), Priya, null).Should().Be(RosterAnswer.NotAllowed);
        Team.Reactivate(new(by), new(4)).Should().Be(RosterAnswer.NotAllowed);
    }

    [Fact]
    public void A_deactivated_Admin_changes_nothing() =>
        new Roster([new(Priya, Role.Admin, true), new(Daniel, Role.Admin, false)]).ChangeRole(Daniel, Priya, Role.Agent).Should().Be(RosterAnswer.NotAllowed);

    [Fact]
    public void Somebody_of_another_workspace_is_no_member() => Team.Remove(Priya, new(9), null).Should().Be(RosterAnswer.NoSuchMember);

    [Fact]
    public void What_is_so_already_is_not_done_again()
    {
        Team.ChangeRole(Priya, Meera, Role.Agent).Should().Be(RosterAnswer.AlreadySo);
        Team.Deactivate(Priya, new(4), null).Should().Be(RosterAnswer.AlreadySo);
        Team.Reactivate(Priya, Meera).Should().Be(RosterAnswer.AlreadySo);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_role_that_is_none_is_given_to_nobody(int role) => Team.ChangeRole(Priya, Meera, (Role)role).Should().Be(RosterAnswer.UnknownRole);

    [Theory]
    [InlineData(null, RosterAnswer.Yes)]
    [InlineData(2L, RosterAnswer.Yes)]
    [InlineData(3L, RosterAnswer.NoSuchHeir)]
    [InlineData(4L, RosterAnswer.NoSuchHeir)]
    [InlineData(9L, RosterAnswer.NoSuchHeir)]
    public void Conversations_go_to_another_active_member_or_to_nobody(long? heir, RosterAnswer answer)
    {
        UserId? next = heir is { } id ? new UserId(id) : null;
        Team.Remove(Priya, Meera, next).Should().Be(answer);
        Team.Deactivate(Priya, Meera, next).Should().Be(answer);
    }

    [Fact]
    public void The_last_Admin_does_not_leave_and_everybody_else_may()
    {
        Team.Leave(Priya).Should().Be(RosterAnswer.LastAdmin);
        Team.Leave(Daniel).Should().Be(RosterAnswer.Yes);
        Team.Leave(new(9)).Should().Be(RosterAnswer.NoSuchMember);
        new Roster([new(Priya, Role.Admin, true), new(Daniel, Role.Admin, true)]).Leave(Priya).Should().Be(RosterAnswer.Yes);
        new Roster([new(Priya, Role.Admin, true), new(Daniel, Role.Admin, false)]).Leave(Priya).Should().Be(RosterAnswer.LastAdmin, "the other one is deactivated");
    }

    [Fact]
    public void Whatever_is_allowed_leaves_an_active_Admin() => Gen.Select(AnyTeam, Gen.Int[1, 7], Gen.Int[1, 7], AnyRole, Gen.Int[0, 4]).Sample((team, by, who, role, what) =>
    {
        if (!team.Any(p => p is { Role: Role.Admin, IsActive: true }))
        {
            return;
        }

        var (roster, member) = (new Roster(team), new UserId(who));
        var (answer, after) = what switch
        {
            0 => (roster.ChangeRole(new(by), member, role), Changed(team, member, p => p with { Role = role })),
            1 => (roster.Deactivate(new(by), member, null), Changed(team, member, p => p with { IsActive = false })),
            2 => (roster.Remove(new(by), member, null), team.Where(p => p.User != member)),
            3 => (roster.Reactivate(new(by), member), Changed(team, member, p => p with { IsActive = true })),
            _ => (roster.Leave(member), team.Where(p => p.User != member)),
        };
        if (answer == RosterAnswer.Yes)
        {
            after.Should().Contain(p => p.Role == Role.Admin && p.IsActive);
        }
    });

    private static IEnumerable<RosterPlace> Changed(RosterPlace[] team, UserId who, Func<RosterPlace, RosterPlace> change) =>
        team.Select(p => p.User == who ? change(p) : p);
}
