using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Api;
using Weflux.Tests.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>What customers send, as a screen, the list and the API tell it afterwards.</summary>
public sealed class InboundShownTests : IAsyncLifetime
{
    private const string Asha = "919700000077";
    private WefluxHost _host = null!;
    private HttpClient _client = null!;
    private HttpClient _api = null!;
    private MetaWebhooks _webhooks = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _client = _host.NewClient();
        _api = _host.NewApiClient();
        _webhooks = new MetaWebhooks(_client);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"type":"image","image":{"id":"m1","mime_type":"image/jpeg","sha256":"x"}}""", "Photo")]
    [InlineData("""{"type":"audio","audio":{"id":"m1","mime_type":"audio/ogg","sha256":"x","voice":true}}""", "Voice message")]
    [InlineData("""{"type":"sticker","sticker":{"id":"m1","mime_type":"image/webp","sha256":"x"}}""", "Sticker")]
    [InlineData("""{"type":"unsupported","unsupported":{"type":"poll_creation"},"errors":[{"code":131051,"title":"t"}]}""", "Poll that cannot be shown")]
    public async Task A_quote_of_something_without_words_names_its_kind(string content, string line)
    {
        await SayAsync("wamid.q", content);
        await SayAsync("wamid.a", """{"type":"text","text":{"body":"this one"},"context":{"id":"wamid.q"}}""");

        (await ThreadAsync()).Messages[^1].Quoted!.Line.Should().Be(line);
    }

    [Fact]
    public async Task A_quote_says_what_the_message_says_now_and_nothing_of_what_was_withdrawn()
    {
        await SayAsync("wamid.q", """{"type":"text","text":{"body":"my card is 4111"}}""");
        await SayAsync("wamid.a", """{"type":"text","text":{"body":"that"},"context":{"id":"wamid.q"}}""");
        await SayAsync("wamid.e", """{"type":"edit","edit":{"original_message_id":"wamid.q","message":{"type":"text","text":{"body":"forget it"}}}}""");
        (await ThreadAsync()).Messages.Single(m => m.WhatsAppId == "wamid.a").Quoted!.Line.Should().Be("forget it");

        await SayAsync("wamid.r", """{"type":"revoke","revoke":{"original_message_id":"wamid.q"}}""");

        var quoted = (await ThreadAsync()).Messages.Single(m => m.WhatsAppId == "wamid.a").Quoted!;
        quoted.IsWithdrawn.Should().BeTrue();
        quoted.Line.Should().BeEmpty();
    }

    [Fact]
    public async Task An_edit_that_cannot_be_read_leaves_what_was_there_and_keeps_the_item_for_admins()
    {
        await SayAsync("wamid.q", """{"type":"text","text":{"body":"two boxes"}}""");
        await SayAsync("wamid.e", """{"type":"edit","edit":{"original_message_id":"wamid.q","message":{"type":"hologram","hologram":{"a":1}}}}""");

        var thread = await ThreadAsync();
        thread.Messages[0].Shown.Text.Should().Be("two boxes");
        thread.Messages[0].Marks.EditedUnseenAt.Should().NotBeNull();
        thread.Messages[1].MayOpenRaw.Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"type":"edit","edit":{"original_message_id":"wamid.q","message":{"type":"text","text":{"body":"three boxes"}}}}""", "three boxes", false)]
    [InlineData("""{"type":"revoke","revoke":{"original_message_id":"wamid.q"}}""", "two boxes", true)]
    public async Task An_edit_or_a_withdrawal_that_comes_before_its_message_is_kept_and_holds_when_the_message_comes(string early, string shown, bool isWithdrawn)
    {
        await SayAsync("wamid.e", early);
        var before = await ThreadAsync();
        before.Messages.Should().ContainSingle().Which.IsRefused.Should().BeFalse();

        await SayAsync("wamid.q", """{"type":"text","text":{"body":"two boxes"}}""");

        var message = (await ThreadAsync()).Messages.Single(m => m.WhatsAppId == "wamid.q");
        message.Shown.Text.Should().Be(shown);
        (message.Marks.WithdrawnAt is not null).Should().Be(isWithdrawn);
        var query = _host.Services.GetRequiredService<ThreadQuery>();
        var changes = await query.ChangesAsync(await _host.ActorAsync("manager@demo.test"), before.Head.ConversationId, before.ChangeSequence);
        changes!.Messages.Single(m => m.WhatsAppId == "wamid.q").Shown.Text.Should().Be(shown, "a screen that has the edit already shows the same");
    }

    [Fact]
    public async Task An_edit_or_a_withdrawal_of_somebody_elses_message_is_told_as_tried()
    {
        await SayInGroupAsync("wamid.g", "Eva", "4915700000091", """{"type":"text","text":{"body":"at ten"}}""");
        await SayInGroupAsync("wamid.e", "Finn", "4915700000092", """{"type":"edit","edit":{"original_message_id":"wamid.g","message":{"type":"text","text":{"body":"at nine"}}}}""");

        var thread = await ThreadAsync();
        thread.Messages[0].Shown.Text.Should().Be("at ten");
        thread.Messages[1].IsRefused.Should().BeTrue();
        (await LineAsync()).Should().Be("Finn: Tried to edit a message that is not theirs");

        await SayInGroupAsync("wamid.r", "Finn", "4915700000092", """{"type":"revoke","revoke":{"original_message_id":"wamid.g"}}""");

        thread = await ThreadAsync();
        thread.Messages[0].Marks.WithdrawnAt.Should().BeNull();
        thread.Messages[2].IsRefused.Should().BeTrue();
        (await LineAsync()).Should().Be("Finn: Tried to delete a message that is not theirs");

        await SayInGroupAsync("wamid.s", "Eva", "4915700000091", """{"type":"revoke","revoke":{"original_message_id":"wamid.g"}}""");
        (await ThreadAsync()).Messages[3].IsRefused.Should().BeFalse();
        (await LineAsync()).Should().Be("Eva: Deleted a message");
    }

    [Fact]
    public async Task A_group_is_called_by_those_who_speak_in_it_and_names_them_in_quotes_and_in_the_API()
    {
        await SayInGroupAsync("wamid.g", "Eva", "4915700000091", """{"type":"image","image":{"id":"m1","mime_type":"image/jpeg","sha256":"x","caption":"the cup"}}""");
        (await LineAsync()).Should().Be("Eva: Photo · the cup");
        await SayInGroupAsync("wamid.h", "Finn", "4915700000092", """{"type":"text","text":{"body":"nice"},"context":{"id":"wamid.g"}}""");

        var thread = await ThreadAsync();
        thread.Head.Contact.Name.Should().Be("Group: Eva, Finn");
        thread.Messages[1].Quoted.Should().BeEquivalentTo(new { Who = "Eva", Line = "Photo · the cup" });
        var told = await ToldAsync();
        told[1].GetProperty("groupSpeaker").GetProperty("name").GetString().Should().Be("Finn");
        told[1].GetProperty("groupSpeaker").GetProperty("phone").GetString().Should().Be("+4915700000092");
        told[1].GetProperty("refersToId").GetInt64().Should().Be(told[0].GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_hostile_file_name_is_harmless_in_the_line_the_quote_and_the_API()
    {
        await SayAsync("wamid.q", """{"type":"document","document":{"id":"m1","mime_type":"application/pdf","sha256":"x","filename":"../../invoice\u202Efdp.exe"}}""");
        await SayAsync("wamid.a", """{"type":"text","text":{"body":"that"},"context":{"id":"wamid.q"}}""");

        const string Clean = "invoice_fdp.exe";
        (await ThreadAsync()).Messages[1].Quoted!.Line.Should().Be($"Document · {Clean}");
        var told = await ToldAsync();
        told[0].GetProperty("text").GetString().Should().Be(Clean);
        told[0].GetProperty("content").GetProperty("fileName").GetString().Should().Be(Clean);
    }

    [Fact]
    public async Task The_API_tells_every_fact_of_an_advertisement_an_order_a_form_a_card_and_a_call_permission()
    {
        await SayAsync("wamid.1", """{"type":"text","text":{"body":"hi"},"referral":{"source_type":"ad","source_id":"5","source_url":"https://fb.example/x","headline":"H","media_type":"video","video_url":"https://v.example","thumbnail_url":"https://t.example","ctwa_clid":"k","welcome_message":{"text":"Ask us"}},"context":{"frequently_forwarded":true,"referred_product":{"catalog_id":"c","product_retailer_id":"tea"}}}""");
        await SayAsync("wamid.2", """{"type":"order","order":{"catalog_id":"cat","text":"soon","product_items":[{"product_retailer_id":"tea","quantity":"2","item_price":"1200","currency":"JPY"},{"product_retailer_id":"cup","quantity":1}]}}""");
        await SayAsync("wamid.3", """{"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"flow_token\":\"t\",\"size\":\"L\",\"gift\":true}"}}}""");
        await SayAsync("wamid.4", """{"type":"contacts","contacts":[{"name":{"first_name":"Ravi","last_name":"Menon"},"phones":[{"phone":"+91 1"}],"org":{"company":"Tea","department":"Sales","title":"Lead"},"addresses":[{"street":"Main 1","city":"Pune"}],"urls":[{"url":"https://r.example"}],"birthday":"1990-02-03"}]}""");
        await SayAsync("wamid.5", """{"type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept","expiration_timestamp":"1795000000"}}}""");
        await SayAsync("wamid.6", """{"type":"unsupported","unsupported":{"type":"poll_creation"},"errors":[{"code":131051,"title":"Unknown","error_data":{"details":"Polls"}}]}""");
        await SayAsync("wamid.7", """{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"l","title":"Tue","description":"Room 2"}}}""");

        var told = await ToldAsync();

        told[0].GetProperty("forwardedManyTimes").GetBoolean().Should().BeTrue();
        told[0].GetProperty("aboutProductId").GetString().Should().Be("tea");
        told[0].GetProperty("referral").GetProperty("videoUrl").GetString().Should().Be("https://v.example");
        told[0].GetProperty("referral").GetProperty("welcomeMessage").GetString().Should().Be("Ask us");
        told[1].GetProperty("text").GetString().Should().Be("Order · 2 products · 2,400 JPY · soon");
        told[1].GetProperty("content").GetProperty("catalogId").GetString().Should().Be("cat");
        told[1].GetProperty("content").GetProperty("order")[1].GetProperty("itemPrice").ValueKind.Should().Be(JsonValueKind.Null);
        told[2].GetProperty("text").GetString().Should().Be("Form answered · L");
        told[2].GetProperty("content").GetProperty("formAnswers").GetProperty("gift").GetBoolean().Should().BeTrue();
        var card = told[3].GetProperty("content").GetProperty("cards")[0];
        card.GetProperty("name").GetString().Should().Be("Ravi Menon");
        card.GetProperty("title").GetString().Should().Be("Lead");
        card.GetProperty("addresses")[0].GetProperty("city").GetString().Should().Be("Pune");
        told[4].GetProperty("text").GetString().Should().Be("Allowed calls");
        told[4].GetProperty("content").GetProperty("callsAllowedUntil").GetString().Should().EndWith("Z");
        told[5].GetProperty("content").GetProperty("errors")[0].GetProperty("details").GetString().Should().Be("Polls");
        told[6].GetProperty("content").GetProperty("choiceDescription").GetString().Should().Be("Room 2");
    }

    [Fact]
    public async Task A_program_without_phone_numbers_learns_what_is_referred_to_and_sees_new_numbers_masked()
    {
        await SayAsync("wamid.1", """{"type":"text","text":{"body":"hi"}}""");
        await SayAsync("wamid.2", """{"type":"reaction","reaction":{"message_id":"wamid.1","emoji":"👍"}}""");
        await SayAsync("wamid.3", """{"type":"system","system":{"type":"user_changed_number","body":"b","wa_id":"919700000088"}}""");
        using var api = _host.NewApiClient((await _host.IssueKeyAsync(["messages:read"])).Key);

        var told = (await api.GetJsonAsync("/api/v1/messages")).GetProperty("data").EnumerateArray().ToList();

        told[1].GetProperty("refersTo").ValueKind.Should().Be(JsonValueKind.Null);
        told[1].GetProperty("refersToId").GetInt64().Should().Be(told[0].GetProperty("id").GetInt64());
        told[2].GetProperty("content").GetProperty("newPhone").GetString().Should().Be("+91••••••••88");
    }

    [Theory]
    [InlineData("""{"type":"text","text":{"body":"x"},"referral":{"source_type":"ad","brand_new":1}}""", true)]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"A","nickname":"B"}}]}""", true)]
    [InlineData("""{"type":"order","order":{"catalog_id":"c","product_items":[{"product_retailer_id":"a","colour":"red"}]}}""", true)]
    [InlineData("""{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"a","title":"b","extra":1}}}""", true)]
    [InlineData("""{"type":"edit","edit":{"original_message_id":"w","message":{"type":"text","text":{"body":"x","mood":1}}}}""", true)]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"A"},"urls":[{"url":"https://a.example","type":"WORK"}],"birthday":"1990-01-01"}]}""", false)]
    [InlineData("""{"type":"edit","edit":{"original_message_id":"w","message":{"type":"text","text":{"body":"x"}}}}""", false)]
    public async Task Facts_that_have_no_place_yet_stay_in_the_item_as_it_came(string content, bool isKept)
    {
        await SayAsync("wamid.1", content);

        ((await _host.MessagesAsync()).Single().Raw is not null).Should().Be(isKept);
    }

    private async Task SayAsync(string id, string content)
    {
        await PostAsync(id, "Asha", Asha, content);
    }

    private Task SayInGroupAsync(string id, string name, string number, string content) => PostAsync(id, name, number, content, "GRP.tea");

    private async Task PostAsync(string id, string name, string number, string content, string? group = null)
    {
        var message = JsonNode.Parse(content)!.AsObject();
        message["id"] = id;
        message["from"] = number;
        message["timestamp"] = _host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (group is not null)
        {
            message["group_id"] = group;
        }

        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value([MetaWebhooks.Contact(number, null, name)], [message])));
        await _host.SettledAsync();
    }

    private async Task<ThreadView> ThreadAsync()
    {
        var thread = (await _host.ConversationsAsync()).Single();
        return (await _host.Services.GetRequiredService<ThreadQuery>().GetAsync(Stand.Actor(thread.WorkspaceId, new UserId(1), Role.Admin), thread.Id))!;
    }

    private async Task<string> LineAsync()
    {
        var thread = (await _host.ConversationsAsync()).Single();
        var page = await _host.Services.GetRequiredService<ConversationListQuery>()
            .GetAsync(Stand.Actor(thread.WorkspaceId, new UserId(1), Role.Admin), InboxView.Newest, null, PageDirection.After, 5);
        return LineWords.Line(page.Rows.Single());
    }

    private async Task<List<JsonElement>> ToldAsync() => [.. (await _api.GetJsonAsync("/api/v1/messages")).GetProperty("data").EnumerateArray()];
}
