using CsCheck;
using Weflux.Domain.Conversations;

namespace Weflux.Tests.Domain.Conversations;

public sealed class ReplyTextTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void Places_are_filled_with_what_is_known() =>
        Fill("Hi {{contact.first_name}}, this is {{ agent.name }} of {{WORKSPACE.NAME}}.", Nothing,
            ("contact.first_name", "Asha"), ("agent.name", "Ravi"), ("workspace.name", "Chai & Co."))
            .Should().BeEquivalentTo(new FilledReply("Hi Asha, this is Ravi of Chai & Co..", []));

    [Fact]
    public void What_is_not_known_and_what_is_asked_is_missing_each_once_and_in_order() =>
        Fill("{{?Day}} {{contact.name}} {{?Day}} {{?Time}} {{contact.name}}", Nothing).Missing
            .Should().Equal(new ReplyGap("?Day", true), new ReplyGap("contact.name", false), new ReplyGap("?Time", true));

    [Fact]
    public void Answers_fill_what_was_missing() =>
        Fill("On {{?Day}}, {{contact.name}}", new() { ["?Day"] = "Monday", ["contact.name"] = "" })
            .Should().BeEquivalentTo(new FilledReply("On Monday, ", []));

    [Fact]
    public void A_question_is_not_answered_with_nothing() =>
        Fill("On {{?Day}}", new() { ["?Day"] = "  " }).Missing.Should().Equal(new ReplyGap("?Day", true));

    [Fact]
    public void A_name_that_looks_like_a_place_is_only_a_name() =>
        Fill("Hi {{contact.name}}", Nothing, ("contact.name", "{{agent.name}}"), ("agent.name", "Ravi")).Text.Should().Be("Hi {{agent.name}}");

    [Fact]
    public void An_answer_is_cut_where_no_message_could_hold_it() =>
        Fill("{{?Story}}", new() { ["?Story"] = new string('a', 5_000) }).Text.Should().HaveLength(ReplyText.MaxValue);

    [Theory]
    [InlineData("Hello", ReplyTextFault.None, "")]
    [InlineData("{{contact.name}} {{field.city}} {{?Which day}}", ReplyTextFault.None, "")]
    [InlineData("a } b }} c", ReplyTextFault.None, "")]
    [InlineData("{{contact.nam}}", ReplyTextFault.Unknown, "contact.nam")]
    [InlineData("{{field.town}}", ReplyTextFault.Unknown, "field.town")]
    [InlineData("{{field.}}", ReplyTextFault.Unknown, "field.")]
    [InlineData("{{}}", ReplyTextFault.Unknown, "")]
    [InlineData("Hi {{contact.name", ReplyTextFault.Unclosed, "")]
    [InlineData("Hi {{contact.name}} {{", ReplyTextFault.Unclosed, "")]
    [InlineData("{{contact.{{name}}}}", ReplyTextFault.Unknown, "contact.{{name")]
    [InlineData("{{?}}", ReplyTextFault.Question, "")]
    [InlineData("{{?  }}", ReplyTextFault.Question, "")]
    public void A_place_that_cannot_be_filled_is_found_when_it_is_written(string text, ReplyTextFault fault, string culprit)
    {
        ReplyText.Check(text, ["city"], out var found).Should().Be(fault);
        found.Should().Be(culprit);
    }

    [Fact]
    public void A_question_that_is_a_story_is_refused() =>
        ReplyText.Check($"{{{{?{new string('a', ReplyText.MaxQuestion + 1)}}}}}", [], out _).Should().Be(ReplyTextFault.Question);

    [Theory]
    [InlineData("Asha Verma", "Asha")]
    [InlineData("  Asha ", "Asha")]
    [InlineData("@asha", "")]
    [InlineData("", "")]
    [InlineData("आशा वर्मा", "आशा")]
    public void The_first_name_is_the_first_word_of_a_name(string name, string first) => ReplyText.FirstName(name).Should().Be(first);

    [Fact]
    public void Pieces_lose_no_words() => Gen.String.Sample(text =>
    {
        var pieces = ReplyText.Pieces(text.Replace("{{", "{ ", StringComparison.Ordinal));
        return string.Concat(pieces.Select(p => p.Text)) == text.Replace("{{", "{ ", StringComparison.Ordinal);
    });

    private static FilledReply Fill(string text, Dictionary<string, string> answers, params (string Name, string Value)[] known) =>
        ReplyText.Fill(text, name => known.FirstOrDefault(k => k.Name == name).Value, answers);
}
