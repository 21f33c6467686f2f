using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Account;

namespace Weflux.Tests.Web.App;

public sealed class ShellTests(SharedHost shared, Browser browser) : IClassFixture<SharedHost>, IClassFixture<Browser>
{
    private WefluxHost Host => shared.Host;

    [Fact]
    public async Task The_shell_comes_alive_under_the_strict_policy_without_a_complaint_or_a_foreign_request()
    {
        var page = await browser.NewPageAsync(Host);
        var foreign = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Host.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                foreign.Add(request.Url);
            }
        };
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Daniel Okafor" }).ClickAsync();
        await page.Locator(".topbar-person", new() { HasText = "Daniel Okafor" }).WaitForAsync();
        new Uri(page.Url).AbsolutePath.Should().Be("/w/demo/inbox");

        await page.GetByRole(AriaRole.Button, new() { Name = "Pretend phone" }).ClickAsync();
        await page.FrameLocator(".wf-phone iframe").GetByText("This phone is pretend").WaitForAsync();

        foreign.Should().BeEmpty();
        browser.Complaints.Should().BeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_workspace_of_others_looks_like_one_that_does_not_exist()
    {
        var page = await browser.SignInAsync(Host, "agent@demo.test");
        await page.GotoAsync("/w/demo-two/inbox");
        await page.GetByText("There is nothing here").WaitForAsync();
        var theirs = await page.Locator(".wf-notice").InnerTextAsync();
        await page.GotoAsync("/w/no-such-place/inbox");
        await page.GetByText("There is nothing here").WaitForAsync();

        (await page.Locator(".wf-notice").InnerTextAsync()).Should().Be(theirs);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_somebody_chooses_and_then_stays()
    {
        var page = await browser.SignInAsync(Host, "agent2@demo.test", ColorScheme.Dark);
        (await ThemeAsync(page)).Should().Be("dark");

        await page.Locator(".topbar-icon[data-theme-toggle]").ClickAsync();
        (await ThemeAsync(page)).Should().Be("light");
        await page.ReloadAsync();
        await page.Locator(".topbar-person").WaitForAsync();
        (await ThemeAsync(page)).Should().Be("light");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Signing_out_from_the_menu_leads_to_the_sign_in_page()
    {
        var page = await browser.SignInAsync(Host, "admin@demo.test");
        await page.Locator(".topbar-person").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();

        await page.GotoAsync("/w/demo/inbox");
        new Uri(page.Url).AbsolutePath.Should().Be("/sign-in");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_open_page_is_left_when_the_session_was_ended_elsewhere()
    {
        await using var host = await WefluxHost.StartAsync(options => options.Services = services =>
            services.ConfigureAll<SecurityStampValidatorOptions>(validation => validation.ValidationInterval = TimeSpan.FromSeconds(1)));
        var page = await browser.SignInAsync(host, "manager@demo.test");
        await Given.NewSecurityStampAsync(host, "manager@demo.test");

        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_first_page_leads_to_the_inbox_before_any_circuit_and_tells_who_has_none()
    {
        using var client = await Host.SignInAsync("agent2@demo.test");
        using var home = await client.GetAsync("/");
        new Uri(Host.Address, home.Headers.Location!).AbsolutePath.Should().Be("/w/demo/inbox");

        await Given.PersonWithoutWorkspaceAsync(Host, "newcomer@example.com");
        using var newcomer = await Host.SignInAsync("newcomer@example.com");
        (await newcomer.GetStringAsync("/")).Should().Contain("No workspace yet").And.Contain("action=\"/sign-out\"");
    }

    private static async Task<string?> ThemeAsync(IPage page) => await page.Locator("html").GetAttributeAsync("data-theme");
}
