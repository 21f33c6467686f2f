using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Live;
using Weflux.Web.Data;
using Weflux.Web.Presence;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Presence;

/// <summary>Who counts as being there, on one node and on several.</summary>
public sealed class PresenceTests
{
    [Fact]
    public async Task Whoever_opens_a_page_is_available_at_once_and_everybody_is_told_once()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var (agent, manager) = await PeopleAsync(world);
        var listener = await Listener.OpenAsync(world.First, "agent2@demo.test", hearsPeople: true);
        await using var feed = listener.Feed;
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Offline);

        using var page = await PresenceWorld.ArriveAsync(world.First, agent);
        using var another = await PresenceWorld.ArriveAsync(world.First, agent);

        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Available);
        await Eventually.BeAsync(() => Task.FromResult(listener.News.SelectMany(n => n.People).Contains(agent.User)));
        world.Told.Should().Equal(new PresenceChanged(agent.Workspace, agent.User, MemberPresence.Offline, MemberPresence.Available));
    }

    [Fact]
    public async Task Whoever_chooses_to_be_away_for_a_time_is_back_by_themselves()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var (agent, manager) = await PeopleAsync(world);
        using var page = await PresenceWorld.ArriveAsync(world.First, agent);
        var until = world.First.Clock.GetUtcNow().AddMinutes(2);

        (await Get<ChoosePresence>(world).ExecuteAsync(agent, PresenceChoice.Away, until)).Should().Be(PresenceOutcome.Done);
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Away);
        (await Get<PresenceQuery>(world).OwnAsync(agent)).Should().Be(new OwnPresence(MemberPresence.Away, IsAwayByChoice: true, until));
        await world.PassAsync(TimeSpan.FromMinutes(2));

        var now = await PresenceWorld.SeeAsync(world.First, manager, agent);
        now.Should().Be(new PresenceNow(MemberPresence.Available, until));
        world.Told.Select(t => t.Now).Should().Equal(MemberPresence.Available, MemberPresence.Away, MemberPresence.Available);
    }

    [Fact]
    public async Task A_time_that_is_past_or_too_far_is_refused_and_changes_nothing()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var (agent, _) = await PeopleAsync(world);
        var now = world.First.Clock.GetUtcNow();

        (await Get<ChoosePresence>(world).ExecuteAsync(agent, PresenceChoice.Away, now.AddMinutes(-1))).Should().Be(PresenceOutcome.Invalid);
        (await Get<ChoosePresence>(world).ExecuteAsync(agent, PresenceChoice.Away, now.AddDays(31))).Should().Be(PresenceOutcome.Invalid);
        (await Get<ChoosePresence>(world).ExecuteAsync(agent, (PresenceChoice)7)).Should().Be(PresenceOutcome.Invalid);
        (await Get<PresenceQuery>(world).OwnAsync(agent))!.IsAwayByChoice.Should().BeFalse();
    }

    [Fact]
    public async Task A_page_that_loads_again_writes_nothing_and_nobody_sees_it_flicker()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var (agent, manager) = await PeopleAsync(world);
        var page = await PresenceWorld.ArriveAsync(world.First, agent);
        var (counter, since) = (await PresenceWorld.CounterAsync(world.First), (await PresenceWorld.SeeAsync(world.First, manager, agent)).Since);

        for (var nth = 0; nth < 3; nth++)
        {
            page.Dispose();
            world.First.Clock.Advance(TimeSpan.FromSeconds(4));
            (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Available);
            page = await PresenceWorld.ArriveAsync(world.First, agent);
        }

        (await PresenceWorld.SeeAsync(world.First, manager, agent)).Should().Be(new PresenceNow(MemberPresence.Available, since));
        (await PresenceWorld.CounterAsync(world.First)).Should().Be(counter);
        world.Told.Should().ContainSingle();
        page.Dispose();
    }

    [Fact]
    public async Task Whoever_closes_the_last_page_is_offline_after_the_grace_since_then()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var (agent, manager) = await PeopleAsync(world);
        var page = await PresenceWorld.ArriveAsync(world.First, agent);
        using var another = await PresenceWorld.ArriveAsync(world.First, agent);
        page.Dispose();
        page.Dispose();
        await world.PassAsync(PresenceFacts.Grace * 2);
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Available, "one page is still open");

        another.Dispose();
        var closed = world.First.Clock.GetUtcNow();
        await world.PassAsync(PresenceFacts.Grace + TimeSpan.FromSeconds(10));

        var now = await PresenceWorld.SeeAsync(world.First, manager, agent);
        now.State.Should().Be(MemberPresence.Offline);
        now.Since.Should().BeOnOrBefore(closed).And.BeAfter(closed - PresenceFacts.Grace);
        world.Told.Select(t => t.Now).Should().Equal(MemberPresence.Available, MemberPresence.Offline);
    }

    [Fact]
    public async Task A_browser_that_lost_its_connection_is_no_open_page_until_it_has_it_again()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var (agent, manager) = await PeopleAsync(world);
        var circuit = new PresentCircuit(Get<OpenPages>(world));
        using var page = circuit.Enter(agent);
        await Get<PresenceBeat>(world).WelcomeAsync(CancellationToken.None);

        await circuit.OnConnectionDownAsync(null!, CancellationToken.None);
        await world.PassAsync(PresenceFacts.Grace + TimeSpan.FromSeconds(10));
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Offline);

        await circuit.OnConnectionUpAsync(null!, CancellationToken.None);
        await Get<PresenceBeat>(world).WelcomeAsync(CancellationToken.None);
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Available);
    }

    [Fact]
    public async Task An_open_page_that_nobody_touches_makes_away_and_a_touch_brings_back_at_once()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var (agent, manager) = await PeopleAsync(world);
        using var page = await PresenceWorld.ArriveAsync(world.First, agent);

        page.Use(isUsed: false);
        await world.PassAsync(PresenceFacts.Grace + TimeSpan.FromSeconds(10));
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Away);
        (await Get<PresenceQuery>(world).OwnAsync(agent)).Should().Be(new OwnPresence(MemberPresence.Away, IsAwayByChoice: false, null));

        page.Use(isUsed: true);
        await Get<PresenceBeat>(world).WelcomeAsync(CancellationToken.None);
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Available);
        world.Told.Select(t => t.Now).Should().Equal(MemberPresence.Available, MemberPresence.Away, MemberPresence.Available);
    }

    [Fact]
    public async Task However_many_are_here_a_beat_is_one_statement_and_raises_no_counter()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var (agent, manager) = await PeopleAsync(world);
        using var one = await PresenceWorld.ArriveAsync(world.First, agent);
        using var two = await PresenceWorld.ArriveAsync(world.First, manager);
        var stranger = await world.First.ActorAsync("admin@demo-two.test", "demo-two");
        using var three = await PresenceWorld.ArriveAsync(world.First, stranger);
        var counter = await PresenceWorld.CounterAsync(world.First);
        world.First.Clock.Advance(TimeSpan.FromSeconds(1));
        var before = world.First.Clock.GetUtcNow();

        await Get<PresenceBeat>(world).BeatAsync(CancellationToken.None);

        var rows = await world.First.ReadAsync(db => db.Set<StoredPresence>().AcrossWorkspaces().AsNoTracking().ToListAsync());
        rows.Should().HaveCount(3).And.OnlyContain(r => r.OpenAt >= before && r.UsedAt == r.OpenAt && r.Node == Get<OpenPages>(world).Node);
        rows.Select(r => r.OpenAt).Distinct().Should().ContainSingle("one statement wrote them all");
        (await PresenceWorld.CounterAsync(world.First)).Should().Be(counter);
    }

    [Fact]
    public async Task A_member_who_is_deactivated_is_in_nobodys_list_and_writes_nothing_more()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var (agent, manager) = await PeopleAsync(world);
        var page = await PresenceWorld.ArriveAsync(world.First, agent);
        await world.First.ReadAsync(db => db.Set<Membership>().Where(m => m.UserId == agent.User).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsActive, false)));

        (await Get<PresenceQuery>(world).GetAsync(manager)).Should().NotContainKey(agent.User);
        (await Get<ChoosePresence>(world).ExecuteAsync(agent, PresenceChoice.Away)).Should().Be(PresenceOutcome.NotAllowed);
        page.Dispose();
        await world.PassAsync(PresenceFacts.Grace + TimeSpan.FromSeconds(10));
        (await PresenceWorld.RowAsync(world.First, agent)).State.Should().Be(MemberPresence.Offline);
    }

    [Fact]
    public async Task Whoever_fails_to_listen_keeps_nobody_else_from_hearing()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var (agent, _) = await PeopleAsync(world);
        var heard = 0;
        using var failing = Get<PresenceNews>(world).Listen(_ => throw new InvalidOperationException("A listener that fails"));
        using var hearing = Get<PresenceNews>(world).Listen(_ => Task.FromResult(heard++));

        using var page = await PresenceWorld.ArriveAsync(world.First, agent);

        await Eventually.BeAsync(() => Task.FromResult(heard == 1));
    }

    private static T Get<T>(PresenceWorld world)
        where T : notnull => world.First.Services.GetRequiredService<T>();

    private static async Task<(Actor Agent, Actor Manager)> PeopleAsync(PresenceWorld world) =>
        (await world.First.ActorAsync(), await world.First.ActorAsync("manager@demo.test"));
}
