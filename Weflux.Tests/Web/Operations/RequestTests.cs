using System.Net;
using System.Text.RegularExpressions;
using Weflux.Tests.Support;

namespace Weflux.Tests.Web.Operations;

public sealed partial class RequestTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private WefluxHost Host => shared.Host;

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/not-found")]
    [InlineData("/health/live")]
    [InlineData("/app.css")]
    public async Task Every_answer_carries_the_security_headers_once(string path)
    {
        using var client = Host.NewClient();
        using var answer = await client.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Subject;
        policy.Should().Contain("default-src 'self'").And.Contain("frame-ancestors 'none'").And.Contain("frame-src 'self'");
        policy.Should().MatchRegex("script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}';");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").Should().Equal("same-origin");
        answer.Headers.Contains("Permissions-Policy").Should().BeTrue();
        answer.Headers.Contains("Server").Should().BeFalse();
    }

    [Fact]
    public async Task An_interactive_page_allows_its_import_map_and_what_brings_it_back_and_no_other_inline_script()
    {
        using var client = await Host.SignInAsync();
        using var answer = await client.GetAsync("/w/demo/inbox");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Subject;
        var page = await answer.Content.ReadAsStringAsync();

        var nonce = Nonce().Match(policy).Groups[1].Value;
        InlineScript().Matches(page).Select(m => WebUtility.HtmlDecode(m.Value)).Should().SatisfyRespectively(
            map => map.Should().Be($"<script type=\"importmap\" nonce=\"{nonce}\">"),
            comeBack => comeBack.Should().StartWith($"<script nonce=\"{nonce}\" "));
    }

    [Fact]
    public async Task The_phone_keeps_its_own_policy()
    {
        using var client = Host.NewClient();
        using var answer = await client.GetAsync("/simulator/phone");

        answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Which.Should().Contain("frame-ancestors 'self'");
    }

    [Theory]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", "http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", "null", HttpStatusCode.Forbidden)]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", "own", HttpStatusCode.OK)]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", null, HttpStatusCode.OK)]
    [InlineData("/_Blazor/negotiate?negotiateVersion=1", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("/hubs/inbox/negotiate", "https://evil.example", HttpStatusCode.Forbidden)]
    public async Task A_circuit_opens_only_from_a_page_of_ours(string path, string? origin, HttpStatusCode expected)
    {
        using var client = await Host.SignInAsync("admin@demo.test");
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "own" ? Host.Address.GetLeftPart(UriPartial.Authority) : origin);
        }

        using var answer = await client.SendAsync(request);
        answer.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task A_socket_from_a_foreign_page_is_not_upgraded()
    {
        using var client = Host.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_blazor");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        using var answer = await client.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    public async Task Only_our_own_host_names_are_answered(string name, HttpStatusCode expected)
    {
        using var client = Host.NewClient();
        client.DefaultRequestHeaders.Host = name;
        using var answer = await client.GetAsync("/sign-in");

        answer.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task Strangers_cannot_open_a_circuit_and_are_told_so_without_a_page()
    {
        using var client = Host.NewClient();
        using var answer = await client.PostAsync("/_blazor/negotiate?negotiateVersion=1", content: null);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Somebody_who_looks_for_a_missing_page_gets_a_page_and_a_program_gets_the_bare_status()
    {
        using var client = Host.NewClient();
        using var look = new HttpRequestMessage(HttpMethod.Get, "/nothing/here");
        look.Headers.Add("Accept", "text/html,application/xhtml+xml");
        using var page = await client.SendAsync(look);
        page.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await page.Content.ReadAsStringAsync()).Should().Contain("There is nothing here");

        using var bare = await client.PostAsync("/webhooks/whatsapp/nothing", content: null);
        bare.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await bare.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_is_told_to_anybody(string path)
    {
        using var client = Host.NewClient();
        (await client.GetStringAsync(path)).Should().Be("Healthy");
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script(?![^>]*\\bsrc=)[^>]*>")]
    private static partial Regex InlineScript();
}
