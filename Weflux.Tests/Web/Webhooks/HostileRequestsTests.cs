using System.Net;
using System.Text;
using Weflux.Tests.Support;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>Requests that nobody should send: too long, unsigned, under another name, with a false handshake.</summary>
public sealed class HostileRequestsTests(LoggedHost logged) : HostileWorld(logged), IClassFixture<LoggedHost>
{
    [Fact]
    public async Task A_body_of_exactly_the_most_bytes_is_taken_and_one_byte_more_is_not()
    {
        await SinceAsync();
        var sound = Encoding.UTF8.GetBytes(MetaWebhooks.TextFrom("wamid.full", "919900007004", "canary", Host.Clock.GetUtcNow()).ToJsonString());
        var full = new byte[WebhookIntake.MaxBodyBytes];
        Array.Fill(full, (byte)' ');
        sound.CopyTo(full, full.Length - sound.Length);

        (await Webhooks.PostAsync(full)).Should().Be(HttpStatusCode.OK);
        (await PostChunkedAsync(full)).Should().Be(HttpStatusCode.OK);
        (await Webhooks.PostAsync([.. full, (byte)' '])).Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await PostChunkedAsync([.. full, (byte)' '])).Should().Be(HttpStatusCode.RequestEntityTooLarge);

        (await SinceAsync()).Should().HaveCount(2);
        (await Host.MessagesAsync()).Should().ContainSingle(m => m.WhatsAppId == "wamid.full");
    }

    [Fact]
    public async Task Unsigned_bodies_of_any_shape_are_refused_and_leave_nothing_behind()
    {
        await SinceAsync();
        foreach (var file in (CorpusFile[])[.. Corpus.Unreadable, .. Corpus.Poison.Take(20)])
        {
            (await Webhooks.PostAsync(file.Body, "sha256=" + new string('0', 64))).Should().Be(HttpStatusCode.Unauthorized, $"{file} is not signed");
        }

        (await SinceAsync()).Should().BeEmpty();
        TellNobody();
    }

    [Fact]
    public async Task Headers_of_any_shape_are_refused()
    {
        var body = Corpus.Sound[0].Body;
        var good = Webhooks.Sign(body);
        await SinceAsync();

        (await PostWithAsync(body)).Should().Be(HttpStatusCode.Unauthorized);
        (await PostWithAsync(body, good, good)).Should().Be(HttpStatusCode.Unauthorized);
        (await PostWithAsync(body, $"{good},{good}")).Should().Be(HttpStatusCode.Unauthorized);
        (await PostWithAsync(body, $"{good}, sha1=x")).Should().Be(HttpStatusCode.Unauthorized);
        (await PostWithAsync(body, good.Replace("sha256=", "SHA256=", StringComparison.Ordinal))).Should().Be(HttpStatusCode.Unauthorized);
        (await PostWithAsync(body, good[..^1])).Should().Be(HttpStatusCode.Unauthorized);
        ((int)await PostWithAsync(body, new string('a', 1024 * 1024))).Should().BeInRange(400, 499);

        (await SinceAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("", 403)]
    [InlineData("?hub.mode=subscribe", 403)]
    [InlineData("?hub.verify_token=demo-verify-token", 403)]
    [InlineData("?hub.mode=SUBSCRIBE&hub.verify_token=demo-verify-token&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=Demo-Verify-Token&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=demo-verify-token%00&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=demo-verify-token%20&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=x&hub.verify_token=demo-verify-token&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.mode=subscribe&hub.verify_token=demo-verify-token&hub.challenge=1", 403)]
    [InlineData("?hub.mode[]=subscribe&hub.verify_token[]=demo-verify-token&hub.challenge[]=1", 403)]
    [InlineData("?hub_mode=subscribe&hub_verify_token=demo-verify-token&hub_challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=%ff%fe&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=%F0%9F%A6%9C&hub.challenge=1", 403)]
    [InlineData("?%&=&&&;hub.mode=%zz", 403)]
    public async Task A_hostile_handshake_gets_nothing(string query, int status)
    {
        using var answer = await Client.GetAsync(new Uri(Host.Address, "/webhooks/whatsapp/demo" + query));

        ((int)answer.StatusCode).Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("demo%00")]
    [InlineData("DEMO")]
    [InlineData("demo%20")]
    [InlineData("%E2%80%AEdemo")]
    [InlineData("..%2Fdemo")]
    public async Task A_key_of_nobody_is_not_found(string key)
    {
        using var answer = await Client.GetAsync(
            new Uri(Host.Address, $"/webhooks/whatsapp/{key}?hub.mode=subscribe&hub.verify_token=demo-verify-token&hub.challenge=1"));

        ((int)answer.StatusCode).Should().BeOneOf(400, 404);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("1158201444");
    }

    [Fact]
    public async Task A_challenge_comes_back_as_bare_text_whatever_it_holds()
    {
        const string Challenge = "<script>alert(1)</script>\r\nSet-Cookie: a=b\0\u202e";
        using var answer = await Client.GetAsync(
            $"/webhooks/whatsapp/demo?hub.mode=subscribe&hub.verify_token=demo-verify-token&hub.challenge={Uri.EscapeDataString(Challenge)}");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
        (await answer.Content.ReadAsStringAsync()).Should().Be(Challenge);
    }

    private async Task<HttpStatusCode> PostChunkedAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp/demo") { Content = new StreamContent(new MemoryStream(body)) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;
        request.Headers.TryAddWithoutValidation(WebhookSignature.Header, Webhooks.Sign(body));
        using var answer = await Client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> PostWithAsync(byte[] body, params string[] signatures)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp/demo") { Content = new ByteArrayContent(body) };
        foreach (var signature in signatures)
        {
            request.Headers.TryAddWithoutValidation(WebhookSignature.Header, signature);
        }

        using var answer = await Client.SendAsync(request);
        return answer.StatusCode;
    }
}
