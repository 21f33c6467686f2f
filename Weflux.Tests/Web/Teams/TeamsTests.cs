using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Work;
using Weflux.Web.Audit;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Team;
using Weflux.Web.Team.Members;
using Weflux.Web.Teams;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Teams;

public sealed class TeamsTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task A_team_is_made_renamed_put_away_and_taken_up_again_on_record()
    {
        var id = await MakeAsync("Refunds");
        (await world.Get<MakeTeam>().ExecuteAsync(world.Manager, " refunds ")).Should().Be(TeamOutcome.Taken);
        (await world.Get<MakeTeam>().ExecuteAsync(world.Manager, "  ")).Should().Be(TeamOutcome.Invalid);
        (await world.Get<MakeTeam>().ExecuteAsync(world.Agent, "Mine")).Should().Be(TeamOutcome.NotAllowed);
        (await world.Get<RenameTeam>().ExecuteAsync(world.Manager, id, "Returns")).Should().Be(TeamOutcome.Saved);
        (await world.Get<SetTeamMember>().ExecuteAsync(world.Manager, id, world.Agent.User, isIn: true)).Should().Be(TeamOutcome.Saved);
        (await world.Get<ArchiveTeam>().ExecuteAsync(world.Manager, id)).Should().Be(TeamOutcome.Saved);
        (await world.Get<MakeTeam>().ExecuteAsync(world.Manager, "Returns")).Should().Be(TeamOutcome.Taken, "one that is put away keeps its name");
        (await world.Get<RestoreTeam>().ExecuteAsync(world.Manager, id)).Should().Be(TeamOutcome.Saved);

        var line = (await world.Get<TeamsQuery>().ForEditingAsync(world.Manager))!.Teams.Single(t => t.Id == id);
        (line.Name, line.ArchivedAt).Should().Be(("Returns", null));
        line.Members.Select(m => m.User).Should().Equal(world.Agent.User);
        var actions = await world.Host.ReadAsync(db => db.Set<AuditEntry>().OrderBy(e => e.Number).Select(e => e.Action).ToListAsync());
        actions.Should().ContainInOrder(
            AuditActions.TeamMade, AuditActions.TeamRenamed, AuditActions.TeamMembersChanged, AuditActions.TeamArchived, AuditActions.TeamRestored);
    }

    [Fact]
    public async Task An_agent_sees_what_nobody_holds_of_own_teams_and_of_no_team()
    {
        var (mine, theirs) = (await MakeAsync(Fresh()), await MakeAsync(Fresh()));
        await world.Get<SetTeamMember>().ExecuteAsync(world.Manager, mine, world.Agent.User, isIn: true);
        var agent = await world.Host.ActorAsync();
        long[] ids = [await world.MeetAsync(), await world.MeetAsync(), await world.MeetAsync()];
        (await world.Get<AssignConversation>().ExecuteAsync(world.Manager, ids[0], AssignTo.Team(mine), "yours")).Should().Be(WorkOutcome.Done);
        await world.Get<AssignConversation>().ExecuteAsync(world.Manager, ids[1], AssignTo.Team(theirs));

        (await SeenAsync(agent, ViewKind.Unassigned)).Should().Contain([ids[0], ids[2]]).And.NotContain(ids[1]);
        (await SeenAsync(world.Manager, ViewKind.Unassigned)).Should().Contain(ids);
        (await world.Get<ThreadQuery>().GetAsync(agent, ids[1])).Should().BeNull();
        (await world.Get<TakeConversation>().ExecuteAsync(agent, ids[1])).Should().Be(WorkOutcome.NotFound);
        (await world.TellsAsync(agent, ids[0])).Should().Equal($"{world.Manager.Name} gave it to the team {await NameAsync(mine)}: yours");
        (await world.Get<ConversationListQuery>().GetAsync(
            world.Manager, InboxView.Newest with { Filter = new ViewFilter { TeamId = theirs } }, null, PageDirection.After, 50)).Rows.Select(r => r.Id).Should().Equal(ids[1]);
        (await world.Get<TakeConversation>().ExecuteAsync(agent, ids[0])).Should().Be(WorkOutcome.Done);
    }

    [Fact]
    public async Task Given_to_a_team_it_stays_with_its_holder_only_if_they_are_in_the_team()
    {
        var team = await MakeAsync(Fresh());
        await world.Get<SetTeamMember>().ExecuteAsync(world.Manager, team, world.Agent.User, isIn: true);
        long[] ids = [await world.MeetAsync(), await world.MeetAsync()];
        await world.Get<AssignConversation>().ExecuteAsync(world.Manager, ids[0], world.Agent.User);
        await world.Get<AssignConversation>().ExecuteAsync(world.Manager, ids[1], world.Other.User, "for now");

        foreach (var id in ids)
        {
            (await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, AssignTo.Team(team))).Should().Be(WorkOutcome.Done);
            (await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, AssignTo.Team(team))).Should().Be(WorkOutcome.Unchanged);
        }

        (await world.ConversationAsync(ids[0])).Holding.Should().Be(new Holding(world.Agent.User, team));
        (await world.ConversationAsync(ids[1])).Holding.Should().Be(new Holding(null, team));
        (await world.Get<AssignConversation>().ExecuteAsync(world.Manager, ids[0], AssignTo.NoTeam)).Should().Be(WorkOutcome.Done);
        (await world.ConversationAsync(ids[0])).Holding.Should().Be(new Holding(world.Agent.User));
        (await world.TellsAsync(world.Manager, ids[1]))[0].Should().Be($"You assigned it to {world.Other.Name}: for now");
        (await world.TellsAsync(world.Manager, ids[0]))[^1].Should().Be("You took it out of its team");
    }

    [Fact]
    public async Task Put_away_it_hands_its_conversations_back_and_threads_go_on_to_tell_its_name()
    {
        var (name, team) = (Fresh(), 0L);
        team = await MakeAsync(name);
        long[] ids = [await world.MeetAsync(), await world.MeetAsync(), await world.MeetAsync()];
        foreach (var id in ids)
        {
            await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, AssignTo.Team(team));
        }

        await world.Get<AssignConversation>().ExecuteAsync(world.Manager, ids[1], world.Other.User);
        await world.Get<CloseConversation>().ExecuteAsync(world.Manager, ids[2]);
        (await world.Get<ArchiveTeam>().ExecuteAsync(world.Manager, team)).Should().Be(TeamOutcome.Saved);

        (await world.ConversationAsync(ids[0])).Holding.Should().Be(Holding.Nobody);
        (await world.ConversationAsync(ids[1])).Holding.Should().Be(new Holding(world.Other.User), "who holds it stays");
        (await world.ConversationAsync(ids[2])).TeamId.Should().BeNull("else nobody would see it when the customer writes again");
        (await world.TellsAsync(world.Agent, ids[0])).Should().Equal(
            $"{world.Manager.Name} gave it to the team {name}", "It belongs to no team any more, because its team was put away");
        (await world.Get<AssignConversation>().ExecuteAsync(world.Manager, ids[0], AssignTo.Team(team))).Should().Be(WorkOutcome.UnknownSubject);
        (await world.Activity.TeamsAsync(world.Manager)).Should().NotContain(t => t.Id == team);
    }

    [Fact]
    public async Task Whoever_is_taken_out_of_a_team_or_removed_is_in_it_no_more()
    {
        var team = await MakeAsync(Fresh());
        await world.Get<SetTeamMember>().ExecuteAsync(world.Manager, team, world.Agent.User, isIn: true);
        (await world.Host.ActorAsync()).Teams.Has(team).Should().BeTrue();
        await world.Get<SetTeamMember>().ExecuteAsync(world.Manager, team, world.Agent.User, isIn: false);
        (await world.Host.ActorAsync()).Teams.Has(team).Should().BeFalse();

        var gone = new UserId(4711);
        await world.Host.ReadAsync(async db =>
        {
            db.Add(new Membership { WorkspaceId = world.Admin.Workspace, UserId = gone, Role = Role.Agent });
            return await db.SaveChangesAsync();
        });
        (await world.Get<SetTeamMember>().ExecuteAsync(world.Manager, team, new UserId(999_999), isIn: true)).Should().Be(TeamOutcome.NotFound);
        (await world.Get<SetTeamMember>().ExecuteAsync(world.Manager, 999_999, world.Agent.User, isIn: true)).Should().Be(TeamOutcome.NotFound);
        (await world.Host.ReadAsync(async db =>
        {
            db.Add(new TeamMember(world.Admin.Workspace, team, gone));
            db.Add(new AssignmentTurn { WorkspaceId = world.Admin.Workspace, UserId = gone, LastGiven = 1 });
            await db.SaveChangesAsync();
            await Places.LeaveTeamsAsync(db, gone, CancellationToken.None);
            await db.Set<Membership>().Where(m => m.UserId == gone).ExecuteDeleteAsync();
            return await db.Set<TeamMember>().AnyAsync(m => m.UserId == gone) || await db.Set<AssignmentTurn>().AnyAsync(t => t.UserId == gone);
        })).Should().BeFalse();
    }

    private async Task<IReadOnlyList<long>> SeenAsync(Actor reader, ViewKind kind) =>
        [.. (await world.Get<ConversationListQuery>().GetAsync(reader, new InboxView { Kind = kind }, null, PageDirection.After, 100)).Rows.Select(r => r.Id)];

    private static string Fresh() => $"Team {Guid.NewGuid():N}"[..20];

    private Task<string> NameAsync(long team) => world.Host.ReadAsync(db => db.Set<WorkTeam>().Where(t => t.Id == team).Select(t => t.Name).SingleAsync());

    private async Task<long> MakeAsync(string name)
    {
        (await world.Get<MakeTeam>().ExecuteAsync(world.Manager, name)).Should().Be(TeamOutcome.Saved);
        return await world.Host.ReadAsync(db => db.Set<WorkTeam>().Where(t => t.Name == name).Select(t => t.Id).SingleAsync());
    }
}
