using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

public sealed partial class AccessibilityTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Everything_that_can_be_used_has_a_name()
    {
        await CustomerSaysAsync("asha", "Hello");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.SendAsync("Good morning");
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Contact", Exact = true }).ClickAsync();
        await Expect(agent.Page.GetByRole(AriaRole.Complementary, new() { Name = "Contact", Exact = true })).ToBeVisibleAsync();
        (await NamelessAsync(agent.Page)).Should().BeEmpty();

        await agent.ChooseTemplate.ClickAsync();
        await agent.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button).Filter(new() { HasText = "visit reminder" }).ClickAsync();
        await Expect(agent.Page.GetByLabel("day")).ToBeFocusedAsync();
        (await NamelessAsync(agent.Page)).Should().BeEmpty();

        var stranger = await NewTabAsync(await NewBrowserAsync(), "stranger");
        await stranger.Page.GotoAsync("/sign-in");
        (await NamelessAsync(stranger.Page)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_tab_key_goes_from_the_list_to_the_thread_to_the_composer_and_arrows_walk_the_list()
    {
        await CustomerSaysAsync("asha", "Hello");
        await CustomerSaysAsync("tom", "Hello too");
        var agent = await SignInAsync(Agent);
        await Expect(agent.Rows).ToHaveCountAsync(2);
        await agent.OpenAsync(Asha);
        await Expect(agent.Box).ToBeFocusedAsync();
        await agent.Page.GetByRole(AriaRole.Link, new() { Name = "Weflux: to the inbox" }).FocusAsync();

        var stops = new List<string>();
        for (var press = 0; press < 60 && !stops.Contains("composer"); press++)
        {
            await agent.Page.Keyboard.PressAsync("Tab");
            stops.Add(await agent.Page.Locator(":focus").First.EvaluateAsync<string>(
                """
                e => e.matches("[data-conversation-id]") ? "row" : e.matches("[role=log]") ? "thread" : e.matches("textarea") ? "composer" : "other"
                """));
        }

        stops.Where(s => s != "other").Should().Equal("row", "thread", "composer");

        await agent.Row(Asha).FocusAsync();
        var first = await agent.Rows.First.GetAttributeAsync("data-conversation-id");
        var step = first == await agent.Row(Asha).GetAttributeAsync("data-conversation-id") ? "ArrowDown" : "ArrowUp";
        await agent.Page.Keyboard.PressAsync(step);
        await Expect(agent.Row(Tom)).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(agent.Bubble("Hello too")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_new_message_is_announced_politely_without_its_words()
    {
        await CustomerSaysAsync("tom", "Hello");
        var agent = await SignInAsync(Agent);
        var live = agent.Page.GetByRole(AriaRole.Region, new() { Name = "Conversations" }).Locator("[aria-live=polite]");
        await Expect(live).ToHaveTextAsync("");

        await CustomerSaysAsync("asha", "Something private");

        await Expect(live).ToHaveTextAsync("New message from Asha Verma");
        await Expect(live).ToHaveAttributeAsync("role", "status");
    }

    private static async Task<IEnumerable<string>> NamelessAsync(IPage page)
    {
        var lines = (await page.Locator("body").AriaSnapshotAsync()).Split('\n').Select(line => line.Trim());
        return lines.Where(line => Interactive().IsMatch(line) && !Named().IsMatch(line));
    }

    [GeneratedRegex(@"^- '?(button|link|textbox|searchbox|checkbox|radio|combobox|listbox|option|switch|slider|spinbutton|menuitem|tab|iframe)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Interactive();

    [GeneratedRegex("^- '?[a-z]+ (\"|/)", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
