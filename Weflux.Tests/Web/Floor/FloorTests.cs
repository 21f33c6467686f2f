using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Work;
using Weflux.Web.Audit;
using Weflux.Web.Floor;
using Weflux.Web.Presence;
using Weflux.Web.Team.Members;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Floor;

/// <summary>What the floor tells is what the database holds.</summary>
public sealed class FloorTests : IAsyncLifetime
{
    private readonly WorkWorld _world = new();

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task It_is_for_Managers_and_Admins()
    {
        var query = _world.Get<FloorQuery>();
        (await query.GetAsync(_world.Agent)).Should().BeNull();
        (await query.GetAsync(_world.Agent with { Settings = new AgentSettings(AgentVisibility.All, MaskPhoneNumbers: false, MayReveal: true) }))
            .Should().BeNull("who sees everything does not watch colleagues by that");
        (await query.GetAsync(_world.Manager)).Should().NotBeNull();
        (await query.GetAsync(_world.Admin)).Should().NotBeNull();
    }

    [Fact]
    public async Task Whoever_waits_longest_stands_first_and_answered_ones_stand_nowhere()
    {
        var (first, second, third) = (await MeetAsync(), await MeetAsync(), await MeetAsync());
        await _world.Get<MarkNoReplyNeeded>().ExecuteAsync(_world.Manager, second);

        var floor = await FloorAsync();

        floor.Waiting.Rows.Select(r => r.Id).Should().Equal(first, third);
        floor.Waiting.Count.Should().Be(2);
        floor.Unassigned.Rows.Select(r => r.Id).Should().Equal([first, third, second], "those who wait come first");
        floor.Unassigned.Count.Should().Be(3);
    }

    [Fact]
    public async Task Windows_that_shut_within_two_hours_stand_by_how_soon()
    {
        var (first, second) = (await MeetAsync(), await MeetAsync());
        (await FloorAsync()).Closing.Rows.Should().BeEmpty();

        _world.Host.Clock.Advance(TimeSpan.FromHours(22) + TimeSpan.FromMinutes(5));
        var fresh = await MeetAsync();

        var closing = (await FloorAsync()).Closing;
        closing.Rows.Select(r => r.Id).Should().Equal(first, second).And.NotContain(fresh);
        closing.Count.Should().Be(2);
    }

    [Fact]
    public async Task Everybodys_desk_is_counted_with_the_room_that_is_left()
    {
        var (first, second) = (await MeetAsync(), await MeetAsync());
        await _world.Get<AssignConversation>().ExecuteAsync(_world.Manager, first, _world.Agent.User);
        await _world.Get<AssignConversation>().ExecuteAsync(_world.Manager, second, _world.Agent.User);
        await _world.Get<MarkNoReplyNeeded>().ExecuteAsync(_world.Manager, second);
        (await _world.Get<SetCapacity>().ExecuteAsync(_world.Manager, _world.Agent.User, 5)).Should().Be(CapacityOutcome.Saved);

        var agent = (await FloorAsync()).People.Single(p => p.User == _world.Agent.User);
        (agent.Load, agent.Load.Room, agent.Waiting).Should().Be((new MemberLoad(2, 5), 3, 1));

        await _world.Get<CloseConversation>().ExecuteAsync(_world.Manager, first);
        agent = (await FloorAsync()).People.Single(p => p.User == _world.Agent.User);
        (agent.Load.Open, agent.Waiting).Should().Be((1, 0));
    }

    [Fact]
    public async Task Whoever_is_available_stands_first_and_all_others_by_name()
    {
        using var page = _world.Get<OpenPages>().Enter(_world.Other);
        await _world.Get<PresenceBeat>().WelcomeAsync(CancellationToken.None);

        var people = (await FloorAsync()).People;
        people[0].User.Should().Be(_world.Other.User);
        people[0].Presence.State.Should().Be(MemberPresence.Available);
        people.Skip(1).Should().OnlyContain(p => p.Presence.State == MemberPresence.Offline).And.BeInAscendingOrder(p => p.Name);
    }

    [Fact]
    public async Task A_limit_is_set_by_Managers_within_its_bounds_and_is_on_record()
    {
        var use = _world.Get<SetCapacity>();
        (await use.ExecuteAsync(_world.Agent, _world.Agent.User, 1)).Should().Be(CapacityOutcome.NotAllowed);
        (await use.ExecuteAsync(_world.Manager, _world.Agent.User, -1)).Should().Be(CapacityOutcome.Invalid);
        (await use.ExecuteAsync(_world.Manager, _world.Agent.User, 1000)).Should().Be(CapacityOutcome.Invalid);
        (await use.ExecuteAsync(_world.Manager, new UserId(999_999), 1)).Should().Be(CapacityOutcome.NoSuchMember);
        (await use.ExecuteAsync(_world.Manager, _world.Agent.User, 0)).Should().Be(CapacityOutcome.Saved);
        (await use.ExecuteAsync(_world.Manager, _world.Agent.User, 0)).Should().Be(CapacityOutcome.Unchanged);
        (await use.ExecuteAsync(_world.Manager, _world.Agent.User, null)).Should().Be(CapacityOutcome.Saved);

        var lines = (await _world.Get<AuditQuery>().GetAsync(_world.Admin, new AuditFilter(Action: AuditActions.CapacityChanged), null))!.Lines;
        lines.Select(l => l.Facts.Single()).Should().Equal(
            new AuditFact("Open conversations at most", "0", "No limit"), new AuditFact("Open conversations at most", "No limit", "0"));
    }

    private async Task<FloorView> FloorAsync() => (await _world.Get<FloorQuery>().GetAsync(_world.Manager))!;

    /// <summary>Customers who write one after the other, so that the platform's seconds tell them apart.</summary>
    private async Task<long> MeetAsync()
    {
        _world.Host.Clock.Advance(TimeSpan.FromSeconds(3));
        return await _world.MeetAsync();
    }
}
