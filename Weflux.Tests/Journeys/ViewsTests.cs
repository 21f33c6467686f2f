using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

/// <summary>Views of the inbox as people find them: in the rail, in the menu of a phone, and in the address.</summary>
public sealed class ViewsTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Views_and_counts_follow_what_happens_and_the_title_tells_what_waits_for_me()
    {
        var agent = await SignInAsync(Agent);
        var page = agent.Page;
        await CustomerSaysAsync("asha", "Where is my parcel?");
        await Expect(View(page, "Unassigned")).ToContainTextAsync("1");
        await Expect(View(page, "Needs reply")).ToContainTextAsync("1");
        await Assertions.Expect(page).ToHaveTitleAsync("Inbox · Weflux");

        await agent.OpenAsync(Asha);
        await page.GetByRole(AriaRole.Button, new() { Name = "Take", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("(1) Inbox · Weflux");
        await Expect(page.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("favicon-dot"));
        await View(page, "Mine").ClickAsync();
        await Expect(agent.Row(Asha)).ToBeVisibleAsync();
        await View(page, "Unassigned").ClickAsync();
        await Expect(page.GetByText("Everybody is looked after.")).ToBeVisibleAsync();

        await agent.SendAsync("It is on its way");
        await Assertions.Expect(page).ToHaveTitleAsync("Inbox · Weflux");
        await Expect(page.Locator("link[rel=icon]")).Not.ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("favicon-dot"));
        await View(page, "Needs reply").ClickAsync();
        await Expect(page.GetByText("Nobody waits for an answer.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_filter_stands_in_the_address_is_taken_off_by_its_chip_and_is_saved_under_a_name()
    {
        await CustomerSaysAsync("asha", "Hello");
        var manager = await SignInAsync(Manager);
        var page = manager.Page;
        await Expect(manager.Row(Asha)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "With a failed message" }).CheckAsync();
        await Expect(page.GetByText("Nothing fits.")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        page.Url.Should().EndWith("/inbox?failed=1");

        await page.ReloadAsync();
        await Expect(page.GetByText("Nothing fits.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this view" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("To be decided");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "For" }).SelectOptionAsync("Everybody");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Save this view" }).GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(View(page, "To be decided")).ToHaveAttributeAsync("aria-current", "page");

        await page.GetByRole(AriaRole.Button, new() { Name = "Take off: With a failed message" }).ClickAsync();
        await Expect(manager.Row(Asha)).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.GetByText("Nothing fits.")).ToBeVisibleAsync();
        var shared = page.Url;

        var agent = await SignInAsync(Agent);
        await agent.Page.GotoAsync(shared);
        await Expect(View(agent.Page, "To be decided")).ToHaveAttributeAsync("aria-current", "page");
        await Expect(agent.Page.GetByText("Nothing fits.")).ToBeVisibleAsync();
        await agent.Page.GotoAsync("/w/demo/inbox?saved=99999");
        await Expect(agent.Page.GetByText("This view is not here.")).ToBeVisibleAsync();
    }

    private static ILocator View(IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation, new() { Name = "Views" }).GetByRole(AriaRole.Link, new() { NameRegex = new($"^{name}") });
}
