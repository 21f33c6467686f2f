using System.Text;
using System.Text.Json.Nodes;
using Weflux.Tests.Web.Data;
using Weflux.Web.Api.Events;

namespace Weflux.Tests.Web.Api.Events;

/// <summary>An event is sent with what its address might have when it happened and may have now, and with nothing else.</summary>
public sealed class EventBodiesTests
{
    private static readonly bool[] Either = [false, true];

    private static readonly OutgoingEvent Told = new(EventTypes.NoteCreated, Stand.Noon, null, (numbers, text) => new JsonObject
    {
        ["id"] = 7,
        ["phone"] = numbers ? "919876543210" : "•••10",
        ["text"] = text ? "cardamom" : null,
    });

    [Fact]
    public void Whatever_was_chosen_then_and_is_chosen_now_what_both_allow_is_sent()
    {
        foreach (var (numbersThen, textThen, numbersNow, textNow) in
            from a in Either from b in Either from c in Either from d in Either select (a, b, c, d))
        {
            var kept = EventBodies.Write(Told, Address(numbersThen, textThen));

            EventBodies.TryRead(kept, numbersNow, textNow, out var body).Should().BeTrue();
            body.Should().Equal(Told.Body(numbersThen && numbersNow, textThen && textNow));
        }
    }

    [Fact]
    public void What_an_address_might_not_have_is_not_even_kept()
    {
        Kept(hasNumbers: false, hasText: false).Should().NotContain("cardamom").And.NotContain("919876543210");
        Kept(hasNumbers: true, hasText: false).Should().NotContain("cardamom").And.Contain("919876543210");
        Kept(hasNumbers: false, hasText: true).Should().Contain("cardamom").And.NotContain("919876543210");
    }

    [Fact]
    public void What_says_the_same_with_fewer_words_is_kept_once()
    {
        var same = new OutgoingEvent(EventTypes.Test, Stand.Noon, null, (_, _) => new JsonObject { ["words"] = "only once" });

        var kept = Encoding.UTF8.GetString(EventBodies.Write(same, Address(hasNumbers: true, hasText: true)));

        kept.Split("only once").Should().HaveCount(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"message.received\",\"data\":{\"message\":{\"text\":\"cardamom\"}}}")]
    [InlineData("\u0001")]
    [InlineData("\u0001\u0009\u0000\u0000\u0000short")]
    [InlineData("\u000f\u00ff\u00ff\u00ff\u00ffless than nothing")]
    public void What_is_nothing_of_the_kind_is_not_sent(string kept)
    {
        EventBodies.TryRead(Encoding.Latin1.GetBytes(kept), hasNumbers: false, hasText: false, out var body).Should().BeFalse();
        body.Should().BeNull();
    }

    private static string Kept(bool hasNumbers, bool hasText) => Encoding.UTF8.GetString(EventBodies.Write(Told, Address(hasNumbers, hasText)));

    private static EventEndpoint Address(bool hasNumbers, bool hasText) => new()
    {
        WorkspaceId = default,
        Key = Guid.Empty,
        Name = "Shop",
        Address = "https://example.com/",
        Types = [EventTypes.NoteCreated],
        HasNumbers = hasNumbers,
        HasText = hasText,
        Secret = [1],
        CreatedAt = Stand.Noon,
    };
}
