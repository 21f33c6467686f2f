using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Weflux.Domain.Notices;
using Weflux.Tests.Support;
using Weflux.Web.Account.Profile;

namespace Weflux.Tests.Journeys;

public sealed class NoticeTests(Chromium chromium) : Journey(chromium)
{
    private const string Carlos = "Carlos Lima";

    private const string Notices = """
        async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(n => `${n.title}: ${n.body}`)
        """;

    [Fact]
    public async Task Who_looks_elsewhere_gets_a_notice_of_their_customers_message_and_it_goes_once_the_message_is_read()
    {
        await CustomerSaysAsync("asha", "Is the shop open?");
        await CustomerSaysAsync("tom", "Hello");
        var agent = await SignInAsync(Agent);
        await agent.Page.Context.GrantPermissionsAsync(["notifications"]);
        await agent.OpenAsync(Asha);
        await agent.SendAsync("Until eight.");
        await Expect(agent.Bubble("Until eight.")).ToBeVisibleAsync();
        await CustomerSaysAsync("carlos", "Good morning");
        await agent.OpenAsync(Carlos);
        await agent.SendAsync("Good morning!");
        await Expect(agent.Bubble("Good morning!")).ToBeVisibleAsync();
        var away = await OpenAnotherAsync(agent);
        await agent.Page.CloseAsync();
        await LookAwayAsync(away);

        // The page may not listen yet, and tells by itself as long as its worker is not there.
        await Eventually.SeeAsync(
            async () =>
            {
                await CustomerSaysAsync("carlos", "Are you there?");
                return await away.Page.EvaluateAsync<string[]>(Notices);
            },
            seen => seen is [var first] && first.StartsWith("Carlos Lima: ", StringComparison.Ordinal));

        await CustomerSaysAsync("tom", "And me?");
        await CustomerSaysAsync("asha", "A secret");

        // What nobody holds is told before what follows it, or not at all.
        var told = await Eventually.SeeAsync(() => away.Page.EvaluateAsync<string[]>(Notices), seen => seen.Contains("Asha Verma: New message"));
        told.Select(t => t.Split(':')[0]).Should().BeEquivalentTo("Asha Verma", "Carlos Lima");
        await Expect(BellOf(away)).ToHaveAccessibleNameAsync("Notices, 3 unread");

        var elsewhere = await SignInAsync(Agent);
        await elsewhere.OpenAsync(Asha);
        await Eventually.SeeAsync(() => away.Page.EvaluateAsync<string[]>(Notices), seen => seen is [var left] && left.StartsWith("Carlos Lima: ", StringComparison.Ordinal));
        await Expect(BellOf(away)).ToHaveAccessibleNameAsync("Notices, 2 unread");
    }

    [Fact]
    public async Task A_message_rings_the_bell_of_its_holder_on_every_screen_leads_there_and_is_handled_when_a_colleague_answers()
    {
        await CustomerSaysAsync("asha", "Is the shop open?");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.SendAsync("Until eight.");
        await Expect(agent.Bubble("Until eight.")).ToBeVisibleAsync();
        await agent.Page.GotoAsync("/w/demo/contacts");
        await ReadyAsync(agent);
        var manager = await SignInAsync(Manager);

        await CustomerSaysAsync("asha", "And on Sunday?");
        await CustomerSaysAsync("asha", "Hello?");
        var line = agent.Page.Locator("[data-notice-kind=NewMessage]");
        await OpenBellAsync(agent);
        await Expect(line).ToContainTextAsync("2 new messages from Asha Verma");
        await Expect(line).ToHaveAttributeAsync("data-state", "unread");

        await manager.OpenAsync(Asha);
        await manager.SendAsync("On Sunday until noon.");
        await Expect(line).ToHaveAttributeAsync("data-state", "handled");
        await Expect(agent.Page.Locator("[data-unread]")).ToHaveCountAsync(0);

        // By keys alone: Escape closes and gives the focus back, and the first line is in focus when the list opens.
        await agent.Page.Keyboard.PressAsync("Escape");
        await Expect(line).Not.ToBeVisibleAsync();
        await Expect(BellOf(agent)).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(line.GetByRole(AriaRole.Link)).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(agent.Bubble("On Sunday until noon.")).ToBeVisibleAsync();
        await Expect(line).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_many_tabs_one_tells_and_none_while_somebody_looks_at_one()
    {
        await CustomerSaysAsync("asha", "Is the shop open?");
        var agent = await SignInAsync(Agent);
        await agent.Page.Context.GrantPermissionsAsync(["notifications"]);
        await agent.OpenAsync(Asha);
        await agent.SendAsync("Until eight.");
        await Expect(agent.Bubble("Until eight.")).ToBeVisibleAsync();
        var (one, two) = (await OpenAnotherAsync(agent), await OpenAnotherAsync(agent));
        await agent.Page.CloseAsync();
        await LookAwayAsync(one);
        foreach (var tab in new[] { one, two })
        {
            await tab.Page.EvaluateAsync("() => { ServiceWorkerRegistration.prototype.showNotification = async function (title) { (window.told ??= []).push(title); }; }");
        }

        // Somebody looks at the second tab.
        await CustomerSaysAsync("asha", "And on Sunday?");
        await Expect(BellOf(one)).ToHaveAccessibleNameAsync("Notices, 1 unread");
        await LookAwayAsync(two);
        await CustomerSaysAsync("asha", "Hello?");

        await Eventually.SeeAsync(async () => (await ToldAsync(one)) + (await ToldAsync(two)), told => told == 1);
        await CustomerSaysAsync("asha", "Hello??");
        await OpenBellAsync(one);
        await Expect(one.Page.Locator("[data-notice-kind=NewMessage]")).ToContainTextAsync("3 new messages");
        await Eventually.SeeAsync(async () => (await ToldAsync(one)) + (await ToldAsync(two)), told => told == 2);
    }

    [Fact]
    public async Task In_quiet_hours_the_browser_rests_and_the_bell_still_fills()
    {
        await CustomerSaysAsync("asha", "Is the shop open?");
        await ChooseQuietHoursAsync();
        var agent = await SignInAsync(Agent);
        await agent.Page.Context.GrantPermissionsAsync(["notifications"]);
        await agent.OpenAsync(Asha);
        await agent.SendAsync("Until eight.");
        await Expect(agent.Bubble("Until eight.")).ToBeVisibleAsync();
        var away = await OpenAnotherAsync(agent);
        await agent.Page.CloseAsync();
        await LookAwayAsync(away);

        await CustomerSaysAsync("asha", "And on Sunday?");
        await OpenBellAsync(away);
        await Expect(away.Page.Locator("[data-notice-kind=NewMessage]")).ToHaveAttributeAsync("data-state", "unread");
        await Expect(away.Page.GetByText("These are your quiet hours")).ToBeVisibleAsync();
        (await away.Page.EvaluateAsync<string[]>(Notices)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task The_open_bell_fits_the_screen_and_stands_in_nobodys_way(int width, ColorScheme scheme)
    {
        await CustomerSaysAsync("asha", "Is the shop open?");
        var manager = await SignInAsync(Manager, options: new() { ViewportSize = new() { Width = width, Height = 780 }, ColorScheme = scheme });
        await OpenBellAsync(manager);
        await Expect(manager.Page.Locator("[data-notice-kind=Waiting]")).ToContainTextAsync("Asha Verma waits");

        var box = (await manager.Page.Locator("#notices").BoundingBoxAsync())!;
        box.X.Should().BeGreaterThanOrEqualTo(0);
        (box.X + box.Width).Should().BeLessThanOrEqualTo(width);
        List<string> faults = [];
        await Axe.LookAsync(manager.Page, "the bell", faults);
        faults.Should().BeEmpty();
    }

    private static ILocator BellOf(InboxScreen screen) => screen.Page.Locator(".bell-button");

    private static async Task OpenBellAsync(InboxScreen screen)
    {
        await ReadyAsync(screen);
        await BellOf(screen).ClickAsync();
        await Expect(screen.Page.GetByRole(AriaRole.Heading, new() { Name = "Notices", Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>The bell listens once its script has said so.</summary>
    private static Task ReadyAsync(InboxScreen screen) => Expect(screen.Page.Locator(".bell[data-ready]")).ToBeAttachedAsync();

    private static async Task LookAwayAsync(InboxScreen screen)
    {
        await ReadyAsync(screen);
        await screen.Page.EvaluateAsync("() => { document.hasFocus = () => false; }");
    }

    private static Task<int> ToldAsync(InboxScreen screen) => screen.Page.EvaluateAsync<int>("() => (window.told ?? []).length");

    /// <summary>Around the clock, so that it does not matter when the test runs.</summary>
    private async Task ChooseQuietHoursAsync()
    {
        var agent = (await Host.ActorAsync(Agent)).User;
        var view = (await Host.Services.GetRequiredService<ProfileQuery>().GetAsync(agent, CancellationToken.None))!;
        (await Host.Services.GetRequiredService<SaveProfile>().ExecuteAsync(
            agent, view.Name, view.Language, view.TimeZone, view.Preferences with { Quiet = new QuietHours(0, 0, Weekdays.All) }, CancellationToken.None)).Should().BeNull();
    }
}
