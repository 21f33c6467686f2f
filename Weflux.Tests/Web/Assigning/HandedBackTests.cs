using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Assigning;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Assigning;

/// <summary>What somebody gave back, or somebody decided by hand, is not undone by a rule at once.</summary>
public sealed class HandedBackTests : IAsyncLifetime
{
    private RotaWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await RotaWorld.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(AssignmentMode.RoundRobin)]
    [InlineData(AssignmentMode.LeastBusy)]
    public async Task What_somebody_hands_back_goes_to_somebody_else_and_waits_while_nobody_else_is_there(AssignmentMode mode)
    {
        var id = await GivenToAshaAsync(mode);

        await HandBackAsync(_world.AgentOf(_world.Asha), id);

        (await _world.AssignAsync()).Should().Be(0, "Asha alone is there");
        await _world.MeetAsync(_world.Ravi);
        await _world.MeetAsync(_world.Ravi);
        await _world.ArriveAsync(_world.Ravi);
        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal(_world.Ravi);
    }

    [Fact]
    public async Task However_many_somebody_handed_back_whoever_writes_after_them_is_given_to_somebody()
    {
        var first = await GivenToAshaAsync(AssignmentMode.LeastBusy);
        var ids = new List<long> { first };
        while (ids.Count < AssignmentPlan.AtOnce + 1)
        {
            ids.Add(await _world.MeetAsync());
        }

        (await _world.AssignAsync()).Should().Be(AssignmentPlan.AtOnce);
        foreach (var id in ids)
        {
            await HandBackAsync(_world.AgentOf(_world.Asha), id);
        }

        var newest = await _world.MeetAsync();
        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(newest)).Should().Equal(_world.Asha);
    }

    [Fact]
    public async Task What_a_Manager_takes_off_somebody_does_not_come_back_to_them_by_itself()
    {
        var id = await GivenToAshaAsync(AssignmentMode.LeastBusy);

        await HandBackAsync(await _world.HireManagerAsync(), id);

        (await _world.AssignAsync()).Should().Be(0);
        (await _world.HoldersAsync(id)).Should().Equal((UserId?)null);
    }

    [Fact]
    public async Task Once_somebody_else_held_it_it_may_come_to_them_again()
    {
        var id = await GivenToAshaAsync(AssignmentMode.RoundRobin);
        await HandBackAsync(_world.AgentOf(_world.Asha), id);
        (await new TakeConversation(_world.Work).ExecuteAsync(_world.AgentOf(_world.Ravi), id)).Should().Be(WorkOutcome.Done);
        await HandBackAsync(_world.AgentOf(_world.Ravi), id);

        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal(_world.Asha);
    }

    [Fact]
    public async Task Once_it_was_closed_it_may_come_to_them_again()
    {
        var id = await GivenToAshaAsync(AssignmentMode.RoundRobin);
        await HandBackAsync(_world.AgentOf(_world.Asha), id);
        await CloseAndHearAsync(_world.AgentOf(_world.Asha), id);

        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal(_world.Asha);
    }

    [Fact]
    public async Task What_was_taken_out_of_its_team_by_hand_stays_out_of_it_until_it_is_closed()
    {
        var team = await _world.TeamAsync("Sales", _world.Ravi);
        var manager = await _world.HireManagerAsync();
        await _world.RuleAsync(new AssignmentTerms(AssignmentMode.ToTeam, team));
        var id = await _world.MeetAsync();
        await _world.AssignAsync();
        (await _world.FindAsync(id)).TeamId.Should().Be(team);

        (await new AssignConversation(_world.Work).ExecuteAsync(manager, id, AssignTo.NoTeam)).Should().Be(WorkOutcome.Done);
        await _world.AssignAsync();
        (await _world.FindAsync(id)).TeamId.Should().BeNull("somebody decided that");
        var another = await _world.MeetAsync();
        await _world.AssignAsync();
        (await _world.FindAsync(another)).TeamId.Should().Be(team, "nobody decided anything of this one");

        await CloseAndHearAsync(manager, id);
        await _world.AssignAsync();
        (await _world.FindAsync(id)).TeamId.Should().Be(team, "what the customer wants now is another matter");
    }

    private async Task<long> GivenToAshaAsync(AssignmentMode mode)
    {
        await _world.RuleAsync(new AssignmentTerms(mode));
        await _world.ArriveAsync(_world.Asha);
        var id = await _world.MeetAsync();
        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal(_world.Asha);
        return id;
    }

    private async Task HandBackAsync(Actor by, long id) =>
        (await new HandBackConversation(_world.Work).ExecuteAsync(by, id)).Should().Be(WorkOutcome.Done);

    private async Task CloseAndHearAsync(Actor by, long id)
    {
        (await new CloseConversation(_world.Work).ExecuteAsync(by, id)).Should().Be(WorkOutcome.Done);
        await _world.Sandbox.HearAsync(_world.Shop, id, _world.Time.GetUtcNow(), new TextContent("One thing more"));
    }
}
