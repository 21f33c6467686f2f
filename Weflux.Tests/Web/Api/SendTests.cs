using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;
using Weflux.Web.Team;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Api;

/// <summary>Programs that send.</summary>
public sealed class SendTests : IAsyncLifetime
{
    private const string Phone = "919200000008";
    private WefluxHost _host = null!;
    private HttpClient _program = null!;
    private long _conversation;
    private long _heard;

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
        { """{"conversationId":C,"type":"template","template":{"name":"nothing","language":"en"}}""", 422, "template_not_approved" },
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

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        using var client = _host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.api.1", Phone, "hello", _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
        var heard = (await _host.MessagesAsync()).Single();
        (_conversation, _heard) = (heard.ConversationId, heard.Id);
        await _host.ReadAsync(db => db.Set<Workspace>().ExecuteUpdateAsync(set => set.SetProperty(w => w.CatalogId, "77")));
        await _host.Services.GetRequiredService<TemplateSync>().RunAsync((await _host.ActorAsync()).Workspace, "100000000000001", CancellationToken.None);
        _program = _host.NewApiClient();
    }

    public async ValueTask DisposeAsync()
    {
        _program.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_program_sends_every_kind(string body, string type, string text)
    {
        using var answer = await PostAsync(body);

        var sent = await ReadAsync(answer);
        answer.StatusCode.Should().Be(HttpStatusCode.Accepted, sent.ToString());
        (sent.GetProperty("type").GetString(), sent.GetProperty("direction").GetString(), sent.GetProperty("origin").GetString()).Should().Be((type, "out", "api"));
        sent.GetProperty("text").GetString()!.Contains(text, StringComparison.Ordinal).Should().BeTrue();
        var message = (await _host.MessagesAsync()).Single(m => m.Direction == MessageDirection.Out);
        (message.Id, message.AuthorId, message.Origin).Should().Be((sent.GetProperty("id").GetInt64(), null, MessageOrigin.Api));
        (await _host.ConversationsAsync()).Single().AssigneeId.Should().BeNull("a program holds nothing");
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_be_sent_is_refused_with_its_reason(string body, int status, string word)
    {
        using var answer = await PostAsync(body);

        ((int)answer.StatusCode).Should().Be(status);
        (await answer.ProblemAsync()).ToString().Contains(word, StringComparison.Ordinal).Should().BeTrue();
        (await _host.MessagesAsync()).Should().ContainSingle("nothing was sent");
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

        using var answer = await _program.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await answer.ProblemAsync()).GetProperty("detail").GetString().Should().Contain("at most 1 MB");
    }

    [Fact]
    public async Task The_same_key_and_body_send_once_and_answer_alike_even_at_once()
    {
        var body = """{"conversationId":C,"type":"text","text":{"body":"Once"}}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(body, "order-1")));

        var ids = new HashSet<long>();
        foreach (var answer in answers)
        {
            answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
            ids.Add((await ReadAsync(answer)).GetProperty("id").GetInt64());
            answer.Dispose();
        }

        ids.Should().ContainSingle();
        (await _host.MessagesAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused_and_another_key_sends_again()
    {
        using var first = await PostAsync("""{"conversationId":C,"type":"text","text":{"body":"One"}}""", "k");
        using var other = await PostAsync("""{"conversationId":C,"type":"text","text":{"body":"Two"}}""", "k");
        using var again = await PostAsync("""{"conversationId":C,"type":"text","text":{"body":"One"}}""", "K");

        first.StatusCode.Should().Be(HttpStatusCode.Accepted);
        other.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await other.ProblemAsync()).GetProperty("detail").GetString().Should().Contain("Idempotency-Key");
        again.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await _host.MessagesAsync()).Should().HaveCount(3);
    }

    [Fact]
    public async Task Two_programs_may_call_their_requests_the_same_and_after_a_day_a_name_is_free()
    {
        const string body = """{"conversationId":C,"type":"text","text":{"body":"Hi"}}""";
        using var other = _host.NewApiClient((await _host.IssueKeyAsync(["messages:send"])).Key);
        using var mine = await PostAsync(body, "k");
        using var theirs = await PostAsync(body, "k", other);
        (await ReadAsync(mine)).GetProperty("id").GetInt64().Should().NotBe((await ReadAsync(theirs)).GetProperty("id").GetInt64());

        _host.Clock.Advance(TimeSpan.FromHours(23));
        using var stillMine = await PostAsync(body, "k");
        (await ReadAsync(stillMine)).GetProperty("id").GetInt64().Should().Be((await ReadAsync(mine)).GetProperty("id").GetInt64());
        _host.Clock.Advance(TimeSpan.FromMinutes(30));
        using var client = _host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.api.2", Phone, "still there?", _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(31));
        using var free = await PostAsync(body, "k");
        (await ReadAsync(free)).GetProperty("id").GetInt64().Should().NotBe((await ReadAsync(mine)).GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_closed_window_is_a_conflict_that_names_the_way_out()
    {
        _host.Clock.Advance(TimeSpan.FromHours(24));

        using var answer = await PostAsync("""{"conversationId":C,"type":"text","text":{"body":"Late"}}""");

        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
        var problem = await answer.ProblemAsync();
        problem.GetProperty("reason").GetString().Should().Be("needs_template");
        problem.GetProperty("detail").GetString().Should().Contain("approved template");
    }

    [Fact]
    public async Task A_template_takes_an_uploaded_file_by_its_place_and_tells_it_afterwards()
    {
        await StoreAsync(new TemplateHeader(TemplateHeaderFormat.Document));
        using var uploaded = await _program.PostFileAsync("/api/v1/media", Samples.Pdf, "menu.pdf");
        var file = (await ReadAsync(uploaded)).GetProperty("id").GetInt64();

        using var answer = await PostAsync(
            $$$"""{"conversationId":C,"type":"template","template":{"name":"menu","language":"en","values":["Asha"],"files":[{"slot":"header","fileId":{{{file}}},"fileName":"Our menu.pdf"}]}}""");

        var sent = await ReadAsync(answer);
        answer.StatusCode.Should().Be(HttpStatusCode.Accepted, sent.ToString());
        sent.GetProperty("content").GetProperty("fileIds")[0].GetInt64().Should().Be(file);
        var stored = (TemplateContent)(await _host.MessagesAsync()).Single(m => m.Direction == MessageDirection.Out).Content;
        stored.Header!.Value.Should().BeEquivalentTo(new { FileName = "Our menu.pdf", Link = (string?)null });
        using var listed = await _program.GetAsync("/api/v1/messages?after=0");
        (await ReadAsync(listed)).GetProperty("data").EnumerateArray().Last().GetProperty("mediaId").GetInt64().Should().Be(file);
    }

    [Fact]
    public async Task A_template_takes_the_place_of_its_header()
    {
        await StoreAsync(new TemplateHeader(TemplateHeaderFormat.Location));

        using var answer = await PostAsync(
            """{"conversationId":C,"type":"template","template":{"name":"menu","language":"en","values":["Asha"],"location":{"latitude":12.9,"longitude":77.6,"name":"Cubbon Park"}}}""");

        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("""[{"slot":"header","fileId":999999}]""", "file_missing")]
    [InlineData("""[{"slot":"header"}]""", "template_value_missing")]
    [InlineData("""[{"fileId":1}]""", "template_value_missing")]
    [InlineData("""[null]""", "template_value_missing")]
    [InlineData("""[{"slot":"body.1","fileId":1},{"slot":"header","fileId":1}]""", "template_value_missing")]
    [InlineData("""[{"slot":"card.9.header","fileId":1},{"slot":"header","fileId":1}]""", "template_value_not_allowed")]
    public async Task A_file_of_a_template_that_is_not_there_or_in_no_place_of_it_is_refused(string files, string reason)
    {
        await StoreAsync(new TemplateHeader(TemplateHeaderFormat.Image));

        using var answer = await PostAsync(
            $$$"""{"conversationId":C,"type":"template","template":{"name":"menu","language":"en","values":["Asha"],"files":{{{files}}}}}""");

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.ProblemAsync()).GetProperty("reason").GetString().Should().Be(reason);
        (await _host.MessagesAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_template_needs_its_own_scope()
    {
        using var plain = _host.NewApiClient((await _host.IssueKeyAsync(["messages:send"])).Key);

        using var answer = await PostAsync(
            """{"conversationId":C,"type":"template","template":{"name":"visit_reminder","language":"en","values":["Asha","Friday"]}}""", null, plain);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await answer.ProblemAsync()).GetProperty("scope").GetString().Should().Be("templates:send");
    }

    [Fact]
    public async Task A_document_without_words_is_sent_once_for_one_key_even_at_once()
    {
        using var upload = await _program.PostFileAsync("/api/v1/media", Samples.Pdf, "invoice.pdf");
        var file = (await ReadAsync(upload)).GetProperty("id").GetInt64();
        var body = """{"conversationId":C,"type":"document","document":{"fileId":F}}""".Replace(":F", $":{file}", StringComparison.Ordinal);

        var ids = new HashSet<long>();
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(body, "invoice-1"))))
        {
            var sent = await ReadAsync(answer);
            ids.Add(sent.GetProperty("id").GetInt64());
            sent.GetProperty("mediaId").GetInt64().Should().Be(file);
            answer.Dispose();
        }

        ids.Should().ContainSingle();
        (await _host.MessagesAsync()).Count(m => m.Direction == MessageDirection.Out).Should().Be(1);
    }

    [Fact]
    public async Task What_a_program_sent_and_failed_is_sent_again_by_a_person()
    {
        using var answer = await PostAsync("""{"conversationId":C,"type":"text","text":{"body":"Hello"}}""");
        var sent = (await ReadAsync(answer)).GetProperty("id").GetInt64();
        await Eventually.SeeAsync(_host.MessagesAsync, all => all.Exists(m => m.Id == sent && m.Status >= DeliveryStatus.Sent));
        await _host.ReadAsync(db => db.Set<Message>().Where(m => m.Id == sent).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, DeliveryStatus.Failed)));

        var again = await _host.Services.GetRequiredService<Weflux.Web.Sending.SendAgain>().ExecuteAsync(await _host.ActorAsync(), sent, Guid.NewGuid());

        again!.MessageId.Should().NotBeNull();
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("256")]
    public async Task A_key_has_at_most_255_visible_characters(string key)
    {
        using var answer = await PostAsync("""{"conversationId":C,"type":"text","text":{"body":"x"}}""", key == "256" ? new string('k', 256) : key);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private async Task StoreAsync(TemplateHeader header)
    {
        var template = new Template("menu", "en", TemplateCategory.Utility, "APPROVED", header, "Hi {{1}}", null, [], HasNamedParameters: false);
        var workspace = (await _host.ActorAsync()).Workspace;
        await _host.ReadAsync(async db =>
        {
            db.Add(new StoredTemplate
            {
                WorkspaceId = workspace,
                WabaId = "100000000000001",
                Name = template.Name,
                Language = template.Language,
                Model = template,
                Status = template.Status,
                Category = template.Category,
            });
            return await db.SaveChangesAsync();
        });
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string? key = null, HttpClient? program = null)
    {
        var filled = body.Replace(":C", $":{_conversation}", StringComparison.Ordinal).Replace(":M", $":{_heard}", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/messages");
        if (filled.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(filled));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await (program ?? _program).SendAsync(request);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
}
