using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Live;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Live;
using Weflux.Web.Work;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Tests.Web.Inbox.Together;

/// <summary>Who is with a conversation, from circuit to circuit and from node to node, over the real hub.</summary>
public sealed class TogetherTests : IAsyncLifetime
{
    private readonly SharedBackplane _backplane = new();
    private readonly List<IAsyncDisposable> _open = [];
    private readonly ShiftableClock _clock = new();
    private WefluxHost _one = null!;
    private WefluxHost _two = null!;
    private long _conversation;
    private bool _isOneGone;

    public async ValueTask InitializeAsync()
    {
        _one = await WefluxHost.StartAsync(o => (o.Services, o.Clock) = (_backplane.Join, _clock));
        _two = await WefluxHost.StartAsync(o => (o.Services, o.Clock, o.DataDirectory) = (_backplane.Join, _clock, _one.DataDirectory));
        using var client = _one.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.1", "919300000001", "hello", _clock.GetUtcNow()));
        await _one.SettledAsync();
        _conversation = (await _one.ConversationsAsync()).Single().Id;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open)
        {
            await open.DisposeAsync();
        }

        // Whoever goes last takes the data.
        if (_isOneGone)
        {
            await _two.DisposeAsync();
        }
        else
        {
            await _two.StopKeepingDataAsync();
            await _one.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_looks_and_who_writes_is_seen_on_every_node_and_goes_when_they_leave()
    {
        var here = await OpenAsync(_one, "manager@demo.test");
        var there = await OpenAsync(_two, "admin@demo.test");
        var seat = await SitAsync(_one, "agent@demo.test");

        await seat.ShowAsync(Doing.Looking);
        foreach (var board in new[] { here, there })
        {
            await board.SeesAsync("looking");
        }

        await seat.ShowAsync(Doing.Writing);
        await there.SeesAsync("writing");
        await seat.ShowAsync(Doing.Looking);
        await there.SeesAsync("looking");
        await seat.LeaveAsync();
        await there.SeesAsync("");
        await here.SeesAsync("");
        await seat.ShowAsync(Doing.Writing);
        _backplane.Crossed.Last().Json.Should().Contain("\"Doing\":0", "who has left says nothing any more");
    }

    [Fact]
    public async Task Only_ids_cross_and_only_to_groups_that_may_see_the_conversation()
    {
        var holder = await _one.ActorAsync("agent@demo.test");
        var joined = await _one.ActorAsync("manager@demo.test");
        (await _one.Services.GetRequiredService<TakeConversation>().ExecuteAsync(holder, _conversation)).Should().Be(WorkOutcome.Done);
        (await _one.Services.GetRequiredService<AddParticipant>().ExecuteAsync(holder, _conversation, joined.User)).Should().Be(WorkOutcome.Done);
        var conversation = (await _one.ConversationsAsync()).Single();
        var seat = Seats(_one).Take(holder.Workspace, holder.User, _conversation, conversation.Holding);
        _backplane.Crossed.Clear();

        await seat.ShowAsync(Doing.Looking);

        var told = _backplane.Crossed.Where(c => c.Json.Contains("Seat", StringComparison.Ordinal)).ToList();
        told.Select(t => t.Group).Distinct().Should().BeEquivalentTo(
            $"w{holder.Workspace}:all", $"w{holder.Workspace}:held-by:{holder.User}", $"w{holder.Workspace}:held-by:{joined.User}");
        told.Should().OnlyContain(t => !t.Json.Contains(holder.Name, StringComparison.Ordinal) && !t.Json.Contains("hello", StringComparison.Ordinal)
            && !t.Json.Contains("919300000001", StringComparison.Ordinal));
        typeof(TogetherHint).GetProperties().Select(p => p.Name).Should().BeEquivalentTo("ConversationId", "UserId", "Seat", "Doing");
    }

    [Fact]
    public async Task A_screen_whose_browser_falls_silent_lapses_by_itself()
    {
        var there = await OpenAsync(_two, "admin@demo.test");
        var seat = await SitAsync(_one, "agent@demo.test");
        await seat.ShowAsync(Doing.Writing);
        await there.SeesAsync("writing");

        _clock.Advance(Weflux.Web.Inbox.Together.Seats.Lapse + TimeSpan.FromSeconds(1));

        await there.SeesAsync("");
        await seat.ShowAsync(Doing.Looking);
        await there.SeesAsync("looking");
    }

    [Fact]
    public async Task A_node_that_is_gone_takes_its_people_with_it()
    {
        var there = await OpenAsync(_two, "admin@demo.test");
        var seat = await SitAsync(_one, "agent@demo.test");
        await seat.ShowAsync(Doing.Looking);
        await there.SeesAsync("looking");

        await _one.StopKeepingDataAsync();
        _isOneGone = true;
        _clock.Advance(Weflux.Web.Inbox.Together.Seats.Lapse + TimeSpan.FromSeconds(1));

        await there.SeesAsync("");
    }

    [Fact]
    public async Task A_beat_tells_all_again_so_that_who_comes_later_sees_who_is_there_already()
    {
        var seat = await SitAsync(_one, "agent@demo.test");
        await seat.ShowAsync(Doing.Looking);
        var late = await OpenAsync(_two, "admin@demo.test");

        await Seats(_one).BeatAsync(CancellationToken.None);

        await late.SeesAsync("looking");
        var second = await SitAsync(_one, "manager@demo.test");
        await second.ShowAsync(Doing.Writing);
        await Seats(_one).BeatAsync(CancellationToken.None);
        _backplane.Crossed.Should().Contain(
            c => c.Json.Contains("\"Doing\":1", StringComparison.Ordinal) && c.Json.Contains("\"Doing\":2", StringComparison.Ordinal), "a beat is one message for a group");
    }

    [Fact]
    public async Task Who_may_not_see_it_any_more_hears_that_everybody_is_gone()
    {
        var (holder, other) = (await _one.ActorAsync("agent@demo.test"), await _one.ActorAsync("agent2@demo.test"));
        var free = await OpenAsync(_two, "agent2@demo.test");
        var seat = Seats(_one).Take(holder.Workspace, holder.User, _conversation, Holding.Nobody);
        await seat.ShowAsync(Doing.Looking);
        await free.SeesAsync("looking");

        await seat.MoveAsync(new Holding(holder.User));

        _backplane.Crossed.Last(c => c.Group == $"w{holder.Workspace}:unassigned").Json.Should().Contain("\"Doing\":0");
        _backplane.Crossed.Last(c => c.Group == $"w{holder.Workspace}:all").Json.Should().Contain("\"Doing\":1");
        await free.SeesAsync("");
        other.MaySee(new Holding(holder.User)).Should().BeFalse();
    }

    private async Task<Seat> SitAsync(WefluxHost host, string email)
    {
        var actor = await host.ActorAsync(email);
        return Seats(host).Take(actor.Workspace, actor.User, _conversation, Holding.Nobody);
    }

    private static Seats Seats(WefluxHost host) => host.Services.GetRequiredService<Seats>();

    private async Task<Board> OpenAsync(WefluxHost host, string email)
    {
        var listener = await Listener.OpenAsync(host, email);
        _open.Add(listener.Feed);
        var reader = await host.ActorAsync(email);
        return new Board(
            new TogetherBoard(listener.Feed, host.Services.GetRequiredService<Lookers>(), host.Services.GetRequiredService<TogetherNames>()), reader, _conversation);
    }

    /// <summary>What one circuit shows of the conversation.</summary>
    private sealed record Board(TogetherBoard Together, Actor Reader, long Conversation)
    {
        public Task SeesAsync(string doing) => Eventually.SeeAsync(
            async () => TogetherWords.Say(await Together.WithAsync(Reader.Workspace, Conversation, Reader.User)),
            words => doing.Length == 0 ? words.Length == 0 : words.Contains(doing, StringComparison.Ordinal));
    }
}
