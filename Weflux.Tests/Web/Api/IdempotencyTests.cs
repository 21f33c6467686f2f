using System.Net;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;

namespace Weflux.Tests.Web.Api;

/// <summary>Programs that repeat a request: the same name sends once.</summary>
public sealed class IdempotencyTests : SendWorld
{
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
        (await Host.MessagesAsync()).Should().HaveCount(2);
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
        (await Host.MessagesAsync()).Should().HaveCount(3);
    }

    [Fact]
    public async Task Two_programs_may_call_their_requests_the_same_and_after_a_day_a_name_is_free()
    {
        const string body = """{"conversationId":C,"type":"text","text":{"body":"Hi"}}""";
        using var other = Host.NewApiClient((await Host.IssueKeyAsync(["messages:send"])).Key);
        using var mine = await PostAsync(body, "k");
        using var theirs = await PostAsync(body, "k", other);
        (await ReadAsync(mine)).GetProperty("id").GetInt64().Should().NotBe((await ReadAsync(theirs)).GetProperty("id").GetInt64());

        Host.Clock.Advance(TimeSpan.FromHours(23));
        using var stillMine = await PostAsync(body, "k");
        (await ReadAsync(stillMine)).GetProperty("id").GetInt64().Should().Be((await ReadAsync(mine)).GetProperty("id").GetInt64());
        Host.Clock.Advance(TimeSpan.FromMinutes(30));
        using var client = Host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.api.2", Phone, "still there?", Host.Clock.GetUtcNow()));
        await Host.SettledAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(31));
        using var free = await PostAsync(body, "k");
        (await ReadAsync(free)).GetProperty("id").GetInt64().Should().NotBe((await ReadAsync(mine)).GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_document_without_words_is_sent_once_for_one_key_even_at_once()
    {
        using var upload = await Program.PostFileAsync("/api/v1/media", Samples.Pdf, "invoice.pdf");
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
        (await Host.MessagesAsync()).Count(m => m.Direction == MessageDirection.Out).Should().Be(1);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("256")]
    public async Task A_key_has_at_most_255_visible_characters(string key)
    {
        using var answer = await PostAsync("""{"conversationId":C,"type":"text","text":{"body":"x"}}""", key == "256" ? new string('k', 256) : key);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }
}
