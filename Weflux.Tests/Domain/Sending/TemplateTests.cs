using CsCheck;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;

namespace Weflux.Tests.Domain.Sending;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("No variables", "")]
    [InlineData("Hi {{1}}, order {{2}}", "1 2")]
    [InlineData("{{2}} before {{1}}", "1 2")]
    [InlineData("{{10}} {{9}} {{1}}", "1 9 10")]
    [InlineData("{{1}} and {{1}} again", "1")]
    [InlineData("Hi {{ 1 }}", "1")]
    [InlineData("{{1", "")]
    [InlineData("1}} {{", "")]
    [InlineData("{{}} {{ }}", "")]
    [InlineData("{1} {{1}}", "1")]
    [InlineData("{{{1}}}", "1")]
    [InlineData("{{ {{1}} }}", "1")]
    [InlineData("{{1}}{{2}}", "1 2")]
    [InlineData("", "")]
    public void Positional_variables_are_listed_once_by_number(string body, string names) =>
        Positional(body).Variables().Should().Equal(Words(names));

    [Theory]
    [InlineData("Hi {{name}}, {{order_id}}", "name order_id")]
    [InlineData("{{b}} {{a}} {{b}}", "b a")]
    [InlineData("{{2}} {{1}}", "2 1")]
    [InlineData("{{name}} {{Name}}", "name Name")]
    public void Named_variables_are_listed_once_as_they_appear(string body, string names) =>
        Named(body).Variables().Should().Equal(Words(names));

    [Fact]
    public void Name_among_positions_comes_last() => Positional("{{name}} {{2}} {{1}}").Variables().Should().Equal("1", "2", "name");

    [Theory]
    [InlineData("Hi {{1}}, order {{2}}", "Hi A, order B")]
    [InlineData("{{2}} before {{1}}", "B before A")]
    [InlineData("{{1}}{{2}}{{1}}", "ABA")]
    [InlineData("{{ 1 }}-{{2}}", "A-B")]
    [InlineData("{{{1}}} {{2}}", "{A} B")]
    [InlineData("{{ {{1}} }} {{2}}", "{{ A }} B")]
    [InlineData("{{}} {{1}} {{2}} {{3", "{{}} A B {{3")]
    [InlineData("}} {{1}} {{2}} }}", "}} A B }}")]
    public void Values_stand_where_their_variables_stood(string body, string text) =>
        Positional(body).Render(["A", "B"]).Should().Be(text);

    [Fact]
    public void Named_values_come_in_order_of_appearance() =>
        Named("Dear {{name}}, {{order}} is here, {{name}}").Render(["Asha", "#7"]).Should().Be("Dear Asha, #7 is here, Asha");

    [Theory]
    [InlineData("{{1}}")]
    [InlineData("{{2}}")]
    [InlineData("{{")]
    [InlineData("}}")]
    [InlineData("$1 {0} \\1")]
    public void Values_are_never_expanded_again(string value) =>
        Positional("Hi {{1}} and {{2}}.").Render([value, "B"]).Should().Be($"Hi {value} and B.");

    [Fact]
    public void Body_of_loose_braces_stays_as_it_is() =>
        Gen.OneOf("{", "}", "{{", "}}", " ", "\n").Array[0, 8].Select(string.Concat).Sample(body =>
            Positional(body).Variables().Count == 0 && Positional(body).Render([]) == body, iter: Fuzz.Iterations(5_000));

    [Fact]
    public void Filling_variables_with_themselves_gives_the_body_back() =>
        Gen.OneOf(Gen.Const("{{1}}"), Gen.Const("{{2}}"), Gen.Const("{"), Gen.Const("}"), Gen.Const("x")).Array[0, 8].Sample(parts =>
        {
            var template = Positional(string.Concat(parts));

            return template.Render([.. template.Variables().Select(n => "{{" + n + "}}")]) == template.Body;
        }, iter: Fuzz.Iterations(5_000));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Wrong_number_of_values_is_refused(int count)
    {
        var render = () => Positional("{{1}} {{2}}").Render([.. Enumerable.Repeat("A", count)]);

        render.Should().Throw<ArgumentException>().WithParameterName("values").WithMessage($"*2 variables, not {count}*");
    }

    [Theory]
    [InlineData("APPROVED", true)]
    [InlineData("approved", false)]
    [InlineData("PAUSED", false)]
    [InlineData("PENDING", false)]
    [InlineData("", false)]
    public void Only_an_approved_template_is_approved(string status, bool isApproved) =>
        (Positional("Hi") with { Status = status }).IsApproved.Should().Be(isApproved);

    internal static Template Positional(string body) =>
        new("order_sent", "en", TemplateCategory.Utility, "APPROVED", null, body, null, [], HasNamedParameters: false);

    private static Template Named(string body) => Positional(body) with { HasNamedParameters = true };

    private static string[] Words(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
