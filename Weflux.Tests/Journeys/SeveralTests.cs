using Microsoft.Playwright;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

/// <summary>Several conversations are chosen in the list, and the same is done with each.</summary>
public sealed class SeveralTests(Chromium chromium) : Journey(chromium)
{
    private const string Maria = "Maria Lozano";

    private static readonly BrowserNewContextOptions Handheld = new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        IsMobile = true,
        HasTouch = true,
    };

    [Fact]
    public async Task By_keyboard_a_stretch_is_chosen_closed_for_no_reason_and_opened_again()
    {
        var manager = await OpenAsync(Manager);
        var (page, keys) = (manager.Page, manager.Page.Keyboard);
        await Expect(page.Locator(".desk[data-ready]")).ToBeAttachedAsync();
        await keys.PressAsync("j");
        await Expect(manager.Rows.First).ToBeFocusedAsync();

        await keys.PressAsync("x");
        await Expect(Box(manager, 0)).ToBeCheckedAsync();
        await Expect(Bar(manager)).ToContainTextAsync("1 chosen");
        await keys.PressAsync("Shift+J");
        await Expect(manager.Rows.Nth(1)).ToBeFocusedAsync();
        await Expect(Bar(manager)).ToContainTextAsync("2 chosen");
        await keys.PressAsync("Shift+ArrowDown");
        await Expect(Bar(manager)).ToContainTextAsync("3 chosen");
        await keys.PressAsync("Shift+K");
        await Expect(Bar(manager)).ToContainTextAsync("2 chosen");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Conversations" }).Locator("[aria-live=polite]")).ToHaveTextAsync("2 chosen.");

        await keys.PressAsync("e");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Close 2 conversations" }).GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(page.GetByText("2 closed.", new() { Exact = true }).Last).ToBeVisibleAsync();
        await Expect(manager.Rows).ToHaveCountAsync(1);
        await Expect(Bar(manager)).ToHaveCountAsync(0);
        (await Host.ConversationsAsync()).Count(c => c.State == ConversationState.Closed).Should().Be(2);
        await Expect(manager.Rows.First).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Open them again" }).ClickAsync();
        await Expect(manager.Rows).ToHaveCountAsync(3);
        await manager.Rows.First.FocusAsync();
        await keys.PressAsync("x");
        await Expect(Bar(manager)).ToContainTextAsync("1 chosen");
        await keys.PressAsync("Escape");
        await Expect(Bar(manager)).ToHaveCountAsync(0);
        await Expect(Box(manager, 0)).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task By_mouse_rows_are_chosen_assigned_and_what_a_colleague_takes_meanwhile_leaves()
    {
        var agent = await OpenAsync(Agent);
        var manager = await SignInAsync(Manager);
        await Expect(manager.Rows).ToHaveCountAsync(3);
        await manager.Rows.Nth(0).ClickAsync(new() { Modifiers = [KeyboardModifier.ControlOrMeta] });
        await Expect(Bar(manager)).ToContainTextAsync("1 chosen");
        await manager.Rows.Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(Bar(manager)).ToContainTextAsync("3 chosen");
        await manager.Rows.Nth(1).HoverAsync();
        await Box(manager, 1).ClickAsync();
        await Expect(Bar(manager)).ToContainTextAsync("2 chosen");
        await Box(manager, 1).ClickAsync();
        await Expect(Bar(manager)).ToContainTextAsync("3 chosen");
        await Expect(manager.Page.GetByText("Choose a conversation.")).ToBeVisibleAsync();

        await agent.Rows.Nth(0).ClickAsync(new() { Modifiers = [KeyboardModifier.ControlOrMeta] });
        await agent.Rows.Nth(1).ClickAsync(new() { Modifiers = [KeyboardModifier.ControlOrMeta] });
        await Expect(Bar(agent)).ToContainTextAsync("2 chosen");

        await Bar(manager).GetByRole(AriaRole.Button, new() { Name = "Assign 3 conversations" }).ClickAsync();
        var search = manager.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a colleague" });
        await Expect(search).ToBeFocusedAsync();
        await search.FillAsync("daniel");
        await manager.Page.GetByRole(AriaRole.Group, new() { Name = "Colleagues" }).GetByRole(AriaRole.Button, new() { Name = "Daniel Okafor" }).ClickAsync();

        await Expect(manager.Page.Locator("[data-told]")).ToContainTextAsync("3 assigned to Daniel Okafor.");
        await Expect(Bar(manager)).ToHaveCountAsync(0);
        await Expect(agent.Page.Locator("[data-told]")).ToContainTextAsync("not chosen any more");
        await Expect(Bar(agent)).ToHaveCountAsync(0);
        await Expect(agent.Rows).ToHaveCountAsync(0);
        (await Host.ConversationsAsync()).Select(c => c.AssigneeId).Distinct().Should().ContainSingle().Which.Should().NotBeNull();
    }

    [Fact]
    public async Task On_a_phone_a_finger_that_is_held_begins_and_taps_go_on()
    {
        var agent = await OpenAsync(Agent, Handheld);
        await HoldAsync(agent.Row(Asha));
        await Expect(Bar(agent)).ToContainTextAsync("1 chosen");
        await agent.Row(Tom).TapAsync();
        await Expect(Bar(agent)).ToContainTextAsync("2 chosen");
        await Expect(agent.Row(Maria)).ToBeVisibleAsync();
        await Bar(agent).GetByRole(AriaRole.Button, new() { Name = "Choose no more" }).TapAsync();
        await Expect(Bar(agent)).ToHaveCountAsync(0);

        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Select several" }).TapAsync();
        await Expect(Bar(agent)).ToContainTextAsync("0 chosen");
        await Bar(agent).GetByRole(AriaRole.Button, new() { NameRegex = new("^Select all") }).TapAsync();
        await Expect(Bar(agent)).ToContainTextAsync("3 chosen");
        await Bar(agent).GetByRole(AriaRole.Button, new() { Name = "Take" }).TapAsync();
        await Expect(agent.Page.Locator("[data-told]")).ToContainTextAsync("3 taken.");
        (await agent.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")).Should().BeTrue();

        await agent.Row(Asha).TapAsync();
        await Expect(agent.Bubble("Hello")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_saved_view_that_is_changed_is_saved_again_or_as_another_one()
    {
        var manager = await OpenAsync(Manager);
        var page = manager.Page;
        await FilterAsync(page, "With a failed message");
        await SaveAsync(page, "Save this view", "To be decided");
        await Expect(View(page, "To be decided")).ToHaveAttributeAsync("aria-current", "page");

        await page.GetByRole(AriaRole.Button, new() { Name = "Take off: With a failed message" }).ClickAsync();
        await Expect(manager.Rows).ToHaveCountAsync(3);
        await FilterAsync(page, "Unread by me");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save changes to To be decided" }).ClickAsync();
        await Expect(View(page, "To be decided")).ToHaveAttributeAsync("aria-current", "page");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take off: Unread" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Save changes") })).ToHaveCountAsync(0);

        await FilterAsync(page, "With a failed message");
        await SaveAsync(page, "Save as new view", "Unread and failed");
        await Expect(View(page, "Unread and failed")).ToHaveAttributeAsync("aria-current", "page");
        await View(page, "To be decided").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take off: With a failed message" })).ToHaveCountAsync(0);
    }

    private static ILocator Bar(InboxScreen screen) => screen.Page.GetByRole(AriaRole.Group, new() { Name = "Chosen conversations" });

    private static ILocator Box(InboxScreen screen, int nth) => screen.Page.Locator("input[data-choose]").Nth(nth);

    private static ILocator View(IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation, new() { Name = "Views" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static async Task FilterAsync(IPage page, string check)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = check }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^Take off: {check[..6]}") })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private static async Task SaveAsync(IPage page, string button, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(name);
        await page.GetByRole(AriaRole.Dialog, new() { Name = button }).GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
    }

    /// <summary>A finger lies on a row until it is chosen.</summary>
    private static async Task HoldAsync(ILocator row)
    {
        await row.EvaluateAsync(
            """
            row => new Promise(resolve => {
              const { x, y, width, height } = row.getBoundingClientRect();
              const at = { bubbles: true, cancelable: true, pointerType: "touch", isPrimary: true, clientX: x + width / 2, clientY: y + height / 2 };
              const box = row.closest("li").querySelector("[data-choose]");
              row.dispatchEvent(new PointerEvent("pointerdown", at));
              const look = () => box.checked ? resolve(row.dispatchEvent(new PointerEvent("pointerup", at))) : requestAnimationFrame(look);
              look();
            })
            """);
        await row.DispatchEventAsync("click", new { button = 0, bubbles = true, cancelable = true });
    }

    private async Task<InboxScreen> OpenAsync(string email, BrowserNewContextOptions? options = null)
    {
        await CustomerSaysAsync("asha", "Hello");
        await CustomerSaysAsync("tom", "Hello");
        await CustomerSaysAsync("maria", "Hello");
        var screen = await SignInAsync(email, options: options);
        await Expect(screen.Rows).ToHaveCountAsync(3);
        return screen;
    }
}
