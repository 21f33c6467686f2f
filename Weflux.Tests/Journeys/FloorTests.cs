using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Presence;
using Weflux.Web.Team;
using Weflux.Web.Work;

namespace Weflux.Tests.Journeys;

/// <summary>A manager at the floor board, and the people it tells of.</summary>
public sealed class FloorTests(Chromium chromium) : Journey(chromium)
{
    private const string Meera = "Meera Shah";

    [Fact]
    public async Task Whoever_comes_goes_and_chooses_is_seen_on_the_floor_at_once()
    {
        var manager = await FloorAsync();
        await Expect(Person(manager, Meera)).ToContainTextAsync("Offline since");

        var agent = await SignInAsync(Agent);
        await Expect(Person(manager, Meera)).ToContainTextAsync("Available since");

        var own = agent.Page.Locator(".topbar-person");
        await Expect(own).ToHaveAccessibleDescriptionAsync("Available");
        await own.ClickAsync();
        var menu = agent.Page.GetByRole(AriaRole.Group, new() { Name = "Whether you are there for customers" });
        await menu.GetByRole(AriaRole.Button, new() { Name = "Away For 30 minutes" }).ClickAsync();
        await Expect(menu).ToContainTextAsync("Colleagues see you as away until");
        await Expect(own).ToHaveAccessibleDescriptionAsync("Away");
        await Expect(Person(manager, Meera)).ToContainTextAsync("Away since");
        await Expect(Person(manager, Meera).Locator("[data-presence]")).ToHaveAttributeAsync("data-presence", "Away");

        await agent.Page.Keyboard.PressAsync("Escape");
        await Expect(menu).ToBeHiddenAsync();
        await Expect(agent.Page.Locator(".desk[data-ready]")).ToBeAttachedAsync();
        await agent.Page.Keyboard.PressAsync("Control+k");
        var find = agent.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find a conversation, a page or an action" });
        await Expect(find).ToBeFocusedAsync();
        await find.FillAsync("be available");
        await Expect(agent.Page.GetByRole(AriaRole.Option, new() { Name = "Be available" })).ToBeVisibleAsync();
        await find.PressAsync("Enter");
        await Expect(Person(manager, Meera)).ToContainTextAsync("Available since");

        await agent.Page.ReloadAsync();
        await Expect(own).ToHaveAccessibleDescriptionAsync("Available");
        await Expect(Person(manager, Meera)).ToContainTextAsync("Available since");

        // The manager's own page stays open while time passes, so no more than a beat at once.
        await agent.Page.CloseAsync();
        await Eventually.BeAsync(async () =>
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(15));
            await Host.Services.GetRequiredService<PresenceBeat>().BeatAsync(CancellationToken.None);
            return (await Person(manager, Meera).TextContentAsync())!.Contains("Offline since", StringComparison.Ordinal);
        });
        await Expect(Person(manager, "Daniel Okafor")).ToContainTextAsync("Available since");
    }

    [Fact]
    public async Task A_card_is_dragged_to_a_person_and_back_and_the_menu_does_the_same_by_keyboard()
    {
        await CustomerSaysAsync("asha", "Where is my parcel?");
        var manager = await FloorAsync();
        var agent = await SignInAsync(Agent);
        var unassigned = manager.GetByRole(AriaRole.Region, new() { Name = "Unassigned" });
        var waiting = manager.GetByRole(AriaRole.Region, new() { Name = "Longest wait" });
        await Expect(Card(unassigned)).ToBeVisibleAsync();
        await Expect(manager.Locator(".floor[data-ready]")).ToBeAttachedAsync();

        await Card(waiting).DragToAsync(Person(manager, Meera));
        await Expect(Card(unassigned)).ToHaveCountAsync(0);
        await Expect(Person(manager, Meera)).ToContainTextAsync("1 open");
        await Expect(agent.Row(Asha)).ToContainTextAsync("Held by Meera Shah");

        await Card(waiting).DragToAsync(unassigned);
        await Expect(Card(unassigned)).ToBeVisibleAsync();
        await Expect(Person(manager, Meera)).ToContainTextAsync("0 open");

        var assign = Card(waiting).GetByRole(AriaRole.Button, new() { Name = "Assign" });
        await assign.FocusAsync();
        await manager.Keyboard.PressAsync("Enter");
        var search = manager.GetByRole(AriaRole.Searchbox, new() { Name = "Find a colleague" });
        await Expect(search).ToBeFocusedAsync();
        await search.FillAsync("meera");
        await Expect(manager.GetByRole(AriaRole.Group, new() { Name = "Colleagues" }).GetByRole(AriaRole.Button)).ToHaveCountAsync(1);
        await manager.Keyboard.PressAsync("ArrowDown");
        await manager.Keyboard.PressAsync("Enter");
        await Expect(Person(manager, Meera)).ToContainTextAsync("1 open");
        await Expect(manager.GetByText("Meera Shah holds the conversation with Asha Verma now.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_drag_whose_card_goes_meanwhile_leaves_the_board_as_it_was()
    {
        await CustomerSaysAsync("asha", "Where is my parcel?");
        var manager = await FloorAsync();
        await Expect(manager.Locator(".floor[data-ready]")).ToBeAttachedAsync();
        var card = Card(manager.GetByRole(AriaRole.Region, new() { Name = "Unassigned" }));
        await Expect(card).ToBeVisibleAsync();
        await card.EvaluateAsync("card => card.dispatchEvent(new DragEvent('dragstart', { bubbles: true, dataTransfer: new DataTransfer() }))");
        await Expect(manager.Locator("[data-dragging]")).ToHaveCountAsync(1);

        var conversation = (await Host.ConversationsAsync()).Single();
        var holder = await Host.ActorAsync(Agent);
        (await Host.Services.GetRequiredService<TakeConversation>().ExecuteAsync(holder, conversation.Id)).Should().Be(WorkOutcome.Done);
        await Expect(card).ToHaveCountAsync(0);

        // While one really drags, no pointer moves; now it does.
        await manager.Mouse.MoveAsync(200, 200);
        await manager.Mouse.MoveAsync(220, 220);
        await Expect(manager.Locator("[data-dragging]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_silent_look_leaves_the_ticks_of_the_customer_grey_until_it_is_opened_fully()
    {
        await Host.ReadAsync(db => db.Set<Workspace>().Where(w => w.Slug == "demo").ExecuteUpdateAsync(set => set.SetProperty(w => w.ReadReceipts, ReadReceipts.WhenOpened)));
        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("Is anybody there?");
        var conversation = (await Eventually.SeeAsync(Host.ConversationsAsync, all => all.Count == 1))[0];
        var me = await Host.ActorAsync(Manager);
        (await Host.Services.GetRequiredService<AssignConversation>().ExecuteAsync(me, conversation.Id, me.User)).Should().Be(WorkOutcome.Done);
        var manager = await FloorAsync();
        var mine = phone.Page.Locator("#chat > [data-direction=out]").Filter(new() { HasText = "Is anybody there?" });

        await Card(manager.GetByRole(AriaRole.Region, new() { Name = "Longest wait" })).GetByRole(AriaRole.Link).ClickAsync();
        var look = manager.GetByRole(AriaRole.Complementary, new() { Name = "Silent look" });
        await Expect(look.Locator("[data-direction]").Filter(new() { HasText = "Is anybody there?" })).ToBeVisibleAsync();
        await Expect(look).ToContainTextAsync("The customer gets no blue ticks");
        await Expect(look.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(0);

        // A second message comes while it is looked at: whatever the first caused has had its time.
        await phone.SayAsync("Hello?");
        await Expect(look.Locator("[data-direction]").Filter(new() { HasText = "Hello?" })).ToBeVisibleAsync();
        await Expect(mine).ToHaveAttributeAsync("data-status", "sent");
        (await Host.ReadAsync(db => db.Set<Weflux.Web.Inbox.ReadCursor>().CountAsync())).Should().Be(0);

        await look.GetByRole(AriaRole.Link, new() { Name = "Open fully" }).ClickAsync();
        await Expect(mine).ToHaveAttributeAsync("data-status", "read");
    }

    [Fact]
    public async Task On_a_phone_the_lanes_stand_one_below_the_other_and_the_menu_assigns()
    {
        await CustomerSaysAsync("asha", "Where is my parcel?");
        var manager = await FloorAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        var waiting = manager.GetByRole(AriaRole.Region, new() { Name = "Longest wait" });

        await Card(waiting).GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await manager.GetByRole(AriaRole.Group, new() { Name = "Colleagues" }).GetByRole(AriaRole.Button).Filter(new() { HasText = Meera }).ClickAsync();
        await Expect(Person(manager, Meera)).ToContainTextAsync("1 open");
        (await manager.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(390, "nothing stands out of the page");

        await Card(waiting).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Complementary, new() { Name = "Silent look" })).ToBeVisibleAsync();
        await manager.GetByRole(AriaRole.Link, new() { Name = "Close", Exact = true }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Complementary, new() { Name = "Silent look" })).ToHaveCountAsync(0);
    }

    private async Task<IPage> FloorAsync(BrowserNewContextOptions? options = null)
    {
        var page = (await SignInAsync(Manager, options: options ?? new() { ViewportSize = new() { Width = 1440, Height = 900 } })).Page;
        if (page.ViewportSize!.Width < 760)
        {
            await page.Locator(".topbar-person").ClickAsync();
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Floor" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Floor", Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-person]").First).ToBeVisibleAsync();
        return page;
    }

    private static ILocator Person(IPage page, string name) => page.Locator("[data-person]").Filter(new() { HasText = name });

    private static ILocator Card(ILocator lane) => lane.Locator("[data-card]").Filter(new() { HasText = Asha });
}
