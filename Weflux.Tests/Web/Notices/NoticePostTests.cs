using Weflux.Domain.Notices;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Live;
using Weflux.Tests.Web.Work;
using Weflux.Web.Data;
using Weflux.Web.Notices;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Notices;

/// <summary>Whose screens hear that notices changed, and when.</summary>
public sealed class NoticePostTests : IAsyncLifetime
{
    private readonly WorkWorld _world = new();
    private readonly List<Listener> _open = [];

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _open)
        {
            await listener.Feed.DisposeAsync();
        }

        await _world.DisposeAsync();
    }

    [Fact]
    public async Task Only_the_persons_own_screens_hear_of_their_notices_all_of_them_and_only_those_that_ask()
    {
        var before = await ListenAsync("agent@demo.test");
        var id = await _world.MeetAsync();
        await Eventually.BeAsync(() => Task.FromResult(before.IsNoticed));
        await _world.Get<TakeConversation>().ExecuteAsync(_world.Agent, id);
        var phone = _world.LastPhone;
        var (one, two, deaf) = (await ListenAsync("agent@demo.test"), await ListenAsync("agent@demo.test"), await ListenAsync("agent@demo.test", hearsNotices: false));
        var (colleague, manager, stranger) = (await ListenAsync("agent2@demo.test"), await ListenAsync("manager@demo.test"), await ListenAsync("admin@demo-two.test", slug: "demo-two"));

        await _world.SayAsync(phone, "Hello?");
        await Eventually.BeAsync(() => Task.FromResult(one.IsNoticed && two.IsNoticed && deaf.HasHints && manager.HasHints));

        deaf.IsNoticed.Should().BeFalse();
        new[] { colleague, manager, stranger }.Should().OnlyContain(l => !l.IsNoticed);
    }

    [Fact]
    public async Task That_a_customer_waits_is_heard_by_all_who_may_take_them()
    {
        var (agent, manager, stranger) = (await ListenAsync("agent@demo.test"), await ListenAsync("manager@demo.test"), await ListenAsync("admin@demo-two.test", slug: "demo-two"));
        await _world.MeetAsync();

        await Eventually.BeAsync(() => Task.FromResult(agent.IsNoticed && manager.IsNoticed));
        stranger.News.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_rolled_back_is_told_to_nobody()
    {
        var id = await _world.MeetAsync();
        var agent = await ListenAsync("agent@demo.test");
        var database = _world.Get<WefluxDatabase>();
        var told = 0;
        database.Committed += (_, committed) => told += committed.News.Count;
        await database.Invoking(d => d.WriteAsync<bool>(
            _world.Agent.Workspace,
            async db =>
            {
                await NoticeBook.AddAsync(db, new NoticeNews(NoticeKind.CollaboratorAdded, _world.Agent.User, id, _world.Now, 1), default);
                await db.SaveChangesAsync();
                throw new InvalidOperationException("It did not go well.");
            },
            default)).Should().ThrowAsync<InvalidOperationException>();
        told.Should().Be(0);

        await database.WriteAsync(
            _world.Agent.Workspace,
            async db =>
            {
                await NoticeBook.AddAsync(db, new NoticeNews(NoticeKind.CollaboratorAdded, _world.Agent.User, id, _world.Now, 1), default);
                await db.SaveChangesAsync();
            },
            default);
        told.Should().Be(1);
        await Eventually.BeAsync(() => Task.FromResult(agent.IsNoticed));
    }

    private async Task<Listener> ListenAsync(string email, bool hearsNotices = true, string slug = "demo")
    {
        var listener = await Listener.OpenAsync(_world.Host, email, slug, hearsNotices: hearsNotices);
        _open.Add(listener);
        return listener;
    }
}
