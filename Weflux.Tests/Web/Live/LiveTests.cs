using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Live;

namespace Weflux.Tests.Web.Live;

public sealed class LiveTests : IAsyncLifetime
{
    private readonly HashSet<InboxFeed> _open = [];
    private WefluxHost _host = null!;
    private HttpClient _client = null!;
    private MetaWebhooks _webhooks = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _client = _host.NewClient();
        _webhooks = new MetaWebhooks(_client);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open)
        {
            await open.DisposeAsync();
        }

        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_message_reaches_every_circuit_of_those_who_may_see_it_and_nobody_else()
    {
        var agent = await ListenAsync("agent@demo.test");
        var manager = await ListenAsync("manager@demo.test");
        var foreign = await ListenAsync("admin@demo-two.test", "demo-two");

        await HearAsync("wamid.1", "919300000001", "hello");
        await Eventually.BeAsync(() => Task.FromResult(agent.HasHints && manager.HasHints));

        var hint = manager.Hints.Last();
        var conversation = (await _host.ConversationsAsync()).Single();
        hint.Should().Be(ConversationHint.Of(conversation));
        foreign.News.Should().BeEmpty();
    }

    [Fact]
    public async Task An_agent_hears_nothing_of_a_conversation_that_somebody_else_holds()
    {
        await HearAsync("wamid.1", "919300000002", "mine soon");
        var holder = await _host.ActorAsync("agent2@demo.test");
        await _host.ReadAsync(db => db.Set<Conversation>().ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, (UserId?)holder.User)));
        var agent = await ListenAsync("agent@demo.test");
        var other = await ListenAsync("agent2@demo.test");
        var manager = await ListenAsync("manager@demo.test");

        await HearAsync("wamid.2", "919300000002", "held");
        await Eventually.BeAsync(() => Task.FromResult(other.HasHints && manager.HasHints));

        // A change that the agent may see comes after, so what was not heard by now was not sent.
        await HearAsync("wamid.3", "919300000003", "free");
        await Eventually.BeAsync(() => Task.FromResult(agent.HasHints));
        var held = other.Hints.First().ConversationId;
        agent.Hints.Should().NotContain(h => h.ConversationId == held);
    }

    [Fact]
    public async Task Who_loses_a_conversation_hears_of_it_so_that_it_can_leave_the_list()
    {
        var agent = await ListenAsync("agent2@demo.test");
        await HearAsync("wamid.1", "919300000004", "hello");
        await Eventually.BeAsync(() => Task.FromResult(agent.HasHints));
        var id = agent.Hints.Last().ConversationId;
        var taker = await _host.ActorAsync("agent@demo.test");

        await _host.Services.GetRequiredService<Weflux.Web.Sending.SendReply>()
            .ExecuteAsync(taker, id, new TextContent("mine"), Guid.NewGuid());

        await Eventually.BeAsync(() => Task.FromResult(agent.Hints.Any(h => h.AssigneeId == taker.User.Value)));
        var rows = await _host.Services.GetRequiredService<Weflux.Web.Inbox.ConversationListQuery>().ChangedAsync(
            await _host.ActorAsync("agent2@demo.test"), Weflux.Web.Inbox.Views.InboxView.Default, [new(id, agent.Hints.Last().Version)]);
        rows.GoneIds.Should().Equal(id);
    }

    [Fact]
    public async Task Hints_carry_no_text_and_no_number()
    {
        var manager = await ListenAsync("manager@demo.test");
        await HearAsync("wamid.1", "919300000005", "a secret wish");
        await Eventually.BeAsync(() => Task.FromResult(manager.HasHints));

        var wire = System.Text.Json.JsonSerializer.Serialize(manager.Hints);
        wire.Should().NotContain("secret").And.NotContain("919300000005").And.NotContain("wamid");
        typeof(ConversationHint).GetProperties().Select(p => p.Name).Should().BeEquivalentTo("ConversationId", "Version", "AssigneeId", "TeamId", "State", "IsOwn");
    }

    [Fact]
    public async Task A_lost_hint_is_caught_up_by_the_counter()
    {
        var manager = await ListenAsync("manager@demo.test");
        manager.Subscription.ReadAt = await _host.ReadAsync(db => Weflux.Web.Data.WorkspaceCounters.ReadCounterAsync(db, CancellationToken.None));
        var beat = _host.Services.GetRequiredService<ChangeBeat>();
        await beat.BeatAsync(CancellationToken.None);

        await _host.ReadAsync(db => db.Set<Weflux.Web.Data.WorkspaceCounter>().ExecuteUpdateAsync(s => s.SetProperty(c => c.Sequence, c => c.Sequence + 1)));
        await beat.BeatAsync(CancellationToken.None);

        await Eventually.BeAsync(() => Task.FromResult(manager.News.Any(n => n.ReadAgain)));
        manager.News.Should().ContainSingle("the beat before the change asked for nothing");
    }

    [Fact]
    public async Task Whoever_is_no_member_is_told_so_and_hears_nothing()
    {
        var stranger = await ListenAsync("agent@demo.test", "demo-two", await _host.ActorAsync("admin@demo-two.test", "demo-two"));

        await Eventually.BeAsync(() => Task.FromResult(stranger.News.Any(n => n.AccessLost)));
    }

    [Fact]
    public async Task Nobody_connects_to_the_hub_without_being_signed_in_on_either_road()
    {
        var hub = _host.Services.GetRequiredService<InProcessHubConnection>();
        await using var inside = hub.Create(new ClaimsPrincipal(new ClaimsIdentity()));
        await inside.Invoking(c => c.StartAsync()).Should().ThrowAsync<UnauthorizedAccessException>();

        using var answer = await _client.PostAsync("/hubs/inbox/negotiate?negotiateVersion=1", null);
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_rule_of_the_whole_hub_holds_on_both_roads()
    {
        await using var strict = await WefluxHost.StartAsync(o => o.Services = services =>
            services.Configure<Microsoft.AspNetCore.Authorization.AuthorizationOptions>(options =>
                options.DefaultPolicy = new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim("on-shift").Build()));
        var hub = strict.Services.GetRequiredService<InProcessHubConnection>();
        var actor = await strict.ActorAsync();
        await using var off = hub.Create(Person());
        await using var on = hub.Create(Person(new Claim("on-shift", "yes")));

        await off.Invoking(c => c.StartAsync()).Should().ThrowAsync<UnauthorizedAccessException>();
        await on.StartAsync();
        (await on.InvokeAsync<bool>("JoinWorkspace", "demo")).Should().BeTrue();

        using var session = await strict.SignInAsync();
        using var outside = await session.PostAsync("/hubs/inbox/negotiate?negotiateVersion=1", null);
        outside.StatusCode.Should().Be(HttpStatusCode.Forbidden);

        ClaimsPrincipal Person(params Claim[] more) =>
            new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, actor.User.ToString()), .. more], "test"));
    }

    [Fact]
    public async Task An_outside_client_with_a_session_hears_what_its_person_may_hear()
    {
        var cookies = new CookieContainer();
        using var session = await _host.SignInAsync("manager@demo.test", cookies);
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(_host.Address, "/hubs/inbox"), o => o.Cookies = cookies).Build();
        var heard = new TaskCompletionSource<IReadOnlyList<ConversationHint>>();
        connection.On<IReadOnlyList<ConversationHint>>("Changed", hints => heard.TrySetResult(hints));
        await connection.StartAsync();

        (await connection.InvokeAsync<bool>("JoinWorkspace", "demo-two")).Should().BeFalse("it is not this person's");
        (await connection.InvokeAsync<bool>("JoinWorkspace", "demo")).Should().BeTrue();
        await HearAsync("wamid.1", "919300000006", "hello");

        (await heard.Task.WaitAsync(TimeSpan.FromSeconds(30))).Should().ContainSingle();
    }

    [Fact]
    public async Task The_hub_refuses_a_foreign_origin()
    {
        var cookies = new CookieContainer();
        using var session = await _host.SignInAsync("manager@demo.test", cookies);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hubs/inbox/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", "https://evil.example");
        using var answer = await session.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task News_merges_while_a_screen_is_busy_and_never_comes_twice_at_once()
    {
        var first = new TaskCompletionSource();
        var busy = 0;
        var most = 0;
        var batches = new List<FeedNews>();
        using var subscription = new FeedSubscription(
            async news =>
            {
                most = Math.Max(most, Interlocked.Increment(ref busy));
                batches.Add(news);
                await first.Task;
                Interlocked.Decrement(ref busy);
            },
            _ => { },
            TimeProvider.System,
            _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test"));

        subscription.Push([new(1, 1, null, null, ConversationState.Open)]);
        await Eventually.BeAsync(() => Task.FromResult(batches.Count == 1));
        for (var version = 2; version <= 100; version++)
        {
            subscription.Push([new(1, version, null, null, ConversationState.Open), new(2, version, null, null, ConversationState.Open)]);
        }

        subscription.Push([new(1, 50, null, null, ConversationState.Open)]);
        first.SetResult();
        await Eventually.BeAsync(() => Task.FromResult(batches.Count == 2));

        batches[1].Hints.Select(h => (h.ConversationId, h.Version)).Should().BeEquivalentTo([(1L, 100L), (2L, 100L)]);
        most.Should().Be(1);
    }

    [Fact]
    public async Task A_circuit_that_has_ended_hears_nothing_and_does_not_fail()
    {
        var manager = await ListenAsync("manager@demo.test");
        _open.Remove(manager.Feed);
        var witness = await ListenAsync("admin@demo.test");
        await manager.Feed.DisposeAsync();

        await HearAsync("wamid.1", "919300000007", "hello");
        await Eventually.BeAsync(() => Task.FromResult(witness.HasHints));

        manager.News.Should().BeEmpty();
    }

    private async Task HearAsync(string id, string phone, string text)
    {
        await _webhooks.PostAsync(MetaWebhooks.TextFrom(id, phone, text, _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
    }

    private async Task<Listener> ListenAsync(string email, string slug = "demo", Actor? pretended = null)
    {
        var listener = await Listener.OpenAsync(_host, email, slug, pretended);
        _open.Add(listener.Feed);
        return listener;
    }
}
