using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Api;

namespace Weflux.Tests.Web.Isolation;

/// <summary>The headers of every endpoint there is, asked by nobody, by a person and by a program.</summary>
public sealed class HeadersTests(SharedHost shared) : IClassFixture<SharedHost>
{
    // Streams that never end are asked too, but only their head is read.
    private static readonly string[] OwnPolicy = ["/simulator"];

    private WefluxHost Host => shared.Host;

    [Fact]
    public async Task Every_endpoint_sends_each_header_once_whoever_asks_and_whatever_the_answer()
    {
        using var person = await Host.SignInAsync("admin@demo.test");
        using var program = Host.NewApiClient();
        using var nobody = Host.NewClient();
        var addresses = Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(Address).Concat(["/nothing/here", "/api/v1/nothing", "/webhooks/nothing", "/hubs/nothing", "/app.css", "/.well-known/x"])
            .Distinct(StringComparer.Ordinal).Where(a => !a.Contains(".gz", StringComparison.Ordinal) && !a.Contains(".br", StringComparison.Ordinal)).ToList();
        addresses.Should().HaveCountGreaterThan(40);
        foreach (var address in addresses)
        {
            foreach (var (client, method) in new[] { (nobody, "GET"), (nobody, "POST"), (person, "GET"), (program, "GET"), (nobody, "HEAD"), (nobody, "OPTIONS") })
            {
                if (address == "/sign-out" && client == person)
                {
                    continue;
                }

                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                request.Headers.Add("Accept", "text/html,*/*");
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                Check(answer, $"{method} {address} ({(int)answer.StatusCode})", isSimulator: Array.Exists(OwnPolicy, p => address.StartsWith(p, StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task An_error_page_carries_them_too()
    {
        using var client = Host.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/error");
        using var answer = await client.SendAsync(request);
        Check(answer, "/error", isSimulator: false);
    }

    private static void Check(HttpResponseMessage answer, string what, bool isSimulator)
    {
        var policy = Single(answer, "Content-Security-Policy", what);
        if (what.Contains(" /webhooks/", StringComparison.Ordinal))
        {
            policy.Should().Be("default-src 'none'; frame-ancestors 'none'", what);
        }
        else if (!isSimulator)
        {
            policy.Should().StartWith("base-uri 'self'; default-src 'self'; object-src 'none'; img-src 'self' data: blob:; media-src 'self' blob:; script-src 'self' 'nonce-", what)
                .And.EndWith("connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'", what)
                .And.NotContain("unsafe-eval", what);
        }

        policy.Should().NotContain("script-src 'self' 'unsafe-inline'", what).And.NotContain("*", what);
        Single(answer, "X-Content-Type-Options", what).Should().Be("nosniff");
        Single(answer, "Referrer-Policy", what).Should().Be("same-origin");
        Single(answer, "Cross-Origin-Opener-Policy", what).Should().Be("same-origin");
        Single(answer, "Permissions-Policy", what).Should().Contain("camera=()");
        answer.Headers.Contains("Server").Should().BeFalse(what);
        answer.Headers.Contains("X-Powered-By").Should().BeFalse(what);
        answer.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse(what);
    }

    private static string Single(HttpResponseMessage answer, string name, string what)
    {
        answer.Headers.TryGetValues(name, out var values).Should().BeTrue("{0} has no {1}", what, name);
        return values!.Should().ContainSingle(what).Subject;
    }

    private static string Address(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        _ => "1",
    }))));
}
