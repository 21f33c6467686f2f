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
using Weflux.Web.Team;
using Weflux.Web.Team.Settings;

namespace Weflux.Tests.Web.Sending;

/// <summary>Quotes, reactions, and blue ticks, from the use case to the wire.</summary>
public sealed class KindsTests : IAsyncLifetime
{
    private const string Phone = "919200000007";
    private GraphStub _graph = null!;
    private WefluxHost _host = null!;
    private HttpClient _client = null!;
    private MetaWebhooks _webhooks = null!;
    private Actor _agent = null!;
    private long _conversation;
    private long _heard;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphStub.StartAsync();
        _host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString());
        _client = _host.NewClient();
        _webhooks = new MetaWebhooks(_client);
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.in.1", Phone, "hello", _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
        var heard = (await _host.MessagesAsync()).Single();
        (_conversation, _heard) = (heard.ConversationId, heard.Id);
        _agent = await _host.ActorAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public async Task A_reply_quotes_a_message_of_its_conversation_and_no_other()
    {
        var result = await Send.ExecuteAsync(_agent, _conversation, new TextContent("yes"), Guid.NewGuid(), quotedId: _heard);
        result!.Decision.IsAllowed.Should().BeTrue();

        (await SentAsync("text"))["context"]!["message_id"]!.GetValue<string>().Should().Be("wamid.in.1");
        (await Send.ExecuteAsync(_agent, _conversation, new TextContent("no"), Guid.NewGuid(), quotedId: 4_711_000))!
            .Decision.Should().Be(new Invalid(InvalidReason.QuoteUnknown));
    }

    [Fact]
    public async Task A_reaction_goes_out_the_latest_counts_and_it_can_be_taken_back()
    {
        (await ReactAsync("👍")).IsAllowed.Should().BeTrue();
        (await SentAsync("reaction"))["reaction"]!.ToJsonString().Should().Contain("wamid.in.1");
        await SettledAsync(1);
        (await ReactAsync("❤️")).IsAllowed.Should().BeTrue();
        await SettledAsync(2);

        (await MarksAsync()).Reactions.Select(r => r.Emoji).Should().Equal("❤️");
        (await ReactAsync(null)).IsAllowed.Should().BeTrue();
        await SettledAsync(3);
        (await MarksAsync()).Reactions.Should().BeEmpty();
        _graph.Sends.Last(s => s["type"]?.GetValue<string>() == "reaction")["reaction"]!["emoji"]!.GetValue<string>().Should().Be("");
        (await _host.ConversationsAsync()).Single().NeedsReply.Should().BeTrue("a thumb is no answer");
    }

    [Fact]
    public async Task A_reaction_needs_one_emoji_and_a_message_of_the_customer_that_is_not_too_old()
    {
        (await ReactAsync("yes")).Should().Be(new Invalid(InvalidReason.NotAnEmoji));
        await Send.ExecuteAsync(_agent, _conversation, new TextContent("ours"), Guid.NewGuid());
        var ours = (await _host.MessagesAsync()).Single(m => m.Direction == MessageDirection.Out);
        (await React.ExecuteAsync(_agent, ours.Id, "👍", Guid.NewGuid()))!.Decision.Should().Be(new Invalid(InvalidReason.ReactionTargetUnknown));

        _host.Clock.Advance(TimeSpan.FromDays(31));
        (await ReactAsync("👍")).Should().Be(new Invalid(InvalidReason.ReactionTooLate));
    }

    [Fact]
    public async Task An_answer_turns_the_ticks_blue_by_itself_and_never_when_the_workspace_says_never()
    {
        await Send.ExecuteAsync(_agent, _conversation, new TextContent("one"), Guid.NewGuid());
        (await Eventually.SeeAsync(ReadsAsync, reads => reads.Count == 1)).Single()["message_id"]!.GetValue<string>().Should().Be("wamid.in.1");

        await ChooseAsync(ReadReceipts.Never);
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.in.2", Phone, "again", _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
        (await Receipts.TellAsync(new ReadWish(_agent.Workspace, _conversation, ReadCause.Answered, null), default)).Should().BeFalse();
        (await ReadsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Opening_and_typing_tell_the_customer_only_where_that_was_chosen_and_only_for_who_works_the_conversation()
    {
        var manager = await _host.ActorAsync("manager@demo.test");
        (await TellAsync(ReadCause.Opened, _agent)).Should().BeFalse("the choice is: when replied");
        (await TellAsync(ReadCause.Typing, _agent)).Should().BeFalse("typing would mark it as read");

        await ChooseAsync(ReadReceipts.WhenOpened);
        (await TellAsync(ReadCause.Opened, manager)).Should().BeFalse("a manager who looks in stays unseen");
        (await TellAsync(ReadCause.Opened, _agent)).Should().BeTrue();
        (await TellAsync(ReadCause.Opened, _agent)).Should().BeFalse("it was told already");
        (await TellAsync(ReadCause.Typing, _agent)).Should().BeTrue();
        (await TellAsync(ReadCause.Typing, _agent)).Should().BeFalse("the platform still shows it");
        _host.Clock.Advance(TimeSpan.FromSeconds(21));
        (await TellAsync(ReadCause.Typing, _agent)).Should().BeTrue();
        (await ReadsAsync()).Last()["typing_indicator"]!["type"]!.GetValue<string>().Should().Be("text");
    }

    [Fact]
    public async Task A_reaction_is_never_marked_as_read_but_the_words_before_it()
    {
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(Phone, "IN." + Phone, "Customer " + Phone)],
            [new JsonObject
            {
                ["id"] = "wamid.in.thumb",
                ["from"] = Phone,
                ["from_user_id"] = "IN." + Phone,
                ["timestamp"] = (_host.Clock.GetUtcNow().ToUnixTimeSeconds() + 5).ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["type"] = "reaction",
                ["reaction"] = new JsonObject { ["message_id"] = "wamid.in.1", ["emoji"] = "👍" },
            }])));
        await _host.SettledAsync();
        (await _host.MessagesAsync()).Should().Contain(m => m.Content is ReactionContent);

        (await TellAsync(ReadCause.Answered, _agent)).Should().BeTrue();

        (await ReadsAsync()).Single()["message_id"]!.GetValue<string>().Should().Be("wamid.in.1");
    }

    [Fact]
    public async Task What_the_platform_did_not_hear_is_told_with_the_next_occasion()
    {
        _graph.AnswerRead = context => GraphStub.RefuseAsync(context, 131009);
        await FluentActions.Awaiting(() => TellAsync(ReadCause.Answered, _agent)).Should().ThrowAsync<Weflux.Web.CloudApi.CloudApiException>();
        _graph.AnswerRead = context => context.Response.WriteAsJsonAsync(new JsonObject { ["success"] = true });

        (await TellAsync(ReadCause.Answered, _agent)).Should().BeTrue();
        (await TellAsync(ReadCause.Answered, _agent)).Should().BeFalse("it was told now");
    }

    [Fact]
    public async Task A_courtesy_that_the_platform_refuses_harms_nothing()
    {
        _graph.AnswerRead = context => GraphStub.RefuseAsync(context, 131009);

        await Send.ExecuteAsync(_agent, _conversation, new TextContent("one"), Guid.NewGuid());
        await Eventually.SeeAsync(ReadsAsync, reads => reads.Count == 1);
        await Send.ExecuteAsync(_agent, _conversation, new TextContent("two"), Guid.NewGuid());

        await Eventually.SeeAsync(_host.MessagesAsync, all => all.Count(m => m.Status == DeliveryStatus.Sent) == 2);
    }

    private SendReply Send => _host.Services.GetRequiredService<SendReply>();

    private SendReaction React => _host.Services.GetRequiredService<SendReaction>();

    private ReadReceiptSender Receipts => _host.Services.GetRequiredService<ReadReceiptSender>();

    private async Task<SendDecision> ReactAsync(string? emoji) => (await React.ExecuteAsync(_agent, _heard, emoji, Guid.NewGuid()))!.Decision;

    private Task<bool> TellAsync(ReadCause cause, Actor actor) => Receipts.TellAsync(new ReadWish(_agent.Workspace, _conversation, cause, actor), default);

    private Task<List<JsonObject>> ReadsAsync() => Task.FromResult(_graph.Reads.ToList());

    private async Task<JsonObject> SentAsync(string type)
    {
        var sends = await Eventually.SeeAsync(
            () => Task.FromResult(_graph.Sends.ToList()), all => all.Exists(s => s["type"]?.GetValue<string>() == type));
        return sends.First(s => s["type"]?.GetValue<string>() == type);
    }

    private Task SettledAsync(int reactions) => Eventually.SeeAsync(
        _host.MessagesAsync, all => all.Count(m => m.Content is ReactionContent && m.Status == DeliveryStatus.Sent) == reactions);

    private async Task<Weflux.Web.Inbox.MessageMarks> MarksAsync() =>
        (await _host.Services.GetRequiredService<Weflux.Web.Inbox.ThreadQuery>().GetAsync(_agent, _conversation))!.Messages.Single(m => m.Id == _heard).Marks;

    private async Task ChooseAsync(ReadReceipts choice) => (await _host.Services.GetRequiredService<ChangeMessaging>()
        .ExecuteAsync(await _host.ActorAsync("admin@demo.test"), choice, null)).Should().Be(SettingsOutcome.Saved);
}
