using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Numbers;
using Weflux.Web.Connections;
using Weflux.Web.Demo;
using Weflux.Web.Security;

namespace Weflux.Tests.Journeys;

/// <summary>An Admin of a new workspace connects a number, sees it break, mends it and changes its secret. Meanwhile everything is logged, and no secret may stand there.</summary>
public sealed class ConnectNumberTests(Chromium chromium) : Journey(chromium)
{
    private const string Settings = $"/w/{NumberWorld.Slug}/settings/numbers";
    private readonly HostLog _log = new();

    [Fact]
    public async Task A_number_is_connected_breaks_is_mended_and_its_secret_changed_without_a_secret_in_the_log()
    {
        await NumberWorld.FreshAsync(Host);
        await using var world = new NumberWorld(Host);
        var page = await SignInToFreshAsync();
        await page.GotoAsync(Settings);
        await Expect(page.GetByText("No number is connected yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Connect a number" }).ClickAsync();

        await TypeAsync(page, "#app-id", PracticeNumbers.AppId);
        await TypeAsync(page, "#waba", PracticeNumbers.WabaId);
        await TypeAsync(page, "#number", "+91 80000 90009");
        await Expect(page.Locator("#number-error")).ToContainTextAsync("This looks like a phone number.");
        await TypeAsync(page, "#number", NumberWorld.Number);
        await TypeAsync(page, "#secret", PracticeNumbers.AppSecret);
        await page.ReloadAsync();
        await Expect(page.Locator("#number")).ToHaveValueAsync(NumberWorld.Number);
        await Expect(page.Locator("#app-id")).ToHaveValueAsync(PracticeNumbers.AppId);
        await Expect(page.Locator("#secret")).ToHaveValueAsync("");

        await TypeAsync(page, "#token", "EAAnonsense");
        await Expect(page.Locator("[data-check=Token]")).ToContainTextAsync("This is not a token that Meta knows.");
        await TypeAsync(page, "#token", PracticeNumbers.AccessToken);
        await TypeAsync(page, "#secret", PracticeNumbers.AppSecret);
        await Expect(page.Locator("[data-check=Number][data-state=Good]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();

        await Expect(page.Locator(".state-pill")).ToHaveTextAsync("Waiting for the first message");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up webhooks" }).ClickAsync();
        await Expect(page.Locator("[data-heard=yes]")).ToContainTextAsync("Heard from Meta ✓");
        await Expect(page.Locator(".state-pill")).ToHaveTextAsync("Waiting for the first message");
        await world.CustomerSaysAsync("Hello, is anybody there?");
        await Expect(page.Locator(".state-pill")).ToHaveTextAsync("Connected");

        var newToken = await BreakAndMendAsync(world, page);
        await ChangeSecretAsync(world, page);

        var verifyToken = await VerifyTokenAsync();
        _log.Lines.Should().NotBeEmpty();
        foreach (var secret in new[] { PracticeNumbers.AccessToken, PracticeNumbers.AppSecret, newToken, "changed-app-secret", verifyToken, "EAAnonsense" })
        {
            _log.Lines.Where(line => line.Contains(secret, StringComparison.Ordinal)).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Others_than_admins_see_neither_the_menu_nor_the_pages()
    {
        var screen = await SignInAsync(Manager);

        foreach (var path in new[] { "/w/demo/settings/numbers", "/w/demo/settings/numbers/new", "/w/demo/settings/numbers/1" })
        {
            await screen.Page.GotoAsync(path);
            await Expect(screen.Page.GetByRole(AriaRole.Heading, new() { Name = "You may not see this" })).ToBeVisibleAsync();
            await Expect(screen.Page.GetByRole(AriaRole.Link, new() { Name = "Numbers", Exact = true })).ToHaveCountAsync(0);
        }
    }

    protected override void Configure(WefluxHostOptions options) => _log.Capture(options);

    private static async Task TypeAsync(IPage page, string field, string value)
    {
        await page.FillAsync(field, value);
        await page.PressAsync(field, "Tab");
    }

    private static async Task<string> BreakAndMendAsync(NumberWorld world, IPage page)
    {
        await world.TokenBecomesAsync("revoked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check everything again" }).ClickAsync();
        await Expect(page.Locator(".state-pill")).ToHaveTextAsync("Not working");
        await Expect(page.Locator(".broken-numbers")).ToContainTextAsync("+91 80000 90009 stopped working.");

        var token = await world.NewTokenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change token" }).ClickAsync();
        await page.FillAsync("#new-token", token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and use it" }).ClickAsync();
        await Expect(page.Locator(".number-said")).ToContainTextAsync("The new token is in use.");
        await Expect(page.Locator(".state-pill")).ToHaveTextAsync("Connected");
        await Expect(page.GetByText($"ends with {token[^4..]}")).ToBeVisibleAsync();
        await Expect(page.Locator(".broken-numbers")).ToHaveCountAsync(0);
        return token;
    }

    private async Task ChangeSecretAsync(NumberWorld world, IPage page)
    {
        await world.SimulatorAsync($"apps/{PracticeNumbers.AppId}/secret", new { secret = "changed-app-secret" });
        await world.CustomerSaysAsync("signed with the new secret");
        await Expect(page.Locator("[data-check=Signature][data-state=Bad]")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Change app secret" }).ClickAsync();
        await page.FillAsync("#new-secret", "changed-app-secret");
        await page.SelectOptionAsync("#overlap", "Week");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and use it" }).ClickAsync();
        await Expect(page.Locator(".number-said")).ToContainTextAsync("The old one counts for 7 days more");
        await Expect(page.Locator("[data-check=Signature][data-state=Good]")).ToBeVisibleAsync();
        await Eventually.BeAsync(async () => await Host.ReadAsync(db => db.Set<Message>().CountAsync(), NumberWorld.Slug) == 2);
    }

    private async Task<IPage> SignInToFreshAsync()
    {
        var tab = await NewTabAsync(await NewBrowserAsync(), "fresh");
        await tab.Page.GotoAsync("/sign-in");
        await tab.Page.FillAsync("#email", NumberWorld.Admin);
        await tab.Page.FillAsync("#password", DemoWorkspaces.Password);
        await tab.Page.ClickAsync(".account-form button[type=submit]");
        await tab.Page.Locator(".topbar-person").WaitForAsync();
        return tab.Page;
    }

    private Task<string> VerifyTokenAsync() => Host.ReadAsync(
        async db =>
        {
            var app = await db.Set<MetaApp>().SingleAsync();
            return Host.Services.GetRequiredService<SecretProtector>().UnprotectText(app.VerifyToken, MetaApp.VerifyTokenContext(app.AppKey));
        },
        NumberWorld.Slug);
}
