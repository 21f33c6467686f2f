using System.Text.Json.Nodes;
using Weflux.Domain.Conversations;
using Weflux.Web.CloudApi;

namespace Weflux.Tests.Web.CloudApi;

/// <summary>What is sent, member by member as the platform names it.</summary>
public sealed class KindBodyTests
{
    private static readonly Guid Attempt = Guid.Parse("00000000-0000-0000-0000-00000000002a");

    public static TheoryData<MessageContent, string, string> Kinds => new()
    {
        { new TextContent("See https://example.com", PreviewUrl: true), "text", """{"preview_url":true,"body":"See https://example.com"}""" },
        { new LocationContent(12.9758, 77.6045, "Cubbon Park", "Kasturba Road", null), "location", """{"latitude":12.9758,"longitude":77.6045,"name":"Cubbon Park","address":"Kasturba Road"}""" },
        { new LocationContent(0, -1.5, null, null, null), "location", """{"latitude":0,"longitude":-1.5}""" },
        {
            new ContactCardsContent([new ContactCard("Ravi K Menon", ["+91 98450 11223"], ["r@example.com"], "Tea House"), new ContactCard("Asha", ["+919876500000"], [], null)], false),
            "contacts",
            """
            [{"name":{"formatted_name":"Ravi K Menon","first_name":"Ravi","last_name":"K Menon"},"phones":[{"phone":"+91 98450 11223","wa_id":"919845011223"}],"emails":[{"email":"r@example.com"}],"org":{"company":"Tea House"}},
             {"name":{"formatted_name":"Asha","first_name":"Asha"},"phones":[{"phone":"+919876500000","wa_id":"919876500000"}]}]
            """
        },
        { new ReactionContent("wamid.IN=", "👍"), "reaction", """{"message_id":"wamid.IN=","emoji":"👍"}""" },
        { new ReactionContent("wamid.IN=", null), "reaction", """{"message_id":"wamid.IN=","emoji":""}""" },
        {
            new ButtonsContent(new MessageFrame("Which size?", "Tea", "Until Friday"), [new("s", "Small"), new("l", "Large")]),
            "interactive",
            """
            {"type":"button","header":{"type":"text","text":"Tea"},"body":{"text":"Which size?"},"footer":{"text":"Until Friday"},
             "action":{"buttons":[{"type":"reply","reply":{"id":"s","title":"Small"}},{"type":"reply","reply":{"id":"l","title":"Large"}}]}}
            """
        },
        {
            new ListContent(new MessageFrame("When?"), "Times", [new ListSection("Tue", [new("t10", "10:00", "Room 2"), new("t11", "11:00")])]),
            "interactive",
            """
            {"type":"list","body":{"text":"When?"},"action":{"button":"Times","sections":[{"title":"Tue","rows":[{"id":"t10","title":"10:00","description":"Room 2"},{"id":"t11","title":"11:00"}]}]}}
            """
        },
        {
            new LinkButtonContent(new MessageFrame("Our menu"), "Open", "https://shop.test/menu"),
            "interactive",
            """{"type":"cta_url","body":{"text":"Our menu"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://shop.test/menu"}}}"""
        },
        {
            new LocationRequestContent("Where are you?"),
            "interactive",
            """{"type":"location_request_message","body":{"text":"Where are you?"},"action":{"name":"send_location"}}"""
        },
        { new ProductContent("77", "tea-1", null, null), "interactive", """{"type":"product","action":{"catalog_id":"77","product_retailer_id":"tea-1"}}""" },
        {
            new ProductListContent(new MessageFrame("Two teas", "Hot"), "77", [new ProductSection("Leaves", ["tea-1", "tea-2"])]),
            "interactive",
            """
            {"type":"product_list","header":{"type":"text","text":"Hot"},"body":{"text":"Two teas"},
             "action":{"catalog_id":"77","sections":[{"title":"Leaves","product_items":[{"product_retailer_id":"tea-1"},{"product_retailer_id":"tea-2"}]}]}}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Every_kind_is_written_as_the_platform_reads_it(MessageContent content, string type, string expected)
    {
        var body = Write(content);

        body["messaging_product"]!.GetValue<string>().Should().Be("whatsapp");
        body["recipient_type"]!.GetValue<string>().Should().Be("individual");
        body["to"]!.GetValue<string>().Should().Be("+15550100042");
        body["type"]!.GetValue<string>().Should().Be(type);
        body["biz_opaque_callback_data"]!.GetValue<string>().Should().Be("0000000000000000000000000000002a");
        JsonNode.DeepEquals(body[type], JsonNode.Parse(expected)).Should().BeTrue("{0} was written", body[type]!.ToJsonString());
        body.Select(m => m.Key).Should().BeEquivalentTo("messaging_product", "recipient_type", "to", "type", "biz_opaque_callback_data", type);
    }

    [Fact]
    public void An_answer_names_the_message_that_it_quotes() =>
        Write(new TextContent("Yes"), "wamid.QUOTED=")["context"]!.ToJsonString().Should().Be("""{"message_id":"wamid.QUOTED="}""");

    [Fact]
    public void What_only_customers_say_is_never_written() =>
        FluentActions.Invoking(() => Write(new ButtonReplyContent("y", "Yes"))).Should().Throw<NotSupportedException>();

    [Fact]
    public void Reading_and_typing_are_told_as_the_platform_reads_it()
    {
        CloudApiClient.ReadBody("wamid.IN=", isTyping: false).ToJsonString()
            .Should().Be("""{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN="}""");
        CloudApiClient.ReadBody("wamid.IN=", isTyping: true)["typing_indicator"]!.ToJsonString().Should().Be("""{"type":"text"}""");
    }

    private static JsonObject Write(MessageContent content, string? quoted = null) =>
        JsonNode.Parse(MessageBody.Write(new Recipient("+15550100042", null), content, Attempt, quoted))!.AsObject();
}
