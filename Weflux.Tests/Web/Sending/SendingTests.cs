using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Sending;

public sealed class SendingTests : IAsyncLifetime
{
    private const string Phone = "919200000001";
    private GraphStub _graph = null!;
    private WefluxHost _host = null!;
    private HttpClient _client = null!;
    private MetaWebhooks _webhooks = null!;
    private Actor _agent = null!;
    private long _conversationId;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphStub.StartAsync();
        _host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString());
        _client = _host.NewClient();
        _webhooks = new MetaWebhooks(_client);
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        await HearAsync("wamid.in.1", "hello");
        _conversationId = (await _host.ConversationsAsync()).Single().Id;
        _agent = await _host.ActorAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public async Task A_reply_leaves_once_with_the_attempts_mark_and_is_sent_when_the_platform_took_it()
    {
        await ReplyAsync("hi there");

        var message = await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        message.WhatsAppId.Should().Be("wamid.out.1");
        var body = _graph.Sends.Single();
        body["to"]!.GetValue<string>().Should().Be("+" + Phone);
        body["recipient_type"]!.GetValue<string>().Should().Be("individual");
        body["text"]!["body"]!.GetValue<string>().Should().Be("hi there");
        var attempt = await _host.ReadAsync(db => db.Set<SendAttempt>().SingleAsync());
        body["biz_opaque_callback_data"]!.GetValue<string>().Should().Be(attempt.Id.ToString("N"));
        attempt.Outcome.Should().Be(AttemptOutcome.Accepted);
        (await OutboxAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task The_attempt_is_committed_before_the_call()
    {
        OutboundState? seen = null;
        _graph.Answer = async (context, _, _) =>
        {
            seen = (await OutboxAsync()).Single().State;
            await GraphStub.AcceptAsync(context, "wamid.out.x");
        };

        await ReplyAsync("hi");

        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        seen.Should().Be(OutboundState.InFlight);
    }

    [Fact]
    public async Task Sending_one_draft_many_times_at_once_makes_one_message()
    {
        var draft = Guid.NewGuid();

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ReplyAsync("once", draft)));

        results.Select(r => r!.MessageId).Distinct().Should().ContainSingle().Which.Should().NotBeNull();
        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        _graph.Sends.Should().ContainSingle();
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("cut on a used connection")]
    [InlineData("500")]
    [InlineData("502")]
    [InlineData("500 with a final code")]
    [InlineData("502 with a final code")]
    [InlineData("503")]
    [InlineData("504")]
    [InlineData("200 without a message")]
    [InlineData("a hundred megabytes")]
    [InlineData("html")]
    [InlineData("empty 200")]
    [InlineData("half")]
    [InlineData("429 without a body")]
    public async Task A_lost_answer_is_never_followed_by_another_call_and_a_status_settles_it(string how)
    {
        if (how == "cut on a used connection")
        {
            await ReplyAsync("first, so that the connection is in the pool");
            await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
            _graph.Sends.Clear();
        }

        _graph.Answer = (context, _, _) => LoseAsync(context, how);
        await ReplyAsync("did it arrive?");
        await Eventually.BeAsync(async () => (await OutboxAsync()).Exists(o => o.State == OutboundState.Unknown));

        _host.Clock.Advance(TimeSpan.FromMinutes(3));
        await Task.Delay(1500);
        _graph.Sends.Should().ContainSingle();
        (await _host.MessagesAsync()).Single(m => m.Content.Text == "did it arrive?").Status.Should().Be(DeliveryStatus.Sending);

        var mark = _graph.Sends.Single()["biz_opaque_callback_data"]!.GetValue<string>();
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Statuses(
            MetaWebhooks.Status("wamid.settled", "delivered", _host.Clock.GetUtcNow(), mark))));
        var message = await OutboundAsync(m => m.Status == DeliveryStatus.Delivered);
        message.WhatsAppId.Should().Be("wamid.settled");
        (await OutboxAsync()).Should().BeEmpty();
        _graph.Sends.Should().ContainSingle();
    }

    [Fact]
    public async Task What_nobody_confirms_in_five_minutes_is_shown_so_and_a_late_status_still_settles_it()
    {
        _graph.Answer = (context, _, _) => LoseAsync(context, "cut");
        await ReplyAsync("hm");
        await Eventually.BeAsync(async () => (await OutboxAsync()).Exists(o => o.State == OutboundState.Unknown));

        _host.Clock.Advance(TimeSpan.FromMinutes(6));

        await OutboundAsync(m => m.Status == DeliveryStatus.NotConfirmed);
        _graph.Sends.Should().ContainSingle();
        var mark = _graph.Sends.Single()["biz_opaque_callback_data"]!.GetValue<string>();
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Statuses(MetaWebhooks.Status("wamid.late", "read", _host.Clock.GetUtcNow(), mark))));
        (await OutboundAsync(m => m.Status == DeliveryStatus.Read)).WhatsAppId.Should().Be("wamid.late");
    }

    [Fact]
    public async Task Sending_again_makes_a_new_message_linked_to_the_first()
    {
        _graph.Answer = (context, _, nth) => nth == 1 ? GraphStub.RefuseAsync(context, 131026) : GraphStub.AcceptAsync(context, "wamid.second");
        await ReplyAsync("please");
        var first = await OutboundAsync(m => m.Status == DeliveryStatus.Failed);
        first.Fault!.Code.Should().Be(131026);

        var again = _host.Services.GetRequiredService<SendAgain>();
        var draft = Guid.NewGuid();
        var result = await again.ExecuteAsync(_agent, first.Id, draft);
        await again.ExecuteAsync(_agent, first.Id, draft);

        var second = await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        second.Id.Should().Be(result!.MessageId);
        second.ResendOfId.Should().Be(first.Id);
        _graph.Sends.Should().HaveCount(2);
        (await again.ExecuteAsync(_agent, second.Id, Guid.NewGuid())).Should().BeNull("it did not fail");
    }

    [Fact]
    public async Task A_temporary_refusal_is_tried_again_with_a_mark_of_its_own()
    {
        _graph.Answer = (context, _, nth) => nth == 1 ? GraphStub.RefuseAsync(context, 130429, 500) : GraphStub.AcceptAsync(context, "wamid.ok");

        await ReplyAsync("busy?");

        await _host.PassUntilAsync(TimeSpan.FromSeconds(5), async () => (await _host.MessagesAsync()).Exists(m => m.Status == DeliveryStatus.Sent));
        _graph.Sends.Select(s => s["biz_opaque_callback_data"]!.GetValue<string>()).Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task What_could_not_even_connect_is_tried_again_until_it_can()
    {
        var address = _graph.Address;
        await _graph.DisposeAsync();
        await ReplyAsync("anybody?");
        await Eventually.BeAsync(async () => (await _host.ReadAsync(db => db.Set<SendAttempt>().CountAsync(a => a.Outcome == AttemptOutcome.NotSent))) > 0);

        (await OutboxAsync()).Single().NextAt.Should().BeAfter(_host.Clock.GetUtcNow().AddSeconds(-5));
        (await _host.MessagesAsync()).Single(m => m.Direction == MessageDirection.Out).Status.Should().BeOneOf(DeliveryStatus.Queued, DeliveryStatus.Sending);
        address.IsLoopback.Should().BeTrue();
    }

    [Fact]
    public async Task A_status_before_the_answer_to_the_send_is_not_lost()
    {
        _graph.Answer = async (context, _, _) =>
        {
            // No mark: only the id that the answer is about to tell.
            await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Statuses(
                MetaWebhooks.Status("wamid.fast", "delivered", _host.Clock.GetUtcNow()))));
            await _host.SettledAsync();
            await GraphStub.AcceptAsync(context, "wamid.fast");
        };

        await ReplyAsync("quick");

        await OutboundAsync(m => m is { Status: DeliveryStatus.Delivered, WhatsAppId: "wamid.fast" });
    }

    [Fact]
    public async Task Statuses_in_any_order_and_number_end_the_same_and_are_all_kept()
    {
        await ReplyAsync("ticks");
        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        var now = _host.Clock.GetUtcNow();
        foreach (var status in new[] { "read", "sent", "failed", "delivered", "delivered" })
        {
            await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Statuses(MetaWebhooks.Status("wamid.out.1", status, now))));
        }

        await _host.SettledAsync();
        var message = await OutboundAsync(m => m.Status == DeliveryStatus.Read);
        message.Fault.Should().BeNull();
        (await _host.ReadAsync(db => db.Set<MessageStatusEntry>().Where(s => s.MessageId == message.Id).Select(s => s.Status).ToListAsync()))
            .Should().BeEquivalentTo([DeliveryStatus.Read, DeliveryStatus.Sent, DeliveryStatus.Failed, DeliveryStatus.Delivered]);
    }

    [Fact]
    public async Task Messages_of_a_conversation_leave_in_order()
    {
        _graph.Answer = async (context, _, nth) =>
        {
            await Task.Delay(Random.Shared.Next(30));
            await GraphStub.AcceptAsync(context, $"wamid.order.{nth}");
        };
        for (var i = 0; i < 12; i++)
        {
            await ReplyAsync($"{i}");
        }

        await Eventually.BeAsync(async () => (await _host.MessagesAsync()).Count(m => m.Status == DeliveryStatus.Sent) == 12);
        _graph.Sends.Select(s => s["text"]!["body"]!.GetValue<string>()).Should().Equal(Enumerable.Range(0, 12).Select(i => $"{i}"));
    }

    [Fact]
    public async Task When_the_window_closes_while_a_message_waits_it_goes_back_with_the_reason()
    {
        _graph.Answer = (context, _, _) => GraphStub.RefuseAsync(context, 131016);
        await ReplyAsync("too late soon");
        await Eventually.BeAsync(async () => (await _host.ReadAsync(db => db.Set<SendAttempt>().CountAsync(a => a.Outcome == AttemptOutcome.RetryLater))) > 0);
        var sends = _graph.Sends.Count;

        _host.Clock.Advance(TimeSpan.FromHours(24));

        var message = await OutboundAsync(m => m.Status == DeliveryStatus.Failed);
        message.Fault!.Code.Should().Be(OwnFaults.WindowClosed);
        _graph.Sends.Should().HaveCount(sends);
    }

    [Fact]
    public async Task When_a_stop_arrives_while_a_message_waits_it_goes_back_with_the_reason()
    {
        _graph.Answer = (context, body, _) => body["text"]!["body"]!.GetValue<string>().Contains("no more messages", StringComparison.Ordinal)
            ? GraphStub.AcceptAsync(context, "wamid.confirmed")
            : GraphStub.RefuseAsync(context, 131016);
        await ReplyAsync("waiting");
        await Eventually.BeAsync(async () => (await _host.ReadAsync(db => db.Set<SendAttempt>().CountAsync(a => a.Outcome == AttemptOutcome.RetryLater))) > 0);

        await HearAsync("wamid.stop", "STOP");
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        var message = await OutboundAsync(m => m.Status == DeliveryStatus.Failed);
        message.Fault!.Code.Should().Be(OwnFaults.OptedOut);
        await OutboundAsync(m => m is { Origin: MessageOrigin.StopConfirmation, Status: DeliveryStatus.Sent });
    }

    [Fact]
    public async Task Refusals_are_decisions_and_store_nothing()
    {
        (await ReplyAsync("   "))!.Decision.Should().BeOfType<Invalid>().Which.Reason.Should().Be(InvalidReason.Empty);
        (await ReplyAsync(new string('x', 4097)))!.Decision.Should().BeOfType<Invalid>().Which.Reason.Should().Be(InvalidReason.TooLong);
        _host.Clock.Advance(TimeSpan.FromHours(24));
        (await ReplyAsync("late"))!.Decision.Should().BeOfType<NeedsTemplate>();
        (await _host.MessagesAsync()).Should().OnlyContain(m => m.Direction == MessageDirection.In);
    }

    [Fact]
    public async Task A_stranger_and_an_agent_who_may_not_see_it_get_nothing()
    {
        await ReplyAsync("mine now");
        var send = _host.Services.GetRequiredService<SendReply>();
        var other = await _host.ActorAsync("agent2@demo.test");
        var foreign = await _host.ActorAsync("admin@demo-two.test", "demo-two");

        (await send.ExecuteAsync(other, _conversationId, new TextContent("hi"), Guid.NewGuid())).Should().BeNull();
        (await send.ExecuteAsync(foreign, _conversationId, new TextContent("hi"), Guid.NewGuid())).Should().BeNull();
        (await _host.ConversationsAsync()).Single().AssigneeId.Should().Be(_agent.User);
    }

    private static async Task LoseAsync(HttpContext context, string how)
    {
        switch (how)
        {
            case "html":
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html>proxy</html>");
                break;
            case "empty 200":
                break;
            case "half":
                context.Response.ContentLength = 1000;
                await context.Response.WriteAsync("{\"messaging_pro");
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case "500 with a final code":
                await GraphStub.RefuseAsync(context, 131009, 500);
                break;
            case "502 with a final code":
                await GraphStub.RefuseAsync(context, 131026, 502);
                break;
            case "200 without a message":
                await context.Response.WriteAsJsonAsync(new JsonObject { ["messaging_product"] = "whatsapp", ["messages"] = new JsonArray() });
                break;
            case "a hundred megabytes":
                await FloodAsync(context);
                break;
            case "429 without a body":
                context.Response.StatusCode = 429;
                break;
            case "500" or "502" or "503" or "504":
                context.Response.StatusCode = int.Parse(how, System.Globalization.CultureInfo.InvariantCulture);
                break;
            default:
                context.Abort();
                break;
        }
    }

    private static async Task FloodAsync(HttpContext context)
    {
        try
        {
            var megabyte = new byte[1024 * 1024];
            for (var i = 0; i < 100; i++)
            {
                await context.Response.Body.WriteAsync(megabyte, context.RequestAborted);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The caller has read enough.
        }
    }

    private async Task HearAsync(string id, string text)
    {
        await _webhooks.PostAsync(MetaWebhooks.TextFrom(id, Phone, text, _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
    }

    private Task<SendReplyResult?> ReplyAsync(string text, Guid? draft = null) => _host.Services.GetRequiredService<SendReply>()
        .ExecuteAsync(_agent, _conversationId, new TextContent(text), draft ?? Guid.NewGuid());

    private async Task<Message> OutboundAsync(Func<Message, bool> isSo)
    {
        var all = await Eventually.SeeAsync(_host.MessagesAsync, messages => messages.Exists(m => m.Direction == MessageDirection.Out && isSo(m)));
        return all.First(m => m.Direction == MessageDirection.Out && isSo(m));
    }

    private Task<List<OutboundMessage>> OutboxAsync() => _host.ReadAsync(db => db.Set<OutboundMessage>().AsNoTracking().ToListAsync());
}
