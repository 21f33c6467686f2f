using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Presence;

namespace Weflux.Tests.Web.Presence;

/// <summary>Nodes that know different pages of one person agree on them, and tell each change once between them.</summary>
public sealed class SeveralNodesTests
{
    [Fact]
    public async Task A_person_with_pages_on_two_nodes_stays_until_the_last_is_closed()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var second = await world.JoinAsync();
        var (agent, manager) = (await world.First.ActorAsync(), await world.First.ActorAsync("manager@demo.test"));
        var here = await PresenceWorld.ArriveAsync(world.First, agent);
        using var there = await PresenceWorld.ArriveAsync(second, agent);

        here.Dispose();
        await world.PassAsync(PresenceFacts.Grace * 2);
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Available);
        (await PresenceWorld.SeeAsync(second, manager, agent)).State.Should().Be(MemberPresence.Available);
        world.Told.Should().ContainSingle("nothing changed for anybody");

        there.Dispose();
        await world.PassAsync(PresenceFacts.Grace + TimeSpan.FromSeconds(20));
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Offline);
        (await PresenceWorld.SeeAsync(second, manager, agent)).State.Should().Be(MemberPresence.Offline);
        world.Told.Select(t => t.Now).Should().Equal([MemberPresence.Available, MemberPresence.Offline], "one node told of each");
    }

    [Fact]
    public async Task A_choice_on_one_node_holds_on_the_other()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var second = await world.JoinAsync();
        var (agent, manager) = (await world.First.ActorAsync(), await world.First.ActorAsync("manager@demo.test"));
        using var page = await PresenceWorld.ArriveAsync(world.First, agent);

        await second.Services.GetRequiredService<ChoosePresence>().ExecuteAsync(agent, PresenceChoice.Away);
        await world.PassAsync(TimeSpan.FromSeconds(30));

        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Away);
        (await PresenceWorld.SeeAsync(second, manager, agent)).State.Should().Be(MemberPresence.Away);
    }

    [Fact]
    public async Task The_people_of_a_node_that_died_are_offline_within_the_grace_and_the_other_tells_it()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var second = await world.JoinAsync();
        var (agent, manager) = (await world.First.ActorAsync(), await world.First.ActorAsync("manager@demo.test"));
        using var stays = await PresenceWorld.ArriveAsync(world.First, manager);
        using var page = await PresenceWorld.ArriveAsync(second, agent);
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Available);

        await world.KillAsync(second);
        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Available, "it may come back");
        await world.PassAsync(PresenceFacts.Grace + TimeSpan.FromSeconds(10));

        (await PresenceWorld.SeeAsync(world.First, manager, agent)).State.Should().Be(MemberPresence.Offline);
        (await PresenceWorld.SeeAsync(world.First, manager, manager)).State.Should().Be(MemberPresence.Available);
        world.Told.Where(t => t.User == agent.User).Select(t => t.Now).Should().EndWith(MemberPresence.Offline);
    }

    [Fact]
    public async Task After_all_nodes_were_down_nobody_counts_as_there_before_the_first_beat()
    {
        await using var world = await PresenceWorld.OpenAsync();
        var second = await world.JoinAsync();
        var agent = await world.First.ActorAsync();
        using (var page = await PresenceWorld.ArriveAsync(second, agent))
        {
            await world.KillAsync(second);
        }

        var row = await PresenceWorld.RowAsync(world.First, agent);
        row.State.Should().Be(MemberPresence.Available, "nobody has looked since");
        row.Facts.At(row.OpenAt!.Value + PresenceFacts.Grace).Should().Be(MemberPresence.Offline);
    }
}
