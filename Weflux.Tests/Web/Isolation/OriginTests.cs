using System.Net;
using Weflux.Tests.Support;

namespace Weflux.Tests.Web.Isolation;

/// <summary>A circuit and a hub connection open only from a page of ours, by every transport.</summary>
public sealed class OriginTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private WefluxHost Host => shared.Host;

    public static TheoryData<string> Foreign =>
    [
        "https://evil.example", "null", "", "http://evil.localhost", "http://localhost.evil.example", "file://",
        "PORT+1", "HTTPS", "USER", "TRAILING", "SUBDOMAIN", "TWICE", "PATH",
    ];

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_foreign_page_opens_nothing_by_any_transport(string kind)
    {
        using var session = await Host.SignInAsync("admin@demo.test");
        foreach (var socket in new[] { "/_blazor", "/hubs/inbox", "/_BLAZOR", "/Hubs/Inbox", "/%5Fblazor", "/hubs%2Finbox" })
        {
            foreach (var request in Requests(socket))
            {
                foreach (var origin in Origins(kind))
                {
                    request.Headers.TryAddWithoutValidation("Origin", origin);
                }

                using (request)
                using (var answer = await session.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
                {
                    if (socket.Contains("%2F", StringComparison.Ordinal))
                    {
                        // Not an address of ours at all.
                        ((int)answer.StatusCode).Should().BeInRange(400, 499);
                        continue;
                    }

                    answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, "{0} {1} from {2}", request.Method, request.RequestUri, kind);
                    answer.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
                }
            }
        }
    }

    [Theory]
    [InlineData("/_blazor")]
    [InlineData("/hubs/inbox")]
    public async Task Our_own_page_and_a_program_without_an_origin_negotiate(string socket)
    {
        using var session = await Host.SignInAsync("admin@demo.test");
        foreach (var origin in new[] { null, Host.Address.GetLeftPart(UriPartial.Authority) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{socket}/negotiate?negotiateVersion=1");
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var answer = await session.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task With_a_public_address_a_sibling_of_it_is_foreign()
    {
        await using var host = await WefluxHost.StartAsync(o => o.Settings["Weflux:PublicAddress"] = "http://inbox.example.com");
        using var client = host.NewClient();
        foreach (var (origin, expected) in new[]
        {
            ("http://inbox.example.com", HttpStatusCode.Unauthorized),
            ("http://www.inbox.example.com", HttpStatusCode.Forbidden),
            ("http://example.com", HttpStatusCode.Forbidden),
            ("http://shop.example.com", HttpStatusCode.Forbidden),
            ("http://inbox.example.com:8080", HttpStatusCode.Forbidden),
            ("https://inbox.example.com", HttpStatusCode.Forbidden),
            ("http://inbox.example.com.", HttpStatusCode.Forbidden),
            ("http://inbox.example.com.evil.example", HttpStatusCode.Forbidden),
        })
        {
            foreach (var socket in new[] { "/_blazor", "/hubs/inbox" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{socket}/negotiate?negotiateVersion=1");
                request.Headers.Host = "inbox.example.com";
                request.Headers.Add("Origin", origin);
                using var answer = await client.SendAsync(request);
                answer.StatusCode.Should().Be(expected, "{0} to {1}", origin, socket);
            }
        }
    }

    private static IEnumerable<HttpRequestMessage> Requests(string socket)
    {
        yield return new HttpRequestMessage(HttpMethod.Post, $"{socket}/negotiate?negotiateVersion=1");
        var upgrade = new HttpRequestMessage(HttpMethod.Get, socket);
        upgrade.Headers.Add("Connection", "Upgrade");
        upgrade.Headers.Add("Upgrade", "websocket");
        upgrade.Headers.Add("Sec-WebSocket-Version", "13");
        upgrade.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        yield return upgrade;
        yield return new HttpRequestMessage(HttpMethod.Get, $"{socket}?id=abc");
        var events = new HttpRequestMessage(HttpMethod.Get, $"{socket}?id=abc");
        events.Headers.Add("Accept", "text/event-stream");
        yield return events;
        yield return new HttpRequestMessage(HttpMethod.Post, $"{socket}?id=abc") { Content = new StringContent("{}") };
        yield return new HttpRequestMessage(HttpMethod.Delete, $"{socket}?id=abc");
        yield return new HttpRequestMessage(HttpMethod.Options, $"{socket}/negotiate");
    }

    private IEnumerable<string> Origins(string kind)
    {
        var own = Host.Address;
        return kind switch
        {
            "PORT+1" => [$"{own.Scheme}://{own.Host}:{own.Port + 1}"],
            "HTTPS" => [$"https://{own.Authority}"],
            "USER" => [$"http://user@{own.Authority}"],
            "TRAILING" => [$"http://{own.Host}.:{own.Port}"],
            "SUBDOMAIN" => [$"http://app.{own.Authority}"],
            "TWICE" => ["https://evil.example", $"http://{own.Authority}"],
            "PATH" => [$"http://{own.Authority}/"],
            _ => [kind],
        };
    }
}
