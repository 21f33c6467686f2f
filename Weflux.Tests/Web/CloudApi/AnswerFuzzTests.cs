using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.CloudApi;

/// <summary>Whatever the platform answers, a call ends in one of the results that the outbox knows.</summary>
public sealed class AnswerFuzzTests(AnswerFuzzTests.AnsweringHost answering) : IClassFixture<AnswerFuzzTests.AnsweringHost>
{
    private static readonly string[] Sound =
    [
        """{"messaging_product":"whatsapp","contacts":[{"input":"+15550100042","wa_id":"15550100042"}],"messages":[{"id":"wamid.NEW=","message_status":"accepted"}]}""",
        """{"error":{"message":"(#131047) Re-engagement message","type":"OAuthException","code":131047,"error_subcode":2494055,"error_data":{"messaging_product":"whatsapp","details":"More than 24 hours"},"fbtrace_id":"A"}}""",
        """{"error":{"message":"(#130429) Rate limit hit","type":"OAuthException","code":130429,"is_transient":true}}""",
        """{"data":[{"id":"1","name":"visit","language":"en_US","status":"APPROVED","category":"UTILITY","parameter_format":"NAMED","components":[{"type":"HEADER","format":"TEXT","text":"Hi"},{"type":"BODY","text":"Hi {{name}}"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Open","url":"https://example.invalid/{{1}}"}]}]}],"paging":{"cursors":{"before":"a","after":"b"},"next":"https://example.invalid"}}""",
    ];

    private static readonly string[] Tokens =
    [
        "null", "{}", "[]", "\"\"", "-1", "1e999", "true", "\"\\ud800\"", "\\udead", "[[[[]]]]", "99999999999999999999", "\\", "\"", "\0", "\u00ff", ",", ":", "}", "]", "\u00ef\u00bb\u00bf",
    ];

    private static readonly Gen<byte[]> Bodies = Gen.Select(
        Gen.OneOf(Sound),
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 12], Gen.OneOf(Gen.OneOf(Tokens).Select(Encoding.Latin1.GetBytes), Gen.Byte.Array[1, 4])).Array[0, 5],
        (sound, edits) =>
        {
            var body = Encoding.UTF8.GetBytes(sound).ToList();
            foreach (var (at, length, token) in edits)
            {
                var from = (int)(at * body.Count);
                body.RemoveRange(from, Math.Min(length, body.Count - from));
                body.InsertRange(from, token);
            }

            return body.ToArray();
        });

    private readonly GraphStub _graph = answering.Graph;
    private readonly Connection _connection = answering.Connection;

    private CloudApiClient Client => answering.Host.Services.GetRequiredService<CloudApiClient>();

    [Fact]
    public async Task Every_answer_to_a_send_is_one_of_the_results() =>
        await Gen.Select(Bodies, Gen.OneOf(200, 200, 200, 201, 302, 400, 401, 404, 429, 500, 503)).SampleAsync(
            async (body, status) =>
            {
                var result = await SendAsync(status, body);

                switch (result)
                {
                    case Accepted accepted:
                        status.Should().BeInRange(200, 299);
                        accepted.WhatsAppId.Length.Should().BeInRange(1, 256);
                        break;
                    case Rejected rejected:
                        status.Should().BeInRange(300, 499);
                        PlatformErrors.Classify(rejected.Fault.Code).Should().NotBe(PlatformErrorClass.Temporary);
                        break;
                    case RetryLater later:
                        status.Should().BeGreaterThanOrEqualTo(300);
                        PlatformErrors.Classify(later.Fault.Code).Should().Be(PlatformErrorClass.Temporary);
                        break;
                    default:
                        result.Should().BeOfType<Unknown>("the message had begun to leave");
                        break;
                }
            },
            iter: Fuzz.Iterations(300),
            threads: 1);

    [Theory]
    [InlineData("")]
    [InlineData("<html>502</html>")]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"messages":[null]}""")]
    [InlineData("""{"messages":{"id":"wamid.1"}}""")]
    [InlineData("""{"messages":[{"id":1}]}""")]
    [InlineData("""{"messages":[{"id":""}]}""")]
    [InlineData("""{"error":{"code":131047}}""")]
    public async Task A_success_without_an_id_may_have_arrived(string body) =>
        (await SendAsync(200, Encoding.UTF8.GetBytes(body))).Should().BeOfType<Unknown>();

    [Fact]
    public async Task A_success_with_half_a_pair_beside_the_id_is_accepted() =>
        (await SendAsync(200, Encoding.UTF8.GetBytes("""{"\ud800":"\udead","messages":[{"\udc00":1,"id":"wamid.1"}]}"""))).Should().Be(new Accepted("wamid.1"));

    [Fact]
    public async Task Every_list_of_templates_is_read_or_refused() =>
        await Bodies.SampleAsync(
            async body =>
            {
                _graph.Reading = context => AnswerAsync(context, 200, body);
                try
                {
                    using var page = await Client.GetAsync(_connection, "1/message_templates", CancellationToken.None);
                    TemplateReader.Read(page.RootElement).ToList().Should().NotContainNulls();
                    _ = TemplateReader.NextCursor(page.RootElement);
                }
                catch (CloudApiException)
                {
                    // The platform could not be understood: an expected end.
                }
            },
            iter: Fuzz.Iterations(300),
            threads: 1);

    private Task<SendResult> SendAsync(int status, byte[] body)
    {
        _graph.Answer = (context, _, _) => AnswerAsync(context, status, body);
        return Client.SendAsync(_connection, new Recipient("+15550100042", null), new TextContent("hi"), Guid.NewGuid(), CancellationToken.None);
    }

    private static async Task AnswerAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(body);
    }

    /// <summary>A host whose platform answers as a test says.</summary>
    public sealed class AnsweringHost : IAsyncLifetime
    {
        public GraphStub Graph { get; private set; } = null!;

        public WefluxHost Host { get; private set; } = null!;

        public Connection Connection { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Graph = await GraphStub.StartAsync();
            Host = await WefluxHost.StartAsync(o =>
            {
                o.Settings["Weflux:CloudApi:BaseAddress"] = Graph.Address.ToString();
                o.Settings["Logging:LogLevel:Weflux"] = "Error";
            });
            await Host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
            Connection = await Host.ReadAsync(db => db.Set<Connection>().AsNoTracking().SingleAsync());
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Graph.DisposeAsync();
        }
    }
}
