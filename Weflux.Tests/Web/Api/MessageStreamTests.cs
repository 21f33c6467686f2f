using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Api;

public sealed class MessageStreamTests : IAsyncLifetime
{
    private const string Messages = "/api/v1/messages";
    private WefluxHost _host = null!;
    private HttpClient _api = null!;
    private HttpClient _meta = null!;
    private MetaWebhooks _webhooks = null!;

    private DateTimeOffset Now => _host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _api = _host.NewApiClient();
        _meta = _host.NewClient();
        _webhooks = new MetaWebhooks(_meta);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _meta.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Who_follows_the_stream_while_webhooks_come_in_crowds_sees_each_message_once()
    {
        const int Count = 300;
        using var arrived = new CancellationTokenSource();
        var following = FollowAsync(arrived.Token);
        var posts = Enumerable.Range(0, Count)
            .Select(i => _webhooks.PostAsync(MetaWebhooks.TextFrom($"wamid.{i}", $"9197{i % 40:D8}", $"text {i}", Now)));
        (await Task.WhenAll(posts)).Should().AllBeEquivalentTo(HttpStatusCode.OK);
        await _host.SettledAsync();
        await arrived.CancelAsync();

        var seen = await following;
        seen.Select(m => m.GetProperty("whatsAppId").GetString()).Should().OnlyHaveUniqueItems()
            .And.BeEquivalentTo(Enumerable.Range(0, Count).Select(i => $"wamid.{i}"));
        seen.Select(m => m.GetProperty("sequence").GetInt64()).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_page_of_very_long_messages_is_shorter_than_asked_for_and_nothing_is_left_out()
    {
        for (var i = 0; i < 5; i++)
        {
            await _webhooks.PostAsync(MetaWebhooks.TextFrom($"wamid.{i}", "919700000001", new string('x', 2_000_000), Now));
        }

        await _host.SettledAsync();
        var (seen, after, pages) = (new List<string?>(), (long?)0, 0);
        while (after is { } from)
        {
            using var page = JsonDocument.Parse(await _api.GetStringAsync(new Uri($"{Messages}?limit=1000&after={from}", UriKind.Relative)));
            seen.AddRange(page.RootElement.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("whatsAppId").GetString()));
            after = page.RootElement.GetProperty("next") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
            pages++;
        }

        seen.Should().Equal(Enumerable.Range(0, 5).Select(i => $"wamid.{i}"));
        pages.Should().Be(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(1000)]
    public async Task Pages_of_any_size_are_the_whole(int limit)
    {
        await HearAsync(20);

        var all = await _api.AllAsync(Messages, limit);

        all.Select(m => m.GetProperty("text").GetString()).Should().BeEquivalentTo(Enumerable.Range(0, 20).Select(i => $"text {i}"));
        all.Select(m => m.GetProperty("sequence").GetInt64()).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task Next_is_null_only_when_nothing_more_exists_and_the_last_sequence_goes_on_from_there()
    {
        await HearAsync(3);
        (await _api.GetJsonAsync($"{Messages}?limit=2")).GetProperty("next").ValueKind.Should().Be(JsonValueKind.Number);
        var whole = await _api.GetJsonAsync($"{Messages}?limit=3");
        whole.GetProperty("next").ValueKind.Should().Be(JsonValueKind.Null);
        var last = whole.GetProperty("data")[2].GetProperty("sequence").GetInt64();
        (await _api.GetJsonAsync($"{Messages}?after={last}")).GetProperty("data").GetArrayLength().Should().Be(0);

        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.new", "919700000000", "new", Now));
        await _host.SettledAsync();

        var more = await _api.GetJsonAsync($"{Messages}?after={last}");
        more.GetProperty("data").EnumerateArray().Should().ContainSingle().Which.GetProperty("text").GetString().Should().Be("new");
    }

    [Fact]
    public async Task A_message_is_told_with_everything_that_belongs_to_it()
    {
        var at = Now.AddSeconds(-30);
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.one", "919700000001", "नमस्ते 👋 \ud83d", at));
        await _host.SettledAsync();

        var message = (await _api.GetJsonAsync(Messages)).GetProperty("data").EnumerateArray().Should().ContainSingle().Subject;

        var stored = (await _host.MessagesAsync()).Single();
        message.EnumerateObject().Select(p => p.Name).Should().Equal(
            "id", "sequence", "conversationId", "contactId", "direction", "type", "text", "status", "whatsAppId", "sentAt", "receivedAt", "error", "mediaId",
            "origin", "content", "refersTo", "refersToId", "forwarded", "forwardedManyTimes", "groupSpeaker", "referral", "aboutProductId");
        message.GetProperty("id").GetInt64().Should().Be(stored.Id);
        message.GetProperty("conversationId").GetInt64().Should().Be(stored.ConversationId);
        message.GetProperty("contactId").GetInt64().Should().Be((await _host.ContactsAsync()).Single().Id);
        message.GetProperty("direction").GetString().Should().Be("in");
        message.GetProperty("type").GetString().Should().Be("text");
        message.GetProperty("text").GetString().Should().StartWith("नमस्ते 👋");
        message.GetProperty("status").ValueKind.Should().Be(JsonValueKind.Null);
        message.GetProperty("whatsAppId").GetString().Should().Be("wamid.one");
        message.GetProperty("sentAt").GetString().Should().EndWith("Z");
        message.GetProperty("sentAt").GetDateTimeOffset().Should().Be(DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()));
        message.GetProperty("receivedAt").GetDateTimeOffset().Should().Be(stored.ReceivedAt);
        message.GetProperty("error").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_reply_is_told_with_its_status_and_why_it_failed()
    {
        await HearAsync(1);
        var conversation = (await _host.ConversationsAsync()).Single();
        await _host.Services.GetRequiredService<SendReply>().ExecuteAsync(
            await _host.ActorAsync(), conversation.Id, new TextContent("an answer"), Guid.NewGuid());
        var sent = await Eventually.SeeAsync(_host.MessagesAsync, all => all.Any(m => m.Direction == MessageDirection.Out && m.WhatsAppId is not null));
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Statuses(
            MetaWebhooks.Status(sent.Single(m => m.Direction == MessageDirection.Out).WhatsAppId!, "failed", Now))));
        await Eventually.SeeAsync(_host.MessagesAsync, all => all.Any(m => m.Status is DeliveryStatus.Failed or DeliveryStatus.Delivered));

        var reply = (await _api.AllAsync(Messages, 50)).Single(m => m.GetProperty("direction").GetString() == "out");

        reply.GetProperty("text").GetString().Should().Be("an answer");
        if (reply.GetProperty("status").GetString() == "failed")
        {
            var error = reply.GetProperty("error");
            error.GetProperty("code").GetInt32().Should().Be(131026);
            error.GetProperty("title").GetString().Should().Be("Message undeliverable");
            error.GetProperty("message").GetString().Should().Contain("cannot be reached");
        }
        else
        {
            // The pretend phone was quicker: what is delivered did not fail.
            reply.GetProperty("status").GetString().Should().BeOneOf("delivered", "read");
        }
    }

    public static TheoryData<string, string> Kinds => new()
    {
        { """{"type":"image","image":{"id":"m1","mime_type":"image/jpeg","sha256":"x","caption":"Look at this"}}""", "Look at this" },
        { """{"type":"image","image":{"id":"m1","mime_type":"image/jpeg","sha256":"x"}}""", "Photo" },
        { """{"type":"button","button":{"text":"Yes please","payload":"Y"}}""", "Yes please" },
        { """{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"b1","title":"Track my order"}}}""", "Track my order" },
        { """{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"l1","title":"Assam","description":"250 g"}}}""", "Assam" },
        { """{"type":"document","document":{"id":"m1","mime_type":"application/pdf","sha256":"x","filename":"bill.pdf"}}""", "bill.pdf" },
        { """{"type":"location","location":{"latitude":1.5,"longitude":2.5,"name":"Shop"}}""", "Shop" },
        { """{"type":"sticker","sticker":{"id":"m1","mime_type":"image/webp","sha256":"x","animated":false}}""", "Sticker" },
        { """{"type":"never_heard_of"}""", "Message of the kind “never heard of” that cannot be shown" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_text_is_what_a_person_reads_whatever_the_kind(string content, string text)
    {
        var message = JsonNode.Parse(content)!.AsObject();
        message["id"] = "wamid.kind";
        message["from"] = "919700000002";
        message["timestamp"] = Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value([MetaWebhooks.Contact("919700000002", null, "Asha")], [message])));
        await _host.SettledAsync();

        (await _api.GetJsonAsync(Messages)).GetProperty("data").EnumerateArray().Single().GetProperty("text").GetString().Should().Be(text);
    }

    private async Task HearAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            (await _webhooks.PostAsync(MetaWebhooks.TextFrom($"wamid.{i}", $"9197{i % 5:D8}", $"text {i}", Now))).Should().Be(HttpStatusCode.OK);
        }

        await _host.SettledAsync();
    }

    private async Task<List<JsonElement>> FollowAsync(CancellationToken arrived)
    {
        var seen = new List<JsonElement>();
        var after = 0L;
        while (true)
        {
            // Whatever was stored before this read began must be in it, or have been seen before.
            var isLast = arrived.IsCancellationRequested;
            var page = await _api.GetJsonAsync($"{Messages}?after={after}&limit=20");
            seen.AddRange(page.GetProperty("data").EnumerateArray());
            after = seen.Count > 0 ? seen[^1].GetProperty("sequence").GetInt64() : 0;
            if (isLast && page.GetProperty("next").ValueKind == JsonValueKind.Null)
            {
                return seen;
            }
        }
    }
}
