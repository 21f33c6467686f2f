using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weflux.Domain.Conversations;

namespace Weflux.Tests.Domain.Conversations;

public sealed class MessageContentTests
{
    public static TheoryData<string> Rows => MessageContentRows.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_kind_says_what_it_is_and_does(string row)
    {
        var expected = MessageContentRows.All[row];

        expected.Content.Kind.Should().Be(expected.Kind);
        expected.Content.Text.Should().Be(expected.Text);
        expected.Content.OpensWindow.Should().Be(expected.OpensWindow);
        expected.Content.AsksForReply.Should().Be(expected.AsksForReply);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_kind_survives_json(string row)
    {
        var content = MessageContentRows.All[row].Content;

        foreach (var options in new[] { JsonSerializerOptions.Default, JsonSerializerOptions.Web })
        {
            var json = JsonSerializer.Serialize(content, options);

            JsonSerializer.Deserialize<MessageContent>(json, options).Should().BeOfType(content.GetType())
                .And.BeEquivalentTo(content, o => o.RespectingRuntimeTypes());
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Json_holds_what_was_said_once_and_nothing_that_follows_from_it(string row)
    {
        var content = MessageContentRows.All[row].Content;

        var members = JsonSerializer.SerializeToNode(content, JsonSerializerOptions.Web)!.AsObject().Select(m => m.Key);

        var parameters = content.GetType().GetConstructors().Single(c => c.GetParameters().Length > 0).GetParameters();
        members.Should().BeEquivalentTo(parameters.Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!)).Append("kind"));
    }

    [Fact]
    public void The_family_is_closed_and_every_kind_is_named_once_in_json_and_has_a_row()
    {
        var kinds = typeof(MessageContent).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(MessageContent)))
            .ToList();
        var named = typeof(MessageContent).GetCustomAttributes<JsonDerivedTypeAttribute>().ToList();

        kinds.Should().OnlyContain(t => t.IsSealed);
        named.Select(n => n.DerivedType).Should().BeEquivalentTo(kinds);
        named.Select(n => n.TypeDiscriminator).Should().OnlyHaveUniqueItems();
        MessageContentRows.All.Values.Select(r => r.Content.GetType()).Distinct().Should().BeEquivalentTo(kinds);
    }

    [Fact]
    public void Nobody_outside_the_domain_can_add_a_kind() =>
        typeof(MessageContent).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(c => c.GetParameters().Length == 0)
            .Should().ContainSingle().Which.IsFamilyAndAssembly.Should().BeTrue();

    [Fact]
    public void Json_of_an_unknown_kind_is_refused_instead_of_read_as_something_else()
    {
        var read = () => JsonSerializer.Deserialize<MessageContent>("""{"kind":"hologram","Body":"hi"}""");

        read.Should().Throw<JsonException>();
    }

    [Fact]
    public void The_kind_stands_first_in_json()
    {
        var json = JsonNode.Parse(JsonSerializer.Serialize<MessageContent>(new TextContent("hi"), JsonSerializerOptions.Web))!.AsObject();

        json.First().Key.Should().Be("kind");
        json.First().Value!.GetValue<string>().Should().Be("text");
    }
}
