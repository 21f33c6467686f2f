using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Demo;

namespace Weflux.Tests.Web.Account;

public sealed class SignInTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private WefluxHost Host => shared.Host;

    [Fact]
    public async Task The_right_password_opens_the_page_that_was_asked_for()
    {
        using var client = Host.NewClient();
        using var refused = await client.GetAsync("/w/demo/inbox");
        refused.Headers.Location!.ToString().Should().Be("/sign-in?returnUrl=%2Fw%2Fdemo%2Finbox");

        using var answer = await WefluxHost.PostSignInAsync(client, "Agent@demo.test ", DemoWorkspaces.Password, "/w/demo/inbox");

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        new Uri(Host.Address, answer.Headers.Location!).Should().Be(new Uri(Host.Address, "/w/demo/inbox"));
        using var page = await client.GetAsync("/w/demo/inbox");
        page.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_wrong_password_is_said_plainly_and_keeps_the_name_but_not_the_password()
    {
        using var client = Host.NewClient();
        using var answer = await WefluxHost.PostSignInAsync(client, "manager@demo.test", "nearly-right-1");

        (await WefluxHost.AlertAsync(answer)).Should().Be("That e-mail address and password do not match. Check both and try again.");
        var page = await answer.Content.ReadAsStringAsync();
        page.Should().Contain("value=\"manager@demo.test\"").And.NotContain("nearly-right-1");
        using var inbox = await client.GetAsync("/w/demo/inbox");
        inbox.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Known_and_unknown_names_get_the_same_answers_until_both_are_locked()
    {
        var known = await TryUntilLockedAsync("agent2@demo.test");
        var unknown = await TryUntilLockedAsync("nobody@demo.test");

        unknown.Should().Equal(known);
        known.Take(4).Should().AllBe("That e-mail address and password do not match. Check both and try again.");
        known.Skip(4).Should().AllBe("There were too many wrong passwords for this account. Try again in 15 minutes.");
    }

    [Fact]
    public async Task Refusing_takes_as_long_for_a_known_name_as_for_an_unknown_one()
    {
        using var client = Host.NewClient();
        (await WefluxHost.PostSignInAsync(client, "warm@demo.test", "wrong")).Dispose();
        var known = await TimeAsync(client, "admin@demo.test");
        var unknown = await TimeAsync(client, "stranger@demo.test");

        // Both end when the half second ends, whatever work was behind it.
        known.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(490));
        unknown.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(490));
    }

    [Fact]
    public async Task A_locked_person_is_refused_even_with_the_right_password_and_let_in_when_the_time_is_over()
    {
        await TryUntilLockedAsync("agent@demo-two.test");
        using var client = Host.NewClient();
        using var locked = await WefluxHost.PostSignInAsync(client, "agent@demo-two.test", DemoWorkspaces.Password);
        locked.StatusCode.Should().Be(HttpStatusCode.OK);

        await using (var db = Host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem())
        {
            await db.Set<WefluxUser>().Where(u => u.Email == "agent@demo-two.test")
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutEnd, TimeProvider.System.GetUtcNow().AddSeconds(-1)));
        }

        using var open = await WefluxHost.PostSignInAsync(client, "agent@demo-two.test", DemoWorkspaces.Password);
        open.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_password_beyond_the_limit_is_refused_without_being_checked()
    {
        using var client = Host.NewClient();
        using var answer = await WefluxHost.PostSignInAsync(client, "admin@demo.test", new string('x', PasswordLimit.Highest + 1));

        (await WefluxHost.AlertAsync(answer)).Should().Be("A password has at most 256 characters.");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    public async Task Nobody_is_sent_elsewhere_after_signing_in(string returnUrl)
    {
        using var client = Host.NewClient();
        using var answer = await WefluxHost.PostSignInAsync(client, "admin@demo.test", DemoWorkspaces.Password, returnUrl);

        new Uri(Host.Address, answer.Headers.Location!).Should().Be(Host.Address);
    }

    [Fact]
    public async Task Signing_in_needs_the_token_of_the_form()
    {
        using var client = Host.NewClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["Input.Email"] = "admin@demo.test",
            ["Input.Password"] = DemoWorkspaces.Password,
        });
        using var answer = await client.PostAsync("/sign-in", form);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task One_click_signs_in_as_a_person_of_the_demo_and_as_nobody_else()
    {
        using var client = Host.NewClient();
        using var demo = await PostDemoAsync(client, "manager@demo.test");
        demo.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using var page = await client.GetAsync("/w/demo/inbox");
        page.StatusCode.Should().Be(HttpStatusCode.OK);

        using var other = Host.NewClient();
        using var refused = await PostDemoAsync(other, "somebody@example.com");
        refused.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Signing_out_needs_the_token_and_ends_the_session()
    {
        using var client = await Host.SignInAsync("admin@demo.test");
        using var forged = await client.PostAsync("/sign-out", content: null);
        forged.Location().Should().Be("/", "the page comes anew");
        (await client.IsSignedInAsync()).Should().BeTrue();

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = await WefluxHost.FormTokenAsync(client, "/w/demo/inbox"),
        });
        using var answer = await client.PostAsync("/sign-out", form);
        answer.Headers.Location!.ToString().Should().Be("/sign-in");
        using var page = await client.GetAsync("/w/demo/inbox");
        page.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    private static async Task<HttpResponseMessage> PostDemoAsync(HttpClient client, string email)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = await WefluxHost.FormTokenAsync(client, "/sign-in"),
            ["email"] = email,
        });
        return await client.PostAsync("/demo/sign-in", form);
    }

    private static async Task<TimeSpan> TimeAsync(HttpClient client, string email)
    {
        var watch = Stopwatch.StartNew();
        (await WefluxHost.PostSignInAsync(client, email, "wrong")).Dispose();
        return watch.Elapsed;
    }

    private async Task<List<string>> TryUntilLockedAsync(string email)
    {
        using var client = Host.NewClient();
        var answers = new List<string>();
        for (var attempt = 0; attempt < Lockout.Tries + 1; attempt++)
        {
            using var answer = await WefluxHost.PostSignInAsync(client, email, "wrong");
            answers.Add(await WefluxHost.AlertAsync(answer));
        }

        return answers;
    }
}
