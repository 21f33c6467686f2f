using System.Net;
using Weflux.Tests.Support;
using Weflux.Web.Demo;

namespace Weflux.Tests.Web.Account;

public sealed class CookieTests
{
    [Fact]
    public async Task Under_https_the_cookies_belong_to_this_host_alone()
    {
        await using var host = await StartBehindProxyAsync();
        using var client = NewBrowser(host);
        using var answer = await SignInAsync(client);

        var session = SetCookie(answer, "__Host-weflux=");
        session.Should().Contain("secure").And.Contain("httponly").And.Contain("samesite=lax").And.Contain("path=/").And.NotContain("domain=");
    }

    [Fact]
    public async Task A_cookie_with_an_encoded_prefix_is_not_the_session()
    {
        await using var host = await StartBehindProxyAsync();
        using var client = NewBrowser(host);
        using var answer = await SignInAsync(client);
        var value = SetCookie(answer, "__Host-weflux=").Split(';')[0]["__Host-weflux=".Length..];

        (await StatusAsync(client, $"__Host-weflux={value}")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(client, $"%5F%5FHost-weflux={value}")).Should().Be(HttpStatusCode.Redirect);
        (await StatusAsync(client, $"weflux={value}")).Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_page_that_arrives_without_https_is_refused_in_words()
    {
        await using var host = await StartBehindProxyAsync();
        using var client = host.NewClient();
        using var page = await client.GetAsync("/sign-in");
        using var health = await client.GetAsync("/health/ready");

        page.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await page.Content.ReadAsStringAsync()).Should().Contain("Weflux:KnownProxies");
        health.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_proxy_that_is_not_known_is_not_believed()
    {
        await using var host = await StartBehindProxyAsync(knownProxy: "192.0.2.1");
        using var client = NewBrowser(host);
        using var page = await client.GetAsync("/sign-in");

        page.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task On_plain_loopback_the_cookie_has_a_plain_name()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = host.NewClient();
        using var answer = await WefluxHost.PostSignInAsync(client, "agent@demo.test", DemoWorkspaces.Password);

        SetCookie(answer, "weflux=").Should().Contain("httponly").And.Contain("samesite=lax").And.NotContain("secure");
    }

    [Fact]
    public async Task A_changed_cookie_is_no_session()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = host.NewClient();
        using var answer = await WefluxHost.PostSignInAsync(client, "agent@demo.test", DemoWorkspaces.Password);
        var value = SetCookie(answer, "weflux=").Split(';')[0]["weflux=".Length..];
        using var bare = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Address };

        (await StatusAsync(bare, $"weflux={value}")).Should().Be(HttpStatusCode.OK);
        for (var at = 0; at < value.Length; at += 7)
        {
            var changed = value[..at] + (value[at] == 'A' ? 'B' : 'A') + value[(at + 1)..];
            (await StatusAsync(bare, $"weflux={changed}")).Should().Be(HttpStatusCode.Redirect, $"character {at} was changed");
        }
    }

    [Fact]
    public async Task A_changed_security_stamp_ends_the_session_within_a_minute()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync("agent@demo.test");
        await Given.NewSecurityStampAsync(host, "agent@demo.test");
        host.Clock.Advance(TimeSpan.FromSeconds(61));

        using var page = await client.GetAsync("/w/demo/inbox");
        page.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    private static Task<WefluxHost> StartBehindProxyAsync(string knownProxy = "127.0.0.1") => WefluxHost.StartAsync(options =>
    {
        options.Settings["Weflux:PublicAddress"] = "https://inbox.example.com";
        options.Settings["Weflux:KnownProxies:0"] = knownProxy;
    });

    /// <summary>Talks through a proxy that speaks https, and handles cookies itself, because the wire here is http.</summary>
    private static HttpClient NewBrowser(WefluxHost host)
    {
#pragma warning disable CA2000 // The client owns and disposes the handler.
        var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Address };
#pragma warning restore CA2000
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Host = "inbox.example.com";
        return client;
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser)
    {
        using var page = await browser.GetAsync("/sign-in");
        browser.DefaultRequestHeaders.Add("Cookie", SetCookie(page, "__Host-weflux-form=").Split(';')[0]);
        var answer = await WefluxHost.PostSignInAsync(browser, "agent@demo.test", DemoWorkspaces.Password);
        browser.DefaultRequestHeaders.Remove("Cookie");
        return answer;
    }

    private static string SetCookie(HttpResponseMessage answer, string start) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(start, StringComparison.Ordinal));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/w/demo/inbox");
        request.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
