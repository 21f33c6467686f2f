using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Data;
using Weflux.Web.Team;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Assigning;

/// <summary>Conversations that wait are given to whom the rules say, in the database as it is on a server with several nodes.</summary>
public sealed class AssignWaitingTests : IAsyncLifetime
{
    private static readonly AssignmentTerms InTurn = new(AssignmentMode.RoundRobin);
    private static readonly AssignmentTerms Fewest = new(AssignmentMode.LeastBusy);

    private RotaWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await RotaWorld.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Without_a_rule_or_without_anybody_available_everything_waits()
    {
        var id = await _world.MeetAsync();
        await _world.ArriveAsync(_world.Asha);
        (await _world.AssignAsync()).Should().Be(0);

        await _world.RuleAsync(InTurn);
        await _world.GoAwayAsync(_world.Asha);
        (await _world.AssignAsync()).Should().Be(0);
        await _world.LeaveAsync(_world.Asha);
        (await _world.AssignAsync()).Should().Be(0);
        (await _world.HoldersAsync(id)).Should().Equal((UserId?)null);

        await _world.ArriveAsync(_world.Asha);
        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal(_world.Asha);
        (await _world.TellsAsync(id)).Should().Equal("Assigned to Asha automatically, because it was Asha’s turn");
    }

    [Fact]
    public async Task Whoever_waits_longest_comes_first_and_nobody_gets_more_than_they_can_hold()
    {
        await _world.RuleAsync(Fewest);
        await _world.HoldsAtMostAsync(_world.Asha, 2);
        await _world.ArriveAsync(_world.Asha);
        var held = await _world.MeetAsync(_world.Asha);
        long[] waiting = [await _world.MeetAsync(), await _world.MeetAsync(), await _world.MeetAsync()];

        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(waiting)).Should().Equal(_world.Asha, null, null);
        (await _world.TellsAsync(waiting[0])).Should().Equal("Assigned to Asha automatically, because Asha had the fewest open conversations (1 of 2)");

        await _world.ChangeAsync(held, c => c.Close());
        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(waiting)).Should().Equal(_world.Asha, _world.Asha, null);

        await _world.HoldsAtMostAsync(_world.Asha, 9);
        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(waiting)).Should().Equal(_world.Asha, _world.Asha, _world.Asha);
        (await _world.AssignAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Several_nodes_at_once_give_each_conversation_once_and_nobody_too_many()
    {
        await _world.RuleAsync(InTurn);
        await _world.HoldsAtMostAsync(_world.Asha, 4);
        await _world.HoldsAtMostAsync(_world.Ravi, 3);
        await _world.ArriveAsync(_world.Asha, _world.Ravi);
        var waiting = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            waiting.Add(await _world.MeetAsync());
        }

        var nodes = Enumerable.Range(0, 4).Select(_ => _world.Assign(_world.Sandbox.Open())).ToList();
        var given = await Task.WhenAll(nodes.Select(n => Task.Run(() => n.RunAsync(_world.Shop.Workspace, CancellationToken.None))));

        given.Sum().Should().Be(7);
        var holders = await _world.HoldersAsync([.. waiting]);
        holders.Take(7).Should().OnlyContain(h => h != null, "the oldest came first");
        holders.Skip(7).Should().OnlyContain(h => h == null);
        (holders.Count(h => h == _world.Asha), holders.Count(h => h == _world.Ravi)).Should().Be((4, 3));
        foreach (var id in waiting.Take(7))
        {
            (await _world.TellsAsync(id)).Should().ContainSingle();
        }
    }

    [Fact]
    public async Task The_rota_goes_by_who_was_given_a_conversation_longest_ago_also_by_a_person()
    {
        await _world.RuleAsync(InTurn with { IsSticky = false });
        await _world.ArriveAsync(_world.Asha, _world.Ravi);
        var manager = new UserId(777);
        await _world.EditAsync(db =>
        {
            db.Add(new Membership { WorkspaceId = _world.Shop.Workspace, UserId = manager, Role = Role.Manager });
            return Task.CompletedTask;
        });
        var work = new ConversationWork(_world.Sandbox.Database, Stand.Broadcaster(), _world.Time);
        var assign = new AssignConversation(work);
        var boss = Stand.Actor(_world.Shop.Workspace, manager, Role.Manager);

        (await assign.ExecuteAsync(boss, await _world.MeetAsync(), _world.Asha, "you know them")).Should().Be(WorkOutcome.Done);
        var first = await _world.MeetAsync();
        await _world.AssignAsync();
        (await _world.HoldersAsync(first)).Should().Equal(_world.Ravi);

        // Taking one is no turn, and neither is answering.
        await new TakeConversation(work).ExecuteAsync(Stand.Actor(_world.Shop.Workspace, _world.Asha, Role.Agent), await _world.MeetAsync());
        var second = await _world.MeetAsync();
        await _world.AssignAsync();
        (await _world.HoldersAsync(second)).Should().Equal(_world.Asha);
    }

    [Fact]
    public async Task Whoever_held_it_last_gets_it_again_if_they_are_there()
    {
        await _world.RuleAsync(Fewest);
        await _world.MeetAsync(_world.Asha);
        var id = await _world.MeetAsync(_world.Asha);
        await _world.ChangeAsync(id, c => c.Assign(null));
        await _world.ArriveAsync(_world.Asha, _world.Ravi);

        await _world.AssignAsync();
        (await _world.HoldersAsync(id)).Should().Equal(_world.Asha);
        (await _world.TellsAsync(id)).Should().Equal("Assigned to Asha automatically, because Asha held it before");

        await _world.ChangeAsync(id, c => c.Assign(null));
        await _world.GoAwayAsync(_world.Asha);
        await _world.AssignAsync();
        (await _world.HoldersAsync(id)).Should().Equal(_world.Ravi);
    }

    [Fact]
    public async Task Only_what_is_open_and_waits_for_an_answer_is_given()
    {
        await _world.RuleAsync(InTurn);
        await _world.ArriveAsync(_world.Asha);
        long[] others = [await _world.MeetAsync(), await _world.MeetAsync(), await _world.MeetAsync(), await _world.MeetAsync(_world.Ravi)];
        await _world.ChangeAsync(others[0], c => c.MarkNoReplyNeeded());
        await _world.ChangeAsync(others[1], c => c.Close());
        await _world.ChangeAsync(others[2], c => c.Snooze(Stand.Noon.AddDays(1), Stand.Noon));

        (await _world.AssignAsync()).Should().Be(0);
        (await _world.HoldersAsync(others)).Should().Equal(null, null, null, _world.Ravi);
    }

    [Fact]
    public async Task In_business_hours_only_if_the_rule_says_so()
    {
        await _world.ArriveAsync(_world.Asha);
        var id = await _world.MeetAsync();
        await _world.SetAsync(w => w.OpenRanges = [new OpenRange(DayOfWeek.Monday, 13 * 60, 14 * 60)]);
        await _world.RuleAsync(InTurn with { OnlyInHours = true });

        (await _world.AssignAsync()).Should().Be(0, "it is noon on a Monday, an hour too early");
        await _world.PassAsync(TimeSpan.FromHours(1));
        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal(_world.Asha);
    }

    [Fact]
    public async Task A_number_gives_to_Agents_and_to_others_only_if_its_rule_says_so()
    {
        await _world.EditAsync(db => db.Set<Membership>().Where(m => m.UserId == _world.Asha).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Admin)));
        await _world.ArriveAsync(_world.Asha);
        var id = await _world.MeetAsync();
        await _world.RuleAsync(InTurn);
        (await _world.AssignAsync()).Should().Be(0);

        await _world.RuleAsync(InTurn with { IncludesManagers = true });
        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal(_world.Asha);
    }

    [Fact]
    public async Task A_number_that_belongs_to_a_team_gives_to_the_team_and_the_team_to_its_people()
    {
        var team = await _world.TeamAsync("Sales", _world.Ravi);
        await _world.RuleAsync(new AssignmentTerms(AssignmentMode.ToTeam, team));
        await _world.ArriveAsync(_world.Asha, _world.Ravi);
        var id = await _world.MeetAsync();

        (await _world.AssignAsync()).Should().Be(0, "the team has no rule yet");
        (await _world.FindAsync(id)).Holding.Should().Be(new Holding(null, team));
        (await _world.TellsAsync(id)).Should().Equal("Given to the team Sales automatically, because the customer wrote to this number");

        await _world.RuleAsync(InTurn, team);
        (await _world.AssignAsync()).Should().Be(1);
        (await _world.FindAsync(id)).Holding.Should().Be(new Holding(_world.Ravi, team));
    }

    [Fact]
    public async Task What_belongs_to_a_team_is_none_of_the_numbers()
    {
        var team = await _world.TeamAsync("Sales", _world.Ravi);
        await _world.RuleAsync(InTurn);
        await _world.ArriveAsync(_world.Asha);
        var id = await _world.MeetAsync();
        await _world.ChangeAsync(id, c => c.GiveToTeam(team));

        (await _world.AssignAsync()).Should().Be(0);
        (await _world.HoldersAsync(id)).Should().Equal((UserId?)null);
    }

    [Fact]
    public async Task More_than_fits_into_one_transaction_is_given_in_several()
    {
        await _world.RuleAsync(InTurn);
        await _world.ArriveAsync(_world.Asha, _world.Ravi);
        for (var i = 0; i < 120; i++)
        {
            await _world.MeetAsync();
        }

        (await _world.AssignAsync()).Should().Be(120);
        await using var db = _world.Sandbox.Database.Open(_world.Shop.Workspace);
        (await db.Set<Conversation>().CountAsync(c => c.AssigneeId == _world.Asha)).Should().Be(60);
    }

    [Fact]
    public async Task Each_gift_raises_the_change_counter_and_a_round_without_one_does_not()
    {
        await _world.RuleAsync(InTurn);
        await _world.ArriveAsync(_world.Asha);
        await _world.MeetAsync();
        var before = await CounterAsync();
        await _world.AssignAsync();
        var after = await CounterAsync();
        await _world.AssignAsync();

        after.Should().BeGreaterThan(before);
        (await CounterAsync()).Should().Be(after);
    }

    private async Task<long> CounterAsync()
    {
        await using var db = _world.Sandbox.Database.Open(_world.Shop.Workspace);
        return await db.ReadCounterAsync(CancellationToken.None);
    }
}
