using Weflux.Domain.Team;
using Weflux.Web.Presence;

namespace Weflux.Tests.Web.Presence;

/// <summary>Nodes that know different pages of one person agree on them, and tell each change once between them.</summary>
public sealed class SeveralNodesTests : IAsyncLifetime
{
    private PresenceWorld _world = null!;
    private PresenceNode _second = null!;

    private Actor Ravi => _world.Ravi;

    public async ValueTask InitializeAsync()
    {
        _world = await PresenceWorld.OpenAsync();
        _second = _world.Join();
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_person_with_pages_on_two_nodes_stays_until_the_last_is_closed()
    {
        var here = await _world.First.ArriveAsync(Ravi);
        var there = await _second.ArriveAsync(Ravi);

        here.Dispose();
        await _world.PassAsync(PresenceFacts.Grace * 3);
        (await _world.First.StateAsync(Ravi)).Should().Be(MemberPresence.Available);
        (await _second.StateAsync(Ravi)).Should().Be(MemberPresence.Available);
        _world.Told.Should().ContainSingle("nothing changed for anybody");

        there.Dispose();
        await _world.PassAsync(PresenceFacts.Grace);
        (await _world.First.StateAsync(Ravi)).Should().Be(MemberPresence.Offline);
        (await _second.StateAsync(Ravi)).Should().Be(MemberPresence.Offline);
        _world.Told.Select(t => t.Now).Should().Equal([MemberPresence.Available, MemberPresence.Offline], "one node told of each");
    }

    [Fact]
    public async Task A_page_in_use_on_one_node_counts_for_one_that_lies_untouched_on_the_other()
    {
        using var idle = await _world.First.ArriveAsync(Ravi);
        using var used = await _second.ArriveAsync(Ravi);

        idle.Use(isUsed: false);
        await _world.PassAsync(PresenceFacts.Grace * 3);

        (await _world.First.StateAsync(Ravi)).Should().Be(MemberPresence.Available);
        _world.Told.Should().ContainSingle();
    }

    [Fact]
    public async Task A_choice_on_one_node_holds_on_the_other_and_is_told_once()
    {
        using var page = await _world.First.ArriveAsync(Ravi);

        await _second.Choose.ExecuteAsync(Ravi, PresenceChoice.Away);
        await _world.PassAsync(PresenceFacts.Grace);

        (await _world.First.StateAsync(Ravi)).Should().Be(MemberPresence.Away);
        (await _second.StateAsync(Ravi)).Should().Be(MemberPresence.Away);
        _world.Told.Select(t => t.Now).Should().Equal(MemberPresence.Available, MemberPresence.Away);
    }

    [Fact]
    public async Task The_people_of_a_node_that_died_are_offline_when_the_grace_is_over_and_the_other_tells_it()
    {
        using var stays = await _world.First.ArriveAsync(_world.Asha);
        using var page = await _second.ArriveAsync(Ravi);
        var seen = _world.Time.GetUtcNow();

        _world.Kill(_second);
        await _world.PassAsync(PresenceFacts.Grace - TimeSpan.FromSeconds(1));
        (await _world.First.StateAsync(Ravi)).Should().Be(MemberPresence.Available, "the node may come back");
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        (await _world.First.SeeAsync(Ravi)).Should().Be(new PresenceNow(MemberPresence.Offline, seen), "whoever asks need not wait for a beat");
        await _world.First.Beat.BeatAsync(CancellationToken.None);

        (await _world.First.StateAsync(_world.Asha)).Should().Be(MemberPresence.Available);
        _world.Told.Where(t => t.User == Ravi.User).Select(t => t.Now).Should().Equal(MemberPresence.Available, MemberPresence.Offline);
    }

    [Fact]
    public async Task Nodes_that_notice_the_same_change_at_once_tell_it_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var page = await _world.First.ArriveAsync(Ravi);
            var told = _world.Told.Count;
            page.Dispose();
            _world.Time.Advance(PresenceFacts.Grace);

            await Task.WhenAll(Task.Run(() => _world.First.Beat.BeatAsync(CancellationToken.None)), Task.Run(() => _second.Beat.BeatAsync(CancellationToken.None)));

            _world.Told.Skip(told).Select(t => t.Now).Should().Equal(MemberPresence.Offline);
        }
    }
}
