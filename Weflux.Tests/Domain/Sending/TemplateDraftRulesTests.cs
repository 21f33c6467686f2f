using CsCheck;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;

namespace Weflux.Tests.Domain.Sending;

public sealed class TemplateDraftRulesTests
{
    [Fact]
    public void A_sound_template_has_no_faults() => TemplateDraftRules.Check(Draft()).Should().BeEmpty();

    [Theory]
    [InlineData("", DraftFaultKind.Missing)]
    [InlineData("Order", DraftFaultKind.NotAllowed)]
    [InlineData("order sent", DraftFaultKind.NotAllowed)]
    [InlineData("order-sent", DraftFaultKind.NotAllowed)]
    [InlineData("ordé", DraftFaultKind.NotAllowed)]
    public void A_name_is_of_small_letters_digits_and_underscores(string name, DraftFaultKind kind) =>
        Faults(t => t with { Name = name }).Should().Equal(new DraftFault("name", kind));

    [Fact]
    public void A_name_has_at_most_512_characters()
    {
        Faults(t => t with { Name = new string('a', 512) }).Should().BeEmpty();
        Faults(t => t with { Name = new string('a', 513) }).Should().Equal(new DraftFault("name", DraftFaultKind.TooLong, 512));
    }

    [Theory]
    [InlineData("", DraftFaultKind.Missing)]
    [InlineData("{{1}}, hello there", DraftFaultKind.VariableAtTheEdge)]
    [InlineData("Hello {{1}}", DraftFaultKind.VariableAtTheEdge)]
    [InlineData("Hello {{1}} ", DraftFaultKind.VariableAtTheEdge)]
    [InlineData("Hello {{1}}{{2}} there", DraftFaultKind.VariablesSideBySide)]
    [InlineData("Hello {{1}} {{2}} there", DraftFaultKind.VariablesSideBySide)]
    [InlineData("Hello {{2}} there", DraftFaultKind.PositionsWithGaps)]
    [InlineData("Hello {{1}} and {{3}} there", DraftFaultKind.PositionsWithGaps)]
    [InlineData("Hello {{name}} there", DraftFaultKind.BrokenVariable)]
    [InlineData("Hello {{1} there", DraftFaultKind.BrokenVariable)]
    [InlineData("Hello {{}} there", DraftFaultKind.BrokenVariable)]
    public void Words_that_the_platform_refuses_are_found_first(string body, DraftFaultKind kind) =>
        Faults(t => t with { Body = body }).Should().Contain(new DraftFault("body", kind));

    [Theory]
    [InlineData("Hi {{first_name}}, welcome", true)]
    [InlineData("Hi {{First}}, welcome", false)]
    [InlineData("Hi {{1st}}, welcome", false)]
    [InlineData("Hi {{a b}}, welcome", false)]
    public void Names_of_variables_are_of_small_letters_digits_and_underscores(string body, bool isSound) =>
        Faults(t => t with { Body = body, HasNamedParameters = true }).Where(f => f.Field == "body").Should().HaveCount(isSound ? 0 : 1);

    [Fact]
    public void Lengths_are_those_of_the_platform()
    {
        string Long(int count) => new('x', count);
        Faults(t => t with { Body = Long(1024) }).Should().BeEmpty();
        Faults(t => t with { Body = Long(1025) }).Should().Equal(new DraftFault("body", DraftFaultKind.TooLong, 1024));
        Faults(t => t with { Footer = Long(60) }).Should().BeEmpty();
        Faults(t => t with { Footer = Long(61) }).Should().Equal(new DraftFault("footer", DraftFaultKind.TooLong, 60));
        Faults(t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Text, Long(61)) }).Should().Equal(new DraftFault("header", DraftFaultKind.TooLong, 60));
        Faults(t => t with { Buttons = [Quick(Long(25))] }).Should().BeEmpty();
        Faults(t => t with { Buttons = [Quick(Long(26))] }).Should().Equal(new DraftFault("button.0.text", DraftFaultKind.TooLong, 25));
    }

    [Fact]
    public void A_header_has_one_variable_at_most_and_a_file_needs_its_sample()
    {
        Faults(t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Text, "A {{1}} b {{2}} c") }).Should().Contain(new DraftFault("header", DraftFaultKind.TooManyVariables, 1));
        Faults(t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Image) }).Should().Equal(new DraftFault("header", DraftFaultKind.Missing));
        TemplateDraftRules.Check(Draft(t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Image) }) with { HeaderHandle = "4:x" }).Should().BeEmpty();
        Faults(t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Location) }).Should().BeEmpty();
    }

    [Fact]
    public void A_footer_has_no_variables() =>
        Faults(t => t with { Footer = "Bye {{1}} bye" }).Should().Equal(new DraftFault("footer", DraftFaultKind.TooManyVariables));

    [Fact]
    public void Buttons_are_counted_by_kind_and_grouped()
    {
        Faults(t => t with { Buttons = [.. Enumerable.Range(0, 10).Select(i => Quick($"B{i}"))] }).Should().BeEmpty();
        Faults(t => t with { Buttons = [.. Enumerable.Range(0, 11).Select(i => Quick($"B{i}"))] }).Should().Equal(new DraftFault("buttons", DraftFaultKind.TooMany, 10));
        Faults(t => t with { Buttons = [Url("A"), Url("B"), Url("C")] }).Should().Equal(new DraftFault("buttons", DraftFaultKind.TooMany, 2));
        Faults(t => t with { Buttons = [Phone("A"), Phone("B")] }).Should().Equal(new DraftFault("buttons", DraftFaultKind.TooMany, 1));
        Faults(t => t with { Buttons = [Quick("A"), Url("B"), Quick("C")] }).Should().Equal(new DraftFault("buttons", DraftFaultKind.Mixed));
        Faults(t => t with { Buttons = [Quick("A"), Quick("B"), Url("C")] }).Should().BeEmpty();
        Faults(t => t with { Buttons = [Quick("A"), Quick("a")] }).Should().Equal(new DraftFault("button.1.text", DraftFaultKind.SameLabel));
    }

    [Theory]
    [InlineData("https://chai.example/{{1}}", null)]
    [InlineData("https://chai.example", null)]
    [InlineData("", DraftFaultKind.Missing)]
    [InlineData("chai.example", DraftFaultKind.NotALink)]
    [InlineData("javascript:alert(1)", DraftFaultKind.NotALink)]
    [InlineData("https://chai.example/{{1}}/x", DraftFaultKind.VariableNotAtTheEnd)]
    [InlineData("https://chai.example/{{1}}{{2}}", DraftFaultKind.TooManyVariables)]
    [InlineData("https://chai.example/{{id}}", DraftFaultKind.BrokenVariable)]
    [InlineData("https://chai.example/a b", DraftFaultKind.NotALink)]
    public void An_address_may_end_in_one_variable(string url, DraftFaultKind? kind)
    {
        var faults = TemplateDraftRules.Check(Draft(t => t with
        {
            Buttons = [new TemplateButton(TemplateButtonKind.Url, "Open", url)],
            Examples = new Dictionary<string, string>(StringComparer.Ordinal) { ["button.0"] = "7" },
        }));

        faults.Select(f => (DraftFaultKind?)f.Kind).FirstOrDefault().Should().Be(kind);
    }

    [Theory]
    [InlineData("+91 98765 43210", true)]
    [InlineData("98765 43210", false)]
    [InlineData("+91", false)]
    [InlineData("call me", false)]
    public void A_number_to_call_has_its_country_code(string phone, bool isSound) =>
        Faults(t => t with { Buttons = [new TemplateButton(TemplateButtonKind.Phone, "Call", Phone: phone)] }).Should().HaveCount(isSound ? 0 : 1);

    [Fact]
    public void Every_variable_needs_an_example_without_line_breaks()
    {
        Faults(t => t with { Body = "Hi {{1}}, welcome" }).Should().Equal(new DraftFault("example.body.1", DraftFaultKind.Missing));
        Faults(t => t with { Body = "Hi {{1}}, welcome", Examples = new Dictionary<string, string>(StringComparer.Ordinal) { ["body.1"] = "A\nB" } })
            .Should().Equal(new DraftFault("example.body.1", DraftFaultKind.NotAllowed));
    }

    [Fact]
    public void Cards_are_two_to_ten_and_alike()
    {
        TemplateCard Card(TemplateButton button) => new(new TemplateHeader(TemplateHeaderFormat.Image), "A card", [button]);
        IReadOnlyList<DraftFault> Cards(params TemplateCard[] cards) =>
            TemplateDraftRules.Check(Draft(t => t with { Cards = cards }) with { CardHandles = [.. cards.Select(_ => "4:x")] });

        Cards(Card(Quick("A")), Card(Quick("A"))).Should().BeEmpty();
        Cards(Card(Quick("A"))).Should().Equal(new DraftFault("cards", DraftFaultKind.TooFew, 2));
        Cards([.. Enumerable.Range(0, 11).Select(_ => Card(Quick("A")))]).Should().Equal(new DraftFault("cards", DraftFaultKind.TooMany, 10));
        Cards(Card(Quick("A")), Card(Url("A"))).Should().Equal(new DraftFault("cards", DraftFaultKind.CardsDiffer));
        Cards(Card(Quick("A")), Card(Quick("A")) with { Body = new string('x', 161) }).Should().Equal(new DraftFault("card.1.body", DraftFaultKind.TooLong, 160));
        TemplateDraftRules.Check(Draft(t => t with { Cards = [Card(Quick("A")), Card(Quick("A"))] })).Should().HaveCount(2, "each card needs its sample");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void A_code_expires_after_1_to_90_minutes(int minutes, bool isSound) =>
        TemplateDraftRules.Check(Draft(t => t with { Category = TemplateCategory.Authentication, Body = "" }) with { Code = new CodeChoices(true, minutes, "Copy code") })
            .Should().HaveCount(isSound ? 0 : 1);

    [Fact]
    public void Whatever_has_no_faults_keeps_the_platforms_limits()
    {
        var parts = Gen.OneOf("{{1}}", "{{2}}", "{{", "}}", "Hello ", " and ", "x", "\n", " ").Array[0, 10].Select(string.Concat);
        parts.Sample(
            body =>
            {
                var draft = Draft(t => t with
                {
                    Body = body,
                    Examples = new Dictionary<string, string>(StringComparer.Ordinal) { ["body.1"] = "A", ["body.2"] = "B" },
                });
                if (TemplateDraftRules.Check(draft).Count > 0)
                {
                    return true;
                }

                var names = draft.Template.Variables();
                var trimmed = body.Trim();
                return names.SequenceEqual(Enumerable.Range(1, names.Count).Select(i => $"{i}"))
                    && !trimmed.StartsWith("{{", StringComparison.Ordinal)
                    && !trimmed.EndsWith("}}", StringComparison.Ordinal)
                    && trimmed.Length is > 0 and <= TemplateLimits.Body;
            },
            iter: Fuzz.Iterations(10_000));
    }

    private static IReadOnlyList<DraftFault> Faults(Func<Template, Template> change) => TemplateDraftRules.Check(Draft(change));

    private static TemplateDraft Draft(Func<Template, Template>? change = null)
    {
        var template = new Template("order_sent", "en_US", TemplateCategory.Utility, "", null, "Your order is on its way.", null, [], HasNamedParameters: false);
        return new TemplateDraft(change is null ? template : change(template));
    }

    private static TemplateButton Quick(string text) => new(TemplateButtonKind.QuickReply, text);

    private static TemplateButton Url(string text) => new(TemplateButtonKind.Url, text, "https://chai.example");

    private static TemplateButton Phone(string text) => new(TemplateButtonKind.Phone, text, Phone: "+919876543210");
}
