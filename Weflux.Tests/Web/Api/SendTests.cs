using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;

namespace Weflux.Tests.Web.Api;

/// <summary>Programs that send: every kind, and what is refused.</summary>
public sealed class SendTests : SendWorld
{
    /// <summary>What is sent in place of the ids, and the words of the message that it becomes.</summary>
    public static TheoryData<string, string, string> Kinds => new()
    {
        { """{"conversationId":C,"type":"text","text":{"body":"Hello","previewUrl":true}}""", "text", "Hello" },
        { """{"conversationId":C,"type":"location","location":{"latitude":12.9758,"longitude":77.6045,"name":"Cubbon Park"}}""", "location", "Cubbon Park" },
        { """{"conversationId":C,"type":"contacts","contacts":[{"name":"Ravi","phones":["+91 98450 11223"]}]}""", "contacts", "Ravi" },
        { """{"type":"reaction","reaction":{"messageId":M,"emoji":"👍"}}""", "reaction", "👍" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"button","body":"Size?","buttons":[{"id":"s","title":"Small"}]}}""", "interactive", "Size?" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"list","body":"When?","label":"Times","sections":[{"rows":[{"id":"1","title":"10:00"}]}]}}""", "interactive", "When?" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"cta_url","body":"Menu","label":"Open","url":"https://shop.test"}}""", "interactive", "Menu" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"location_request_message","body":"Where?"}}""", "interactive", "Where?" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"product","productId":"tea-1","body":"Tea"}}""", "interactive", "Tea" },
        { """{"conversationId":C,"type":"template","template":{"name":"visit_reminder","language":"en","values":["Asha","Friday"]}}""", "template", "" },
        { """{"conversationId":C,"type":"text","text":{"body":"Quoted"},"replyTo":M}""", "text", "Quoted" },
    };

    /// <summary>What cannot be sent, the status and the reason or a word of the sentence.</summary>
    public static TheoryData<string, int, string> Refused => new()
    {
        { "null", 400, "empty" },
        { "{oops", 400, "line 1, byte 2" },
        { "[]", 400, "no object" },
        { "\"x\"", 400, "no object" },
        { """{"conversationId":C,"type":"image","image":{"fileId":"abc"}}""", 400, "'image.fileId'" },
        { """{"conversationId":C,"type":"text","text":{"body":"\ud800"}}""", 400, "'text.body'" },
        { "{}", 400, "conversationId" },
        { """{"conversationId":C}""", 400, "'type'" },
        { """{"conversationId":C,"type":"hologram"}""", 400, "'type'" },
        { """{"conversationId":C,"type":"text"}""", 400, "'text' holds the message" },
        { """{"conversationId":C,"type":"text","text":{"body":"x"},"location":{"latitude":1,"longitude":2}}""", 400, "'location'" },
        { """{"conversationId":C,"type":"image"}""", 400, "'image' holds the message" },
        { """{"conversationId":C,"type":"image","image":{"caption":"x"}}""", 400, "'image.fileId'" },
        { """{"conversationId":C,"type":"interactive","interactive":{"body":"x"}}""", 400, "'interactive.type'" },
        { """{"conversationId":C,"type":"template","template":{"name":"visit_reminder"}}""", 400, "'template.language'" },
        { """{"conversationId":C,"type":"template","template":{"language":"en"}}""", 400, "'template.name'" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"dance"}}""", 400, "'interactive.type'" },
        { """{"type":"reaction","reaction":{"emoji":"👍"}}""", 400, "messageId" },
        { """{"conversationId":C,"type":"text","text":{"body":" "}}""", 422, "empty" },
        { """{"conversationId":C,"type":"location","location":{}}""", 422, "latitude_out_of_range" },
        { """{"conversationId":C,"type":"contacts","contacts":[null]}""", 422, "no_cards" },
        { """{"conversationId":C,"type":"contacts","contacts":[{"name":"Ravi","phones":[null]}]}""", 422, "card_phone_invalid" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"button","body":"x","buttons":[null,{}]}}""", 422, "button_title_missing" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"cta_url","body":"x","label":"y","url":"javascript:1"}}""", 422, "link_not_web" },
        { """{"conversationId":C,"type":"text","text":{"body":"x"},"replyTo":999999}""", 422, "quote_unknown" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"cta_url","body":"x","label":"y","url":"http://"}}""", 422, "Write all of it, such as https://example.com/menu." },
        { """{"conversationId":C,"type":"template","template":{"name":"nothing","language":"en"}}""", 422, "template_unknown" },
        { """{"conversationId":C,"type":"template","template":{"name":"nothing","language":"en"}}""", 422, "is the name of no template of this number's account. GET /api/v1/templates lists" },
        { """{"conversationId":C,"type":"template","template":{}}""", 400, "'template.name'" },
        { """{"conversationId":C,"type":"template","template":{"name":"visit_reminder","language":"xx"}}""", 422, "template_language_unknown" },
        { """{"conversationId":C,"type":"template","template":{"name":"visit_reminder","language":"xx"}}""", 422, "is a language that this template does not have. It has en" },
        { """{"conversationId":999999,"type":"template","template":{"name":"visit_reminder","language":"en","values":["Asha","Friday"]}}""", 404, "" },
        { """{"conversationId":C,"type":"template","template":{"name":"visit_reminder","language":"en","values":["Asha"]}}""", 422, "template_value_missing" },
        { """{"conversationId":C,"type":"audio","audio":{"fileId":1,"caption":"words"}}""", 422, "caption_not_possible" },
        { """{"conversationId":C,"type":"sticker","sticker":{"fileId":1,"caption":"words"}}""", 422, "caption_not_possible" },
        { """{"conversationId":C,"type":"template","template":{"name":"visit_reminder","language":"en","values":["Asha","Friday"]},"replyTo":M}""", 422, "quote_not_possible" },
        { """{"type":"reaction","reaction":{"messageId":M,"emoji":"👍"},"replyTo":M}""", 422, "quote_not_possible" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"product","productId":"tea-1","header":"Tea"}}""", 422, "header_not_possible" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"location_request_message","body":"Where?","header":"x"}}""", 422, "header_not_possible" },
        { """{"conversationId":C,"type":"interactive","interactive":{"type":"location_request_message","body":"Where?","footer":"x"}}""", 422, "footer_not_possible" },
        { """{"type":"reaction","reaction":{"messageId":M,"emoji":"yes"}}""", 422, "not_an_emoji" },
        { """{"conversationId":999999,"type":"text","text":{"body":"x"}}""", 404, "" },
        { """{"type":"reaction","reaction":{"messageId":999999,"emoji":"👍"}}""", 404, "" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_program_sends_every_kind(string body, string type, string text)
    {
        using var answer = await PostAsync(body);

        var sent = await ReadAsync(answer);
        answer.StatusCode.Should().Be(HttpStatusCode.Accepted, sent.ToString());
        (sent.GetProperty("type").GetString(), sent.GetProperty("direction").GetString(), sent.GetProperty("origin").GetString()).Should().Be((type, "out", "api"));
        sent.GetProperty("text").GetString()!.Contains(text, StringComparison.Ordinal).Should().BeTrue();
        var message = (await Host.MessagesAsync()).Single(m => m.Direction == MessageDirection.Out);
        (message.Id, message.AuthorId, message.Origin).Should().Be((sent.GetProperty("id").GetInt64(), null, MessageOrigin.Api));
        (await Host.ConversationsAsync()).Single().AssigneeId.Should().BeNull("a program holds nothing");
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_be_sent_is_refused_with_its_reason(string body, int status, string word)
    {
        using var answer = await PostAsync(body);

        ((int)answer.StatusCode).Should().Be(status);
        (await answer.ProblemAsync()).ToString().Contains(word, StringComparison.Ordinal).Should().BeTrue();
        (await Host.MessagesAsync()).Should().ContainSingle("nothing was sent");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_beyond_all_measure_is_refused_with_its_limit(bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/messages")
        {
            Content = new StringContent("{\"text\":{\"body\":\"" + new string('a', 2_000_000) + "\"}}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = isChunked;

        using var answer = await Program.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await answer.ProblemAsync()).GetProperty("detail").GetString().Should().Contain("at most 1 MB");
    }

    [Fact]
    public async Task A_closed_window_is_a_conflict_that_names_the_way_out()
    {
        Host.Clock.Advance(TimeSpan.FromHours(24));

        using var answer = await PostAsync("""{"conversationId":C,"type":"text","text":{"body":"Late"}}""");

        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
        var problem = await answer.ProblemAsync();
        problem.GetProperty("reason").GetString().Should().Be("needs_template");
        problem.GetProperty("detail").GetString().Should().Contain("approved template");
    }

    [Fact]
    public async Task What_a_program_sent_and_failed_is_sent_again_by_a_person()
    {
        using var answer = await PostAsync("""{"conversationId":C,"type":"text","text":{"body":"Hello"}}""");
        var sent = (await ReadAsync(answer)).GetProperty("id").GetInt64();
        await Eventually.SeeAsync(Host.MessagesAsync, all => all.Exists(m => m.Id == sent && m.Status == DeliveryStatus.Delivered));
        await Host.ReadAsync(db => db.Set<Message>().Where(m => m.Id == sent).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, DeliveryStatus.Failed)));

        var again = await Host.Services.GetRequiredService<Weflux.Web.Sending.SendAgain>().ExecuteAsync(await Host.ActorAsync(), sent, Guid.NewGuid());

        again!.MessageId.Should().NotBeNull();
    }
}
