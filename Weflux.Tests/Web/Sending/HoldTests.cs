using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Sending;
using Eventually = Weflux.Tests.Support.Eventually;

namespace Weflux.Tests.Web.Sending;

/// <summary>Numbers that rest, and numbers beside them that do not.</summary>
public sealed class HoldTests : IAsyncLifetime
{
    private const string SecondNumber = "200000000000099";
    private readonly ConcurrentQueue<(string Number, string Text)> _posts = new();
    private GraphStub _graph = null!;
    private WefluxHost _host = null!;
    private HttpClient _client = null!;
    private MetaWebhooks _webhooks = null!;
    private Actor _manager = null!;
    private long _first;
    private long _second;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphStub.StartAsync();
        _host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString());
        _client = _host.NewClient();
        _webhooks = new MetaWebhooks(_client);
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        _manager = await _host.ActorAsync("manager@demo.test");
        (_first, _second) = await _host.ReadAsync(async db =>
        {
            var first = await db.Set<Connection>().SingleAsync(c => c.PhoneNumberId == MetaWebhooks.Number);
            var second = new Connection
            {
                WorkspaceId = first.WorkspaceId,
                MetaAppId = first.MetaAppId,
                Kind = ConnectionKind.CloudApi,
                WabaId = first.WabaId,
                PhoneNumberId = SecondNumber,
                DisplayPhoneNumber = "+91 98765 43299",
                Name = "Second",
                AccessToken = _host.Services.GetRequiredService<Weflux.Web.Security.SecretProtector>()
                    .ProtectText("second", Connection.TokenContext(SecondNumber)),
            };
            db.Add(second);
            await db.SaveChangesAsync();
            return (first.Id, second.Id);
        });
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public async Task A_number_that_was_too_fast_rests_as_a_whole_tries_with_one_message_and_goes_on_while_another_never_stops()
    {
        var conversations = await MeetAsync(12, MetaWebhooks.Number);
        var others = await MeetAsync(1, SecondNumber);
        var isLimited = true;
        _graph.Answer = (context, body, nth) => NumberOf(context) == MetaWebhooks.Number && isLimited
            ? RefuseAsync(context, body, 130429)
            : AcceptAsync(context, body, nth);

        await ReplyAsync(conversations[0], "first");
        await Eventually.BeAsync(async () => await HoldAsync(_first) is { Code: 130429 });
        foreach (var conversation in conversations[1..])
        {
            await ReplyAsync(conversation, "later");
        }

        await ReplyAsync(others[0], "elsewhere");
        await Eventually.BeAsync(() => Task.FromResult(_posts.Any(p => p.Number == SecondNumber)));
        _posts.Count(p => p.Number == MetaWebhooks.Number).Should().BeLessThanOrEqualTo(3, "one message tries after each rest, not each of twelve");
        (await HoldAsync(_second)).Should().BeNull();

        isLimited = false;
        await _host.PassUntilAsync(TimeSpan.FromSeconds(10), async () => (await _host.MessagesAsync()).Count(m => m.Status == DeliveryStatus.Sent) == 13);
        (await HoldAsync(_first)).Should().BeNull();
    }

    [Fact]
    public async Task What_waits_says_why_and_when_it_goes_and_nothing_of_it_when_it_went()
    {
        var queue = _host.Services.GetRequiredService<QueueQuery>();
        var conversations = await MeetAsync(2, MetaWebhooks.Number);
        var isClosed = true;
        _graph.Answer = (context, body, nth) => isClosed ? RefuseAsync(context, body, 131057) : AcceptAsync(context, body, nth);
        await ReplyAsync(conversations[0], "first");
        await Eventually.BeAsync(async () => await HoldAsync(_first) is not null);
        await ReplyAsync(conversations[0], "second");
        await ReplyAsync(conversations[1], "elsewhere");

        foreach (var (conversation, count) in new[] { (conversations[0], 2), (conversations[1], 1) })
        {
            (await Eventually.SeeAsync(async () => (await queue.OfThreadAsync(_manager, conversation)).Values.ToList(), waits => waits.Count == count && waits.TrueForAll(w => w.Until is not null)))
                .Should().OnlyContain(w => w.Why == "WhatsApp is overloaded or under maintenance.");
        }

        isClosed = false;
        await _host.PassUntilAsync(TimeSpan.FromSeconds(20), async () => (await _host.MessagesAsync()).Count(m => m.Status == DeliveryStatus.Sent) == 3);
        (await queue.OfThreadAsync(_manager, conversations[0])).Should().BeEmpty();
    }

    [Fact]
    public async Task What_waits_behind_a_message_that_nobody_confirmed_says_so()
    {
        var queue = _host.Services.GetRequiredService<QueueQuery>();
        var conversation = (await MeetAsync(1, MetaWebhooks.Number))[0];
        _graph.Answer = (context, _, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await ReplyAsync(conversation, "lost");
        await Eventually.BeAsync(() => _host.ReadAsync(db => db.Set<OutboundMessage>().AnyAsync(o => o.State == OutboundState.Unknown)));
        await ReplyAsync(conversation, "behind");

        (await queue.OfThreadAsync(_manager, conversation)).Values.Should().ContainSingle()
            .Which.Should().Match<MessageWait>(w => w.Why == "The message before it goes first." && w.Until > _host.Clock.GetUtcNow().AddSeconds(15) && w.Until <= _host.Clock.GetUtcNow().AddSeconds(30));
    }

    [Theory]
    [InlineData(80007)]
    [InlineData(4)]
    public async Task A_limit_of_the_account_or_the_app_has_all_its_numbers_rest(int code)
    {
        var conversations = await MeetAsync(1, MetaWebhooks.Number);
        _graph.Answer = (context, body, _) => RefuseAsync(context, body, code);

        await ReplyAsync(conversations[0], "too much");

        await Eventually.BeAsync(async () => await HoldAsync(_first) is not null && await HoldAsync(_second) is not null);
        (await HoldAsync(_second))!.Until.Should().BeAfter(_host.Clock.GetUtcNow().AddSeconds(30));
    }

    [Fact]
    public async Task A_customer_who_was_sent_too_much_holds_up_nobody_else()
    {
        var conversations = await MeetAsync(2, MetaWebhooks.Number);
        _graph.Answer = (context, body, nth) => TextOf(body) == "pair" ? RefuseAsync(context, body, 131056) : AcceptAsync(context, body, nth);

        await ReplyAsync(conversations[0], "pair");
        await Eventually.BeAsync(() => Task.FromResult(!_posts.IsEmpty));
        await ReplyAsync(conversations[1], "other");

        await Eventually.BeAsync(() => Task.FromResult(_posts.Any(p => p.Text == "other")));
        (await HoldAsync(_first)).Should().BeNull();
    }

    [Fact]
    public async Task A_number_that_is_not_answered_opens_its_breaker_so_that_its_messages_do_not_become_doubtful_one_by_one()
    {
        var conversations = await MeetAsync(40, MetaWebhooks.Number);
        var others = await MeetAsync(1, SecondNumber);
        var isBroken = true;
        _graph.Answer = (context, body, nth) =>
        {
            if (NumberOf(context) == MetaWebhooks.Number && isBroken)
            {
                Note(context, body);
                context.Abort();
                return Task.CompletedTask;
            }

            return AcceptAsync(context, body, nth);
        };
        for (var i = 0; i < 20; i++)
        {
            await ReplyAsync(conversations[i], $"broken {i}");
        }

        await Eventually.BeAsync(async () => await HoldAsync(_first) is { Code: OwnFaults.NotReached });
        foreach (var conversation in conversations[20..])
        {
            await ReplyAsync(conversation, "after");
        }

        await ReplyAsync(others[0], "elsewhere");
        await Eventually.BeAsync(() => Task.FromResult(_posts.Any(p => p.Number == SecondNumber)));
        _posts.Count(p => p.Text == "after").Should().BeLessThanOrEqualTo(2);

        isBroken = false;
        await _host.PassUntilAsync(TimeSpan.FromSeconds(20), async () => (await _host.MessagesAsync()).Count(m => m.Content.Text == "after" && m.Status == DeliveryStatus.Sent) >= 18);
        (await HoldAsync(_first)).Should().BeNull();
        _posts.GroupBy(p => p).Where(g => g.Key.Text.StartsWith("broken", StringComparison.Ordinal)).Should().OnlyContain(g => g.Count() == 1);
    }

    [Fact]
    public async Task A_minute_of_refusals_loses_nothing_and_asks_rarely()
    {
        var conversations = await MeetAsync(10, MetaWebhooks.Number);
        var over = _host.Clock.GetUtcNow().AddSeconds(60);
        _graph.Answer = (context, body, nth) => _host.Clock.GetUtcNow() < over ? RefuseAsync(context, body, 130429) : AcceptAsync(context, body, nth);
        foreach (var conversation in conversations)
        {
            await ReplyAsync(conversation, "one");
            await ReplyAsync(conversation, "two");
        }

        await _host.PassUntilAsync(TimeSpan.FromSeconds(2), async () => (await _host.MessagesAsync()).Count(m => m.Status == DeliveryStatus.Sent) == 20);
        _posts.Count.Should().BeLessThan(20 + 16 + 10, "sixteen may be under way when the first is refused, and then one tries after each rest");
    }

    [Fact]
    public async Task A_stop_that_was_acknowledged_before_the_reply_was_written_is_heard_before_it_leaves()
    {
        var conversations = await MeetAsync(12, MetaWebhooks.Number);
        for (var i = 0; i < conversations.Count; i++)
        {
            await _webhooks.PostAsync(MetaWebhooks.TextFrom($"wamid.stop.{i}", Phone(i, MetaWebhooks.Number), "STOP", _host.Clock.GetUtcNow()));
            await ReplyAsync(conversations[i], "an offer");
        }

        await Eventually.BeAsync(async () => !await _host.ReadAsync(db => db.Set<OutboundMessage>().AnyAsync()));
        _posts.Should().NotContain(p => p.Text == "an offer");
        _graph.Sends.Select(TextOf).Should().NotContain("an offer");
    }

    [Fact]
    public async Task What_the_platform_says_of_the_throughput_counts()
    {
        var conversations = await MeetAsync(1, MetaWebhooks.Number);
        var app = await _host.ReadAsync(db => db.Set<Connection>().Where(c => c.Id == _first).Select(c => c.MetaAppId).SingleAsync());
        _graph.Answer = (context, body, _) => RefuseAsync(context, body, 131056);
        await ReplyAsync(conversations[0], "hello");
        await Eventually.BeAsync(() => _host.ReadAsync(db => db.Set<SendAttempt>().AnyAsync(a => a.Outcome == AttemptOutcome.RetryLater)));
        var lanes = _host.Services.GetRequiredService<LaneSignals>();
        var numbers = new LaneNumbers(_host.Services.GetRequiredService<WefluxDatabase>(), lanes, new LaneLease(app, _manager.Workspace, "test", 0));
        var late = _host.Clock.GetUtcNow().AddDays(1);
        (await numbers.WaitingAsync(late, TestContext.Current.CancellationToken)).Should().ContainSingle().Which.PerSecond.Should().Be(80);

        await _host.ReadAsync(async db =>
        {
            var checkup = await db.Set<ConnectionCheckup>().SingleOrDefaultAsync(c => c.ConnectionId == _first);
            if (checkup is null)
            {
                db.Add(checkup = new ConnectionCheckup { ConnectionId = _first, WorkspaceId = _manager.Workspace, NextAt = late });
            }

            checkup.Facts = new NumberFacts("GREEN", "TIER_250", 20);
            return await db.SaveChangesAsync();
        });
        lanes.Renew(app);
        (await numbers.WaitingAsync(late, TestContext.Current.CancellationToken)).Should().ContainSingle().Which.PerSecond.Should().Be(20);
    }

    private static string NumberOf(HttpContext context) => context.Request.Path.Value!.Split('/')[^2];

    private static string TextOf(JsonObject body) => body["text"]?["body"]?.GetValue<string>() ?? "";

    private static string Phone(int nth, string number) => $"9193{number[^2..]}{nth:000000}";

    private void Note(HttpContext context, JsonObject body) => _posts.Enqueue((NumberOf(context), TextOf(body)));

    private Task RefuseAsync(HttpContext context, JsonObject body, int code)
    {
        Note(context, body);
        return GraphStub.RefuseAsync(context, code);
    }

    private Task AcceptAsync(HttpContext context, JsonObject body, int nth)
    {
        Note(context, body);
        return GraphStub.AcceptAsync(context, $"wamid.hold.{nth}");
    }

    private Task<SendHold?> HoldAsync(long connection) =>
        _host.ReadAsync(db => db.Set<SendHold>().AsNoTracking().SingleOrDefaultAsync(h => h.ConnectionId == connection));

    private async Task<List<long>> MeetAsync(int count, string number)
    {
        for (var i = 0; i < count; i++)
        {
            var body = MetaWebhooks.TextFrom($"wamid.meet.{number}.{i}", Phone(i, number), "hello", _host.Clock.GetUtcNow());
            await _webhooks.PostAsync(JsonNode.Parse(body.ToJsonString().Replace(MetaWebhooks.Number, number, StringComparison.Ordinal))!.AsObject());
        }

        await _host.SettledAsync();
        var connection = number == SecondNumber ? _second : _first;
        var all = (await _host.ConversationsAsync()).Where(c => c.ConnectionId == connection).OrderBy(c => c.Id).Select(c => c.Id).ToList();
        all.Should().HaveCount(count);
        return all;
    }

    private async Task ReplyAsync(long conversation, string text) => await _host.Services.GetRequiredService<SendReply>()
        .ExecuteAsync(_manager, conversation, new TextContent(text), Guid.NewGuid());
}
