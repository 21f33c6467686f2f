using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Data;
using Weflux.Web.Presence;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Presence;

/// <summary>Who counts as being there, and what is written and told of it.</summary>
public sealed class PresenceTests : IAsyncLifetime
{
    private PresenceWorld _world = null!;

    private PresenceNode Node => _world.First;

    private Actor Ravi => _world.Ravi;

    public async ValueTask InitializeAsync() => _world = await PresenceWorld.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Whoever_was_never_here_is_offline_since_they_joined() =>
        (await Node.SeeAsync(Ravi)).Should().Be(new PresenceNow(MemberPresence.Offline, Stand.Noon.AddDays(-1)));

    [Fact]
    public async Task Whoever_opens_a_page_is_available_at_once_and_it_is_told_once_however_many_follow()
    {
        using var page = await Node.ArriveAsync(Ravi);
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        using var another = await Node.ArriveAsync(Ravi);

        (await Node.SeeAsync(Ravi)).Should().Be(new PresenceNow(MemberPresence.Available, Stand.Noon));
        _world.Told.Should().Equal(new PresenceChanged(Ravi.Workspace, Ravi.User, MemberPresence.Offline, MemberPresence.Available));
    }

    [Fact]
    public async Task Whoever_chooses_to_be_away_for_a_time_is_back_by_themselves()
    {
        using var page = await Node.ArriveAsync(Ravi);
        var until = Stand.Noon.AddMinutes(2);

        (await Node.Choose.ExecuteAsync(Ravi, PresenceChoice.Away, until)).Should().Be(PresenceOutcome.Done);
        (await Node.StateAsync(Ravi)).Should().Be(MemberPresence.Away);
        (await Node.Query.OwnAsync(Ravi)).Should().Be(new OwnPresence(MemberPresence.Away, IsAwayByChoice: true, until));
        _world.Time.Advance(until - Stand.Noon);
        (await Node.SeeAsync(Ravi)).Should().Be(new PresenceNow(MemberPresence.Available, until), "whoever asks need not wait for a beat");
        await Node.Beat.BeatAsync(CancellationToken.None);

        (await Node.SeeAsync(Ravi)).Should().Be(new PresenceNow(MemberPresence.Available, until));
        _world.Told.Select(t => t.Now).Should().Equal(MemberPresence.Available, MemberPresence.Away, MemberPresence.Available);
    }

    [Fact]
    public async Task A_choice_stays_when_the_page_is_closed_and_opened_again()
    {
        var page = await Node.ArriveAsync(Ravi);
        await Node.Choose.ExecuteAsync(Ravi, PresenceChoice.Away);
        page.Dispose();
        await _world.PassAsync(TimeSpan.FromHours(1));
        (await Node.StateAsync(Ravi)).Should().Be(MemberPresence.Offline);

        using var later = await Node.ArriveAsync(Ravi);
        (await Node.StateAsync(Ravi)).Should().Be(MemberPresence.Away);
    }

    [Fact]
    public async Task A_choice_that_was_made_already_raises_no_counter_and_a_new_end_of_it_does()
    {
        using var page = await Node.ArriveAsync(Ravi);
        await Node.Choose.ExecuteAsync(Ravi, PresenceChoice.Away);
        var counter = await _world.CounterAsync();

        await Node.Choose.ExecuteAsync(Ravi, PresenceChoice.Away);
        (await _world.CounterAsync()).Should().Be(counter);
        await Node.Choose.ExecuteAsync(Ravi, PresenceChoice.Away, Stand.Noon.AddHours(1));
        (await _world.CounterAsync()).Should().Be(counter + 1);
    }

    [Fact]
    public async Task A_time_that_is_past_or_too_far_is_refused_and_changes_nothing()
    {
        (await Node.Choose.ExecuteAsync(Ravi, PresenceChoice.Away, Stand.Noon)).Should().Be(PresenceOutcome.Invalid);
        (await Node.Choose.ExecuteAsync(Ravi, PresenceChoice.Away, Stand.Noon.AddDays(31))).Should().Be(PresenceOutcome.Invalid);
        (await Node.Choose.ExecuteAsync(Ravi, (PresenceChoice)7)).Should().Be(PresenceOutcome.Invalid);
        (await Node.Query.OwnAsync(Ravi))!.IsAwayByChoice.Should().BeFalse();
    }

    [Fact]
    public async Task A_page_that_loads_again_writes_nothing_and_nobody_sees_it_flicker()
    {
        var page = await Node.ArriveAsync(Ravi);
        var counter = await _world.CounterAsync();
        var written = (await _world.RowAsync(Ravi)).OpenAt;

        for (var nth = 0; nth < 3; nth++)
        {
            page.Dispose();
            _world.Time.Advance(TimeSpan.FromSeconds(3));
            (await Node.StateAsync(Ravi)).Should().Be(MemberPresence.Available);
            page = await Node.ArriveAsync(Ravi);
        }

        (await _world.RowAsync(Ravi)).OpenAt.Should().Be(written);
        (await Node.SeeAsync(Ravi)).Should().Be(new PresenceNow(MemberPresence.Available, Stand.Noon));
        (await _world.CounterAsync()).Should().Be(counter);
        _world.Told.Should().ContainSingle();
        page.Dispose();
    }

    [Fact]
    public async Task Whoever_closes_the_last_page_is_offline_after_the_grace_since_it_was_last_seen()
    {
        var page = await Node.ArriveAsync(Ravi);
        var another = await Node.ArriveAsync(Ravi);
        page.Dispose();
        page.Dispose();
        await _world.PassAsync(PresenceFacts.Grace * 2);
        (await Node.StateAsync(Ravi)).Should().Be(MemberPresence.Available, "one page is still open");

        another.Dispose();
        var closed = _world.Time.GetUtcNow();
        _world.Time.Advance(PresenceFacts.Grace - TimeSpan.FromSeconds(1));
        await Node.Beat.BeatAsync(CancellationToken.None);
        (await Node.StateAsync(Ravi)).Should().Be(MemberPresence.Available, "a reload may take as long");
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await Node.Beat.BeatAsync(CancellationToken.None);

        (await Node.SeeAsync(Ravi)).Should().Be(new PresenceNow(MemberPresence.Offline, closed));
        _world.Told.Select(t => t.Now).Should().Equal(MemberPresence.Available, MemberPresence.Offline);
    }

    [Fact]
    public async Task A_browser_that_lost_its_connection_is_no_open_page_until_it_has_it_again()
    {
        var circuit = new PresentCircuit(Node.Pages);
        using var page = circuit.Enter(Ravi);
        await Node.Beat.WelcomeAsync(CancellationToken.None);

        await circuit.OnConnectionDownAsync(null!, CancellationToken.None);
        await _world.PassAsync(PresenceFacts.Grace);
        (await Node.StateAsync(Ravi)).Should().Be(MemberPresence.Offline);

        await circuit.OnConnectionUpAsync(null!, CancellationToken.None);
        await Node.Beat.WelcomeAsync(CancellationToken.None);
        (await Node.StateAsync(Ravi)).Should().Be(MemberPresence.Available);
        _world.Told.Select(t => t.Now).Should().Equal(MemberPresence.Available, MemberPresence.Offline, MemberPresence.Available);
    }

    [Fact]
    public async Task An_open_page_that_nobody_touches_makes_away_and_a_touch_brings_back_at_once()
    {
        using var page = await Node.ArriveAsync(Ravi);

        page.Use(isUsed: false);
        await _world.PassAsync(PresenceFacts.Grace);
        (await Node.StateAsync(Ravi)).Should().Be(MemberPresence.Away);
        (await Node.Query.OwnAsync(Ravi)).Should().Be(new OwnPresence(MemberPresence.Away, IsAwayByChoice: false, null));

        page.Use(isUsed: true);
        await Node.Beat.WelcomeAsync(CancellationToken.None);
        (await Node.StateAsync(Ravi)).Should().Be(MemberPresence.Available);
        _world.Told.Select(t => t.Now).Should().Equal(MemberPresence.Available, MemberPresence.Away, MemberPresence.Available);
    }

    [Fact]
    public async Task However_many_are_here_a_beat_is_one_statement_and_raises_no_counter()
    {
        var (stranger, _) = await _world.OpenShopAsync("other");
        using var one = await Node.ArriveAsync(Ravi);
        using var two = await Node.ArriveAsync(_world.Asha);
        using var three = await Node.ArriveAsync(stranger);
        var counter = await _world.CounterAsync();

        await _world.PassAsync(PresenceBeat.Interval);

        var rows = await _world.ReadAsync(db => db.Set<StoredPresence>().AcrossWorkspaces().AsNoTracking().ToListAsync());
        rows.Should().HaveCount(3);
        rows.Should().OnlyContain(r => r.OpenAt == Stand.Noon + PresenceBeat.Interval && r.UsedAt == r.OpenAt && r.Node == Node.Pages.Node);
        (await _world.CounterAsync()).Should().Be(counter);
    }

    [Fact]
    public async Task A_member_who_is_deactivated_is_in_nobodys_list_and_can_only_go()
    {
        var page = await Node.ArriveAsync(Ravi);
        await _world.ReadAsync(db => db.Set<Membership>().Where(m => m.UserId == Ravi.User).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsActive, false)));

        (await Node.Query.GetAsync(_world.Asha)).Should().NotContainKey(Ravi.User);
        (await Node.Choose.ExecuteAsync(Ravi, PresenceChoice.Away)).Should().Be(PresenceOutcome.NotAllowed);
        page.Dispose();
        await _world.PassAsync(PresenceFacts.Grace);
        (await _world.RowAsync(Ravi)).State.Should().Be(MemberPresence.Offline);
    }

    [Fact]
    public async Task With_a_membership_goes_its_presence_and_a_page_that_is_still_open_brings_none_back()
    {
        using var page = await Node.ArriveAsync(Ravi);
        await _world.ReadAsync(db => db.Set<Membership>().Where(m => m.UserId == Ravi.User).ExecuteDeleteAsync());

        await _world.PassAsync(PresenceFacts.Grace);
        page.Use(isUsed: false);
        page.Use(isUsed: true);
        await Node.Beat.WelcomeAsync(CancellationToken.None);

        (await _world.ReadAsync(db => db.Set<StoredPresence>().CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task Whoever_fails_to_listen_keeps_nobody_else_from_hearing_and_who_left_hears_nothing()
    {
        var (heard, left) = (0, 0);
        using var failing = Node.News.Listen(_ => throw new InvalidOperationException("A listener that fails"));
        using var hearing = Node.News.Listen(_ => Task.FromResult(heard++));
        Node.News.Listen(_ => Task.FromResult(left++)).Dispose();

        using var page = await Node.ArriveAsync(Ravi);

        (heard, left).Should().Be((1, 0));
    }
}
