using System.Text;
using System.Text.Json.Nodes;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Tests.Web.Webhooks;

public sealed class ReadingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly MediaReference Media = new("777", "image/jpeg", "abc=");
    private const string MediaJson = "\"id\":\"777\",\"mime_type\":\"image/jpeg\",\"sha256\":\"abc=\",\"url\":\"https://example.invalid/m\"";

    public static TheoryData<string, string, MessageContent> Kinds => new()
    {
        { "text", """{"body":"hello"}""", new TextContent("hello") },
        { "image", $$"""{{{MediaJson}},"caption":"look"}""", new ImageContent(Media, "look") },
        { "video", $$"""{{{MediaJson}}}""", new VideoContent(Media, null) },
        { "audio", $$"""{{{MediaJson}},"voice":true}""", new AudioContent(Media, IsVoice: true) },
        { "document", $$"""{{{MediaJson}},"filename":"a.pdf"}""", new DocumentContent(Media, "a.pdf", null) },
        { "sticker", $$"""{{{MediaJson}},"animated":true}""", new StickerContent(Media, IsAnimated: true) },
        { "location", """{"latitude":12.5,"longitude":-77.25,"name":"Shop"}""", new LocationContent(12.5, -77.25, "Shop", null, null) },
        { "interactive", """{"type":"button_reply","button_reply":{"id":"b1","title":"Yes"}}""", new ButtonReplyContent("b1", "Yes") },
        { "interactive", """{"type":"list_reply","list_reply":{"id":"slot-3","title":"Tue 10:00","description":"Room 2"}}""", new ListReplyContent("slot-3", "Tue 10:00", "Room 2") },
        { "interactive", """{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"a\":1}"}}""", new FlowReplyContent("flow", "Sent", "{\"a\":1}") },
        { "interactive", """{"type":"call_permission_reply","call_permission_reply":{"response":"accept","expiration_timestamp":1795000000}}""", new CallPermissionReplyContent(true, DateTimeOffset.FromUnixTimeSeconds(1795000000)) },
        { "button", """{"payload":"confirm:77","text":"Confirm"}""", new TemplateButtonContent("confirm:77", "Confirm") },
        { "reaction", """{"message_id":"wamid.OURS=","emoji":"👍"}""", new ReactionContent("wamid.OURS=", "👍") },
        { "reaction", """{"message_id":"wamid.OURS="}""", new ReactionContent("wamid.OURS=", null) },
        { "reaction", """{"message_id":"wamid.OURS=","emoji":""}""", new ReactionContent("wamid.OURS=", null) },
        { "system", """{"type":"user_changed_number","body":"changed","wa_id":"15550100099"}""", new SystemContent("user_changed_number", "changed", "15550100099", null) },
        { "edit", """{"original_message_id":"wamid.A=","message":{"type":"text","text":{"body":"fixed"}}}""", new EditContent("wamid.A=", new TextContent("fixed")) },
        { "revoke", """{"original_message_id":"wamid.A="}""", new RevokeContent("wamid.A=") },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_read_as_what_it_is(string type, string body, MessageContent expected)
    {
        var message = JsonNode.Parse($$"""{"id":"wamid.1","from":"15550100042","timestamp":"1795000000","type":"{{type}}","{{type}}":{{body}}}""")!;

        var item = Single<MessageItem>(message);

        item.Message.Content.Should().Be(expected);
        item.Message.Raw.Should().BeNull("everything in it was understood");
        item.Message.SaidAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(1795000000));
        item.Sender.WhatsAppId.Should().Be("15550100042");
    }

    [Fact]
    public void Cards_and_orders_are_read_with_their_lines()
    {
        Single<MessageItem>(JsonNode.Parse(
            """{"id":"wamid.1","from":"1","type":"contacts","contacts":[{"name":{"formatted_name":"Ana"},"phones":[{"phone":"+1 555"}],"origin":"contact_request"},{"phones":[]}]}""")!)
            .Message.Content.Should().BeEquivalentTo(new ContactCardsContent([new("Ana", ["+1 555"], [], null), new("", [], [], null)], IsOwnNumber: false));
        Single<MessageItem>(JsonNode.Parse(
            """{"id":"wamid.1","from":"1","type":"order","order":{"catalog_id":"c","text":"","product_items":[{"product_retailer_id":"p","quantity":2,"item_price":19.90,"currency":"INR"},{"product_retailer_id":"q","quantity":"1","item_price":"5","currency":"INR"}]}}""")!)
            .Message.Content.Should().BeEquivalentTo(new OrderContent("c", null, [new("p", 2, 19.90m, "INR"), new("q", 1, 5, "INR")]));
    }

    [Theory]
    [InlineData("""{"id":"wamid.1","from":"1","type":"interactive"}""", "interactive")]
    [InlineData("""{"id":"wamid.1","from":"1","type":"text"}""", "text")]
    [InlineData("""{"id":"wamid.1","from":"1","type":"text","text":"no object"}""", "text")]
    [InlineData("""{"id":"wamid.1","from":"1","type":"image","image":{}}""", "image")]
    [InlineData("""{"id":"wamid.1","from":"1","type":"location","location":{"latitude":"north"}}""", "location")]
    [InlineData("""{"id":"wamid.1","from":"1","type":"unsupported","unsupported":{"type":"poll_creation"},"errors":[{"code":131051,"title":"t"}]}""", "poll_creation")]
    [InlineData("""{"id":"wamid.1","from":"1"}""", "unknown")]
    [InlineData("""{"id":"wamid.1","from":"1","type":"interactive","interactive":{"type":"product","product":{"id":"p"}}}""", "product")]
    [InlineData("""{"id":"wamid.1","from":"1","type":"interactive","interactive":{"type":"button_reply","button_reply":{}}}""", "button_reply")]
    [InlineData("""{"id":"wamid.1","from":"1","type":"interactive","interactive":{"type":"list_reply","list_reply":{"description":"d"}}}""", "list_reply")]
    [InlineData("""{"id":"wamid.1","from":"1","type":"button","button":{}}""", "button")]
    public void What_cannot_be_read_keeps_its_name_and_itself(string message, string name)
    {
        var item = Single<MessageItem>(JsonNode.Parse(message)!);

        item.Message.Content.Should().BeOfType<UnsupportedContent>().Which.KindName.Should().Be(name);
        item.Message.Raw.Should().NotBeNull();
    }

    [Theory]
    [InlineData("\"1795000000\"")]
    [InlineData("1795000000")]
    public void Times_are_read_as_text_and_as_numbers(string timestamp) =>
        Single<MessageItem>(JsonNode.Parse($$$"""{"id":"w","from":"1","timestamp":{{{timestamp}}},"type":"text","text":{"body":"x"}}""")!)
            .Message.SaidAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(1795000000));

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("99999999999999999999")]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("{}")]
    public void What_is_no_plausible_time_counts_as_the_time_of_receipt(string timestamp) =>
        Single<MessageItem>(JsonNode.Parse($$$"""{"id":"w","from":"1","timestamp":{{{timestamp}}},"type":"text","text":{"body":"x"}}""")!)
            .Message.SaidAt.Should().Be(Now);

    [Fact]
    public void Quotes_forwards_products_and_referrals_are_kept()
    {
        var context = Single<MessageItem>(JsonNode.Parse(
            """{"id":"w","from":"1","type":"text","text":{"body":"x"},"context":{"from":"2","id":"wamid.Q","frequently_forwarded":true,"referred_product":{"catalog_id":"c","product_retailer_id":"p"}},"referral":{"source_type":"ad","source_id":"5","source_url":"https://fb.example/x","headline":"H","ctwa_clid":"k"}}""")!)
            .Message.Context;

        context.Should().Be(new MessageContext("wamid.Q", IsForwarded: true, IsFrequentlyForwarded: true, "p", new Referral("ad", "5", "https://fb.example/x", "H", null, "k")));
    }

    [Fact]
    public void Lone_surrogates_and_bytes_that_are_no_text_are_replaced_and_harm_nobody()
    {
        var body = Encoding.Latin1.GetBytes(
            """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"2"},"contacts":[{"wa_id":"1","profile":{"name":"bad ÿþ"}}],"messages":[{"id":"w1","from":"1","type":"text","text":{"body":"half \ud83d here"}},{"id":"w2","from":"1","type":"text","text":{"body":"fine"}}]}}]}]}""");

        var read = WebhookReader.Read(body, Now);

        read.Fault.Should().BeNull();
        read.Items.Cast<MessageItem>().Select(m => m.Message.Content.Text).Should().Equal("half \uFFFD here", "fine");
    }

    [Fact]
    public void A_byte_order_mark_and_great_depth_are_no_obstacle_to_the_neighbours()
    {
        var deep = new string('[', 500) + new string(']', 500);
        var json = $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"strange","value":{"deep":{{{deep}}}}},{"field":"messages","value":{"metadata":{"phone_number_id":"2"},"messages":[{"id":"w1","from":"1","type":"text","text":{"body":"fine"}}]}}]}]}""";

        var read = WebhookReader.Read(new byte[] { 0xEF, 0xBB, 0xBF }.Concat(Encoding.UTF8.GetBytes(json)).ToArray(), Now);

        read.Items.Should().HaveCount(2);
        read.Items[0].Should().BeOfType<OtherItem>();
        read.Items[1].Should().BeOfType<MessageItem>();
    }

    [Theory]
    [InlineData("message_template_status_update")]
    [InlineData("message_template_quality_update")]
    [InlineData("template_category_update")]
    [InlineData("phone_number_quality_update")]
    [InlineData("phone_number_name_update")]
    [InlineData("account_update")]
    [InlineData("account_alerts")]
    [InlineData("business_capability_update")]
    [InlineData("security")]
    [InlineData("smb_message_echoes")]
    [InlineData("smb_app_state_sync")]
    [InlineData("history")]
    [InlineData("calls")]
    [InlineData("flows")]
    [InlineData("something_of_next_year")]
    public void A_field_without_a_screen_is_kept_whole(string field)
    {
        var json = $$$"""{"object":"whatsapp_business_account","entry":[{"id":"9","time":1795000000,"changes":[{"field":"{{{field}}}","value":{"event":"X","n":[1,2,{"a":null}]}}]}]}""";

        var other = WebhookReader.Read(Encoding.UTF8.GetBytes(json), Now).Items.Single().Should().BeOfType<OtherItem>().Subject;

        other.Field.Should().Be(field);
        JsonNode.DeepEquals(JsonNode.Parse(other.Json)!["value"], JsonNode.Parse("""{"event":"X","n":[1,2,{"a":null}]}""")).Should().BeTrue();
    }

    [Fact]
    public void A_notice_of_a_new_user_id_speaks_of_the_person_under_the_old_one()
    {
        var notice = Single<MessageItem>(JsonNode.Parse(
            """{"id":"w","timestamp":"1795000000","type":"system","system":{"type":"user_changed_user_id","body":"changed","user_id":"IN.2","parent_user_id":"IN.ENT.2","previous_user_id":"IN.1","previous_parent_user_id":"IN.ENT.1"}}""")!);

        notice.Sender.Should().Be(new HeardPerson(null, "IN.1", "IN.ENT.1", null, null));
        notice.Message.Content.Should().Be(new SystemContent("user_changed_user_id", "changed", null, "IN.2"));
        notice.Message.Raw.Should().BeNull("everything in it was understood");
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("\"from_user_id\":\"IN.2\",", "", null)]
    [InlineData("\"from_user_id\":\"IN.1\",", "", "IN.1")]
    [InlineData("\"from_user_id\":\"IN.2\",", ",\"previous_user_id\":\"IN.1\"", "IN.1")]
    public void A_notice_of_a_new_number_names_the_person_by_what_was_known_before(string from, string previous, string? userId)
    {
        var notice = Single<MessageItem>(JsonNode.Parse(
            $$$"""{"id":"w","from":"15550100042",{{{from}}}"type":"system","system":{"type":"user_changed_number","body":"b","wa_id":"15550100099","user_id":"IN.2"{{{previous}}}}}""")!);

        (notice.Sender.WhatsAppId, notice.Sender.UserId).Should().Be(("15550100042", userId));
        notice.Message.Content.Should().Be(new SystemContent("user_changed_number", "b", "15550100099", "IN.2"));
    }

    [Fact]
    public void A_notice_that_does_not_say_whom_it_is_about_is_set_aside() =>
        Single<OtherItem>(JsonNode.Parse("""{"id":"w","type":"system","system":{"type":"user_changed_user_id","body":"b","user_id":"IN.2"}}""")!)
            .Field.Should().Be("messages.system");

    [Fact]
    public void A_message_without_a_type_is_known_by_the_object_in_it()
    {
        Single<MessageItem>(JsonNode.Parse("""{"id":"w","from":"1","location":{"latitude":1,"longitude":2}}""")!)
            .Message.Content.Should().Be(new LocationContent(1, 2, null, null, null));
        Single<MessageItem>(JsonNode.Parse("""{"id":"w","from":"1","contacts":[{"name":{"formatted_name":"Ana"}}]}""")!)
            .Message.Content.Should().BeOfType<ContactCardsContent>();
        Single<MessageItem>(JsonNode.Parse("""{"id":"w","from":"1","edit":{"original_message_id":"o","message":{"text":{"body":"b"}}}}""")!)
            .Message.Content.Should().Be(new EditContent("o", new TextContent("b")));
    }

    [Theory]
    [InlineData("""{"first_name":"Ana","last_name":"Prova"}""", "Ana Prova")]
    [InlineData("""{"prefix":"Dr","first_name":"Ana","middle_name":"M","last_name":"Prova","suffix":"Jr"}""", "Dr Ana M Prova Jr")]
    [InlineData("""{"formatted_name":"A. Prova","first_name":"Ana"}""", "A. Prova")]
    [InlineData("""{"last_name":"Prova"}""", "Prova")]
    [InlineData("{}", "")]
    public void A_card_without_a_whole_name_is_called_by_its_parts(string name, string expected) =>
        Single<MessageItem>(JsonNode.Parse($$$"""{"id":"w","from":"1","type":"contacts","contacts":[{"name":{{{name}}}}]}""")!)
            .Message.Content.Should().BeOfType<ContactCardsContent>().Which.Cards.Single().Name.Should().Be(expected);

    [Theory]
    [InlineData("call", "failed")]
    [InlineData("payment", "failed")]
    public void A_status_of_something_else_than_a_message_is_set_aside(string type, string status) =>
        Status<OtherItem>($$"""{"id":"w","type":"{{type}}","status":"{{status}}","timestamp":"1795000000"}""")
            .Field.Should().Be("messages.statuses");

    [Fact]
    public void A_status_that_says_it_is_of_a_message_is_one() =>
        Status<StatusItem>("""{"id":"w","type":"message","status":"read","timestamp":"1795000000"}""")
            .Report.Status.Should().Be(DeliveryStatus.Read);

    [Theory]
    [InlineData("""{"profile":{"name":"Ana","username":"ana"}}""")]
    [InlineData("""{"profile":{"name":"Ana","username":"ana"},"wa_id":"15550100099"}""")]
    public void The_only_person_named_lends_the_name_to_the_only_sender_even_if_the_numbers_differ(string contact)
    {
        var sender = Sender(contact, """{"id":"w","from":"15550100042","type":"text","text":{"body":"x"}}""");

        sender.Should().Be(new HeardPerson("15550100042", null, null, "Ana", "ana"));
    }

    [Theory]
    [InlineData("""{"profile":{"name":"Ana"},"user_id":"US.1"}""", """{"id":"w","from_user_id":"US.2","type":"text","text":{"body":"x"}}""")]
    [InlineData("""{"profile":{"name":"Ana"},"wa_id":"15550100099"},{"profile":{"name":"Ben"},"wa_id":"15550100098"}""", """{"id":"w","from":"15550100042","type":"text","text":{"body":"x"}}""")]
    [InlineData("""{"profile":{"name":"Ana"},"wa_id":"15550100043"}""", """{"id":"w","from":"15550100042","type":"text","text":{"body":"x"}},{"id":"v","from":"15550100043","type":"text","text":{"body":"x"}}""")]
    public void Nobody_is_called_by_the_name_of_somebody_else(string contacts, string messages) =>
        Sender(contacts, messages).ProfileName.Should().BeNull();

    [Fact]
    public void An_empty_group_is_no_group() =>
        Single<MessageItem>(JsonNode.Parse("""{"id":"w","from":"1","group_id":"","type":"text","text":{"body":"hi"}}""")!)
            .Message.Content.Should().Be(new TextContent("hi"));

    [Fact]
    public void A_group_message_belongs_to_the_group_and_never_to_the_person()
    {
        var item = Single<MessageItem>(JsonNode.Parse("""{"id":"w","from":"15550100042","group_id":"g1","type":"text","text":{"body":"hi all"}}""")!);

        item.GroupId.Should().Be("g1");
        item.Sender.HasIdentity.Should().BeFalse();
        item.Message.Content.Should().Be(new TextContent("hi all"));
        item.Message.Context!.Participant!.WhatsAppId.Should().Be("15550100042");
    }

    [Fact]
    public void A_group_message_whose_group_cannot_be_read_is_set_aside() =>
        Single<OtherItem>(JsonNode.Parse("""{"id":"w","from":"1","group_id":{},"type":"text","text":{"body":"hi all"}}""")!)
            .Field.Should().Be("messages.group");

    [Fact]
    public void What_was_typed_on_the_phone_of_the_business_belongs_to_the_customer_it_went_to()
    {
        var item = Value<MessageItem>("smb_message_echoes", """
            {"message_echoes":[{"from":"15550100001","to":"15550100042","id":"wamid.E","timestamp":"1795000000","type":"text","text":{"body":"on my way"}}]}
            """);

        (item.Sender.WhatsAppId, item.Direction, item.Origin, item.Status).Should()
            .Be(("15550100042", MessageDirection.Out, MessageOrigin.PhoneApp, DeliveryStatus.Sent));
        item.Message.Raw.Should().BeNull("everything in it was understood");
    }

    [Theory]
    [InlineData("15550100042", "", MessageDirection.In, DeliveryStatus.None)]
    [InlineData("15550100001", "", MessageDirection.Out, DeliveryStatus.Read)]
    [InlineData("15550100001", "\"to\":\"15550100042\",", MessageDirection.Out, DeliveryStatus.Read)]
    public void History_says_who_spoke_in_whose_thread(string from, string to, MessageDirection direction, DeliveryStatus status)
    {
        var item = Value<MessageItem>("history", $$$"""
            {"history":[{"metadata":{"phase":0},"threads":[{"id":"15550100042","messages":[{"from":"{{{from}}}",{{{to}}}"id":"wamid.H","timestamp":"1795000000","type":"text","text":{"body":"x"},"history_context":{"status":"READ"}}]}]}]}
            """);

        (item.Sender.WhatsAppId, item.Direction, item.Origin, item.Status).Should().Be(("15550100042", direction, MessageOrigin.History, status));
    }

    [Fact]
    public void A_phone_that_does_not_share_its_history_is_kept_on_record() =>
        Value<OtherItem>("history", """{"history":[{"errors":[{"code":2593109,"title":"Sharing is off"}]}]}""").Field.Should().Be("history");

    private static T Value<T>(string field, string value)
        where T : WebhookItem => WebhookReader.Read(Encoding.UTF8.GetBytes(
            $$$"""{"object":"whatsapp_business_account","entry":[{"id":"9","changes":[{"field":"{{{field}}}","value":{{{value}}}}]}]}"""), Now)
            .Items.Single().Should().BeOfType<T>().Subject;

    [Theory]
    [InlineData("""{"entry":[{"\ud800":1,"id":"9","changes":[]}],"\udfff\ud800":2,"object":"whatsapp_business_account"}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"9","changes":[{"\uD800\u0041":1,"field":"messages","value":{"\udc00":1,"\\ud800":2}}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"\ud83d\ude00\ud83d","changes":[{"field":"\ude00","value":{}}]}]}""")]
    public void Half_a_pair_in_a_name_or_value_does_not_stop_the_reading(string json) =>
        WebhookReader.Read(Encoding.UTF8.GetBytes(json), Now).Fault.Should().BeNull();

    [Theory]
    [InlineData("""a\ud800b""", "a\ufffdb")]
    [InlineData("""\udc00\ud800\ud83d\ude00\ud83d""", "\ufffd\ufffd\ud83d\ude00\ufffd")]
    [InlineData("""\\ud800""", "\\ud800")]
    [InlineData("""\\\uD800\n""", "\\\ufffd\n")]
    public void Half_a_pair_becomes_the_replacement_character(string escaped, string expected)
    {
        var json = $$$"""{"object":"whatsapp_business_account","entry":[{"id":"9","changes":[{"field":"messages","value":{"messages":[{"id":"w","from":"1","type":"text","text":{"body":"{{{escaped}}}"}}]}}]}]}""";

        WebhookReader.Read(Encoding.UTF8.GetBytes(json), Now).Items.Single().Should().BeOfType<MessageItem>().Subject
            .Message.Content.Should().BeOfType<TextContent>().Which.Body.Should().Be(expected);
    }

    private static HeardPerson Sender(string contacts, string messages) => WebhookReader.Read(
        Encoding.UTF8.GetBytes(
            $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"2"},"contacts":[{{{contacts}}}],"messages":[{{{messages}}}]}}]}]}"""),
        Now).Items[0].Should().BeOfType<MessageItem>().Subject.Sender;

    private static T Status<T>(string status)
        where T : WebhookItem => WebhookReader.Read(
        Encoding.UTF8.GetBytes(
            $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"2"},"statuses":[{{{status}}}]}}]}]}"""),
        Now).Items.Single().Should().BeOfType<T>().Subject;

    private static T Single<T>(JsonNode message)
        where T : WebhookItem
    {
        var body = MetaWebhooks.Envelope(MetaWebhooks.Value([], new JsonArray(message)));
        return WebhookReader.Read(Encoding.UTF8.GetBytes(body.ToJsonString()), Now).Items.Single().Should().BeOfType<T>().Subject;
    }
}
