using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Team.Members;
using Weflux.Web.Teams;
using Weflux.Web.Work;
using Weflux.Web.Work.HandOvers;

namespace Weflux.Tests.Web.Work;

/// <summary>A conversation is handed over to somebody who accepts, or stays where it was.</summary>
public sealed class HandOverTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task Whoever_is_asked_sees_it_accepts_and_holds_it()
    {
        var id = await TakenAsync();
        (await SeesAsync(world.Other, id)).Should().BeFalse();

        (await world.Get<AskHandOver>().ExecuteAsync(world.Agent, id, AssignTo.Member(world.Other.User), " She speaks Hindi ")).Should().Be(WorkOutcome.Done);
        (await world.ConversationAsync(id)).AssigneeId.Should().Be(world.Agent.User, "it stays until somebody accepts");
        (await RowAsync(world.Other, id, ViewKind.Mine))!.HandOver.Should().Be(HandOverMark.ForMe);
        (await RowAsync(world.Agent, id, ViewKind.Mine))!.HandOver.Should().Be(HandOverMark.ForOthers);
        var head = (await world.Get<ThreadQuery>().GetAsync(world.Other, id))!.Head;
        head.HandOver.Should().BeEquivalentTo(new { Giver = world.Agent.Name, IsForMe = true, IsByMe = false, Reason = "She speaks Hindi", IsTeam = false });

        (await world.Get<AcceptHandOver>().ExecuteAsync(world.Other, id)).Should().Be(WorkOutcome.Done);
        (await world.ConversationAsync(id)).AssigneeId.Should().Be(world.Other.User);
        (await SeesAsync(world.Agent, id)).Should().BeFalse();
        (await world.TellsAsync(world.Other, id))[^1].Should().Be($"You took it over from {world.Agent.Name}");
        (await world.TellsAsync(world.Manager, id)).Should().Contain(w => w.StartsWith($"{world.Agent.Name} asked {world.Other.Name} to take it over by ") && w.EndsWith(": She speaks Hindi"));
        (await world.Get<AcceptHandOver>().ExecuteAsync(world.Other, id)).Should().Be(WorkOutcome.NotAsked);
    }

    [Fact]
    public async Task Whoever_declines_does_not_see_it_any_more_and_it_stays()
    {
        var id = await AskedAsync();

        (await world.Get<DeclineHandOver>().ExecuteAsync(world.Other, id)).Should().Be(WorkOutcome.Done);
        (await world.ConversationAsync(id)).Holding.Should().Be(new Holding(world.Agent.User));
        (await SeesAsync(world.Other, id)).Should().BeFalse();
        (await world.TellsAsync(world.Agent, id))[^1].Should().Be($"{world.Other.Name} declined to take it over. It stays with you");
        (await world.Get<AcceptHandOver>().ExecuteAsync(world.Other, id)).Should().Be(WorkOutcome.NotFound);
    }

    [Fact]
    public async Task Whoever_asked_withdraws_or_a_manager_does()
    {
        foreach (var who in new[] { world.Agent, world.Manager })
        {
            var id = await AskedAsync();
            (await world.Get<WithdrawHandOver>().ExecuteAsync(world.Other, id)).Should().Be(WorkOutcome.NotAllowed);
            (await world.Get<WithdrawHandOver>().ExecuteAsync(who, id)).Should().Be(WorkOutcome.Done);
            (await world.Get<WithdrawHandOver>().ExecuteAsync(who, id)).Should().Be(WorkOutcome.Unchanged);
            (await SeesAsync(world.Other, id)).Should().BeFalse();
            (await world.TellsAsync(who, id))[^1].Should().Be("You withdrew the request to take it over");
        }
    }

    [Fact]
    public async Task What_nobody_accepts_in_time_stays_and_says_so_once()
    {
        var id = await AskedAsync();
        world.Host.Clock.Advance(TimeSpan.FromMinutes(HandOverRules.DefaultMinutes) + TimeSpan.FromSeconds(1));

        // The program looks by itself too; whoever comes second finds nothing.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => world.Get<HandOverEnds>().EndAsync(CancellationToken.None))));
        await Eventually.BeAsync(async () => (await world.ConversationAsync(id)).AskedUntil is null);
        (await world.ConversationAsync(id)).Holding.Should().Be(new Holding(world.Agent.User));
        (await world.TellsAsync(world.Agent, id)).Count(w => w == "Nobody accepted in time. It stays with you").Should().Be(1);
        (await SeesAsync(world.Other, id)).Should().BeFalse();
    }

    [Fact]
    public async Task Of_a_team_the_first_who_accepts_gets_it_and_the_team_too()
    {
        var team = await TeamAsync(world.Other, world.Manager);
        var other = await world.Host.ActorAsync("agent2@demo.test");
        var id = await TakenAsync();
        (await world.Get<AskHandOver>().ExecuteAsync(world.Agent, id, AssignTo.Team(team), "A refund")).Should().Be(WorkOutcome.Done);

        (await RowAsync(other, id, ViewKind.All))!.HandOver.Should().Be(HandOverMark.ForMe);
        (await world.Get<DeclineHandOver>().ExecuteAsync(other, id)).Should().Be(WorkOutcome.NotAsked, "nobody declines for a whole team");
        (await world.Get<AcceptHandOver>().ExecuteAsync(world.Admin, id)).Should().Be(WorkOutcome.NotAsked, "they are not in the team");
        (await world.Get<AcceptHandOver>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.NotAsked, "they hold it");
        var outcomes = await Task.WhenAll(
            Task.Run(() => world.Get<AcceptHandOver>().ExecuteAsync(other, id)), Task.Run(() => world.Get<AcceptHandOver>().ExecuteAsync(world.Manager, id)));

        outcomes.Should().ContainSingle(o => o == WorkOutcome.Done);
        var now = await world.ConversationAsync(id);
        now.TeamId.Should().Be(team);
        now.AssigneeId.Should().BeOneOf(other.User, world.Manager.User);
    }

    [Fact]
    public async Task Who_does_not_hold_it_cannot_ask_and_nobody_can_be_asked_who_is_not_there()
    {
        var id = await TakenAsync();
        var ask = world.Get<AskHandOver>();
        (await ask.ExecuteAsync(world.Manager, id, AssignTo.Member(world.Other.User), "why")).Should().Be(WorkOutcome.NotAllowed);
        (await ask.ExecuteAsync(world.Other, id, AssignTo.Member(world.Other.User), "why")).Should().Be(WorkOutcome.NotFound);
        (await ask.ExecuteAsync(world.Agent, id, AssignTo.Member(world.Agent.User), "why")).Should().Be(WorkOutcome.UnknownSubject);
        (await ask.ExecuteAsync(world.Agent, id, AssignTo.Member(new UserId(987_654)), "why")).Should().Be(WorkOutcome.UnknownSubject);
        (await ask.ExecuteAsync(world.Agent, id, AssignTo.Team(987_654), "why")).Should().Be(WorkOutcome.UnknownSubject);
        (await ask.ExecuteAsync(world.Agent, id, AssignTo.Team(await TeamAsync(world.Agent)), "why")).Should().Be(WorkOutcome.UnknownSubject, "nobody else is in it");
        (await ask.ExecuteAsync(world.Agent, id, AssignTo.NoTeam, "why")).Should().Be(WorkOutcome.Invalid);
        foreach (var reason in new[] { null, "", "  ", "two\nlines", new string('x', HandOverRules.MaxReason + 1) })
        {
            (await ask.ExecuteAsync(world.Agent, id, AssignTo.Member(world.Other.User), reason)).Should().Be(WorkOutcome.Invalid);
        }

        (await world.ConversationAsync(id)).AskedUntil.Should().BeNull();
    }

    [Fact]
    public async Task Who_asks_somebody_else_does_not_ask_the_first_any_more()
    {
        var id = await AskedAsync();

        (await world.Get<AskHandOver>().ExecuteAsync(world.Agent, id, AssignTo.Member(world.Manager.User), "or you")).Should().Be(WorkOutcome.Done);
        (await SeesAsync(world.Other, id)).Should().BeFalse();
        (await world.ConversationAsync(id)).Holding.Should().Be(new Holding(world.Agent.User, AskedMember: world.Manager.User));
    }

    [Fact]
    public async Task Who_is_asked_and_deactivated_is_not_asked_any_more()
    {
        var id = await AskedAsync();
        await world.Get<DeactivateMember>().ExecuteAsync(world.Admin, world.Other.User, null);
        try
        {
            (await world.ConversationAsync(id)).Holding.Should().Be(new Holding(world.Agent.User));
            (await world.TellsAsync(world.Agent, id))[^1].Should().Be("Whoever was asked is not here any more. It stays with you");
        }
        finally
        {
            await world.Get<ReactivateMember>().ExecuteAsync(world.Admin, world.Other.User);
        }
    }

    [Fact]
    public async Task A_number_in_the_reason_is_masked_for_whom_numbers_are()
    {
        var id = await TakenAsync();
        await world.Get<AskHandOver>().ExecuteAsync(world.Agent, id, AssignTo.Member(world.Other.User), "call +919876512345");

        (await world.Get<ThreadQuery>().GetAsync(world.Other, id))!.Head.HandOver!.Reason.Should().NotContain("98765123");
        (await world.Get<ThreadQuery>().GetAsync(world.Manager, id))!.Head.HandOver!.Reason.Should().Contain("+919876512345");
        (await world.TellsAsync(world.Other, id)).Should().NotContain(w => w.Contains("98765123"));
    }

    private async Task<long> TakenAsync()
    {
        var id = await world.MeetAsync();
        (await world.Get<TakeConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.Done);
        return id;
    }

    private async Task<long> AskedAsync()
    {
        var id = await TakenAsync();
        (await world.Get<AskHandOver>().ExecuteAsync(world.Agent, id, AssignTo.Member(world.Other.User), "why")).Should().Be(WorkOutcome.Done);
        return id;
    }

    private async Task<long> TeamAsync(params Actor[] members)
    {
        var name = $"Team {Guid.NewGuid():N}"[..20];
        (await world.Get<MakeTeam>().ExecuteAsync(world.Manager, name)).Should().Be(TeamOutcome.Saved);
        var id = await world.Host.ReadAsync(db => db.Set<WorkTeam>().Where(t => t.Name == name).Select(t => t.Id).SingleAsync());
        foreach (var member in members)
        {
            (await world.Get<SetTeamMember>().ExecuteAsync(world.Manager, id, member.User, isIn: true)).Should().Be(TeamOutcome.Saved);
        }

        return id;
    }

    private async Task<bool> SeesAsync(Actor reader, long id) => await world.Get<ThreadQuery>().GetAsync(reader, id) is not null;

    private async Task<ConversationRow?> RowAsync(Actor reader, long id, ViewKind kind) =>
        (await world.Get<ConversationListQuery>().GetAsync(reader, new InboxView { Kind = kind }, null, PageDirection.After, 100)).Rows.FirstOrDefault(r => r.Id == id);
}
