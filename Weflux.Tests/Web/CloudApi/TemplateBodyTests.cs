using System.Text.Json.Nodes;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.CloudApi;

namespace Weflux.Tests.Web.CloudApi;

/// <summary>The body of a template's send call, field by field as the platform documents it.</summary>
public sealed class TemplateBodyTests
{
    [Fact]
    public void Header_body_and_buttons_stand_where_the_platform_wants_them()
    {
        var content = Content(["Ana"], ["first_name"]) with
        {
            Header = new TemplateHeaderValue(TemplateHeaderFormat.Image, new FileValue(new MediaReference("1122334455", "image/jpeg", ""), null)),
            ButtonValues = [new TemplateButtonValue(1, TemplateButtonKind.Url, "v/77")],
        };

        Written(content).Should().Be(Compact(
            """
            { "name": "visit_reminder", "language": { "code": "en_US" },
              "components": [
                { "type": "header", "parameters": [ { "type": "image", "image": { "id": "1122334455" } } ] },
                { "type": "body", "parameters": [ { "type": "text", "parameter_name": "first_name", "text": "Ana" } ] },
                { "type": "button", "sub_type": "url", "index": "1", "parameters": [ { "type": "text", "text": "v/77" } ] } ] }
            """));
    }

    [Fact]
    public void Without_values_there_are_no_components() =>
        Written(Content([], [])).Should().Be(Compact("""{ "name": "visit_reminder", "language": { "code": "en_US" } }"""));

    [Fact]
    public void A_code_goes_twice() =>
        Written(Content(["482913"], []) with { ButtonValues = [new TemplateButtonValue(0, TemplateButtonKind.OneTimeCode, "482913")] }).Should().Be(Compact(
            """
            { "name": "visit_reminder", "language": { "code": "en_US" },
              "components": [
                { "type": "body", "parameters": [ { "type": "text", "text": "482913" } ] },
                { "type": "button", "sub_type": "url", "index": "0", "parameters": [ { "type": "text", "text": "482913" } ] } ] }
            """));

    [Fact]
    public void Coupons_and_flows_have_words_of_their_own() =>
        Written(Content([], []) with { ButtonValues = [new TemplateButtonValue(0, TemplateButtonKind.CopyCode, "CHAI20"), new TemplateButtonValue(1, TemplateButtonKind.Flow, "")] }).Should().Be(Compact(
            """
            { "name": "visit_reminder", "language": { "code": "en_US" },
              "components": [
                { "type": "button", "sub_type": "copy_code", "index": "0", "parameters": [ { "type": "coupon_code", "coupon_code": "CHAI20" } ] },
                { "type": "button", "sub_type": "flow", "index": "1", "parameters": [ { "type": "action", "action": {} } ] } ] }
            """));

    [Fact]
    public void A_carousel_counts_its_cards_from_zero()
    {
        var card = new TemplateCardValue(
            new TemplateHeaderValue(TemplateHeaderFormat.Video, new FileValue(null, "https://chai.example/a.mp4")), ["₹90"], [new TemplateButtonValue(0, TemplateButtonKind.Url, "a")]);

        Written(Content([], []) with { Cards = [card, card with { BodyParameters = [], Buttons = [] }] }).Should().Be(Compact(
            """
            { "name": "visit_reminder", "language": { "code": "en_US" },
              "components": [ { "type": "carousel", "cards": [
                { "card_index": 0, "components": [
                  { "type": "header", "parameters": [ { "type": "video", "video": { "link": "https://chai.example/a.mp4" } } ] },
                  { "type": "body", "parameters": [ { "type": "text", "text": "₹90" } ] },
                  { "type": "button", "sub_type": "url", "index": "0", "parameters": [ { "type": "text", "text": "a" } ] } ] },
                { "card_index": 1, "components": [
                  { "type": "header", "parameters": [ { "type": "video", "video": { "link": "https://chai.example/a.mp4" } } ] } ] } ] } ] }
            """));
    }

    [Fact]
    public void Named_variables_of_a_card_go_out_with_their_names()
    {
        var card = new TemplateCardValue(null, ["₹90"], []) { ParameterNames = ["price"] };

        Written(Content([], []) with { Cards = [card] }).Should().Be(Compact(
            """
            { "name": "visit_reminder", "language": { "code": "en_US" },
              "components": [ { "type": "carousel", "cards": [
                { "card_index": 0, "components": [
                  { "type": "body", "parameters": [ { "type": "text", "parameter_name": "price", "text": "₹90" } ] } ] } ] } ] }
            """));
    }

    [Theory]
    [InlineData("document", """{ "type": "document", "document": { "link": "https://chai.example/a.pdf", "filename": "Menu.pdf" } }""")]
    [InlineData("location", """{ "type": "location", "location": { "latitude": 12.5, "longitude": 77.25, "name": "Shop" } }""")]
    [InlineData("text", """{ "type": "text", "parameter_name": "town", "text": "Pune" }""")]
    public void Every_kind_of_header_is_written(string kind, string parameter)
    {
        var header = kind switch
        {
            "document" => new TemplateHeaderValue(TemplateHeaderFormat.Document, new FileValue(null, "https://chai.example/a.pdf", "Menu.pdf")),
            "location" => new TemplateHeaderValue(TemplateHeaderFormat.Location, new LocationValue(12.5, 77.25, "Shop", null)),
            _ => new TemplateHeaderValue(TemplateHeaderFormat.Text, new TextValue("Pune"), "town"),
        };

        Written(Content([], []) with { Header = header }).Should().Be(Compact(
            $$"""{ "name": "visit_reminder", "language": { "code": "en_US" }, "components": [ { "type": "header", "parameters": [ {{parameter}} ] } ] }"""));
    }

    private static TemplateContent Content(string[] values, string[] names) => new("visit_reminder", "en_US", TemplateCategory.Utility, values, "", names);

    private static string Written(TemplateContent content) => TemplateBody.Write(content).ToJsonString();

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();
}
