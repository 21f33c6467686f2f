using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Weflux.Tests.Support;
using Weflux.Web.Team;

namespace Weflux.Tests.Journeys;

/// <summary>Kinds of messages other than words, both ways.</summary>
public sealed class KindsTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Buttons_a_list_and_a_link_are_composed_seen_beforehand_and_tapped_on_the_phone()
    {
        var (phone, agent) = await BeginAsync();

        var form = await ComposeAsync(agent, "Buttons");
        await form.GetByLabel("Text", new() { Exact = true }).FillAsync("Which size?");
        await form.GetByLabel("Button 1", new() { Exact = true }).FillAsync("Small");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add a button" }).ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("A button says nothing.");
        await form.GetByLabel("Button 2", new() { Exact = true }).FillAsync("Large");
        await Expect(form.GetByLabel("As the customer will see it")).ToContainTextAsync("Large");
        await SendAsync(form);
        await phone.Message("Which size?").GetByRole(AriaRole.Button, new() { Name = "Large" }).ClickAsync();
        await Expect(agent.Bubble("Chose a button")).ToContainTextAsync("Large");
        await Expect(agent.Row(Asha)).ToContainTextAsync("Large");

        form = await ComposeAsync(agent, "List");
        await form.GetByLabel("Text", new() { Exact = true }).FillAsync("When shall we come?");
        await form.GetByLabel("Button that opens the list").FillAsync("See times");
        await form.GetByLabel("Line 1", new() { Exact = true }).FillAsync("Tuesday");
        await form.GetByLabel("Description").FillAsync("At ten");
        await SendAsync(form);
        await phone.Message("When shall we come?").GetByRole(AriaRole.Button, new() { Name = "See times" }).ClickAsync();
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Tuesday" }).ClickAsync();
        await Expect(agent.Bubble("Chose from a list")).ToContainTextAsync("At ten");

        form = await ComposeAsync(agent, "Link button");
        await form.GetByLabel("Text", new() { Exact = true }).FillAsync("Our menu");
        await form.GetByLabel("Button", new() { Exact = true }).FillAsync("Open it");
        await form.GetByLabel("Web address").FillAsync("https://shop.example/menu");
        await SendAsync(form);
        await Expect(phone.Message("Our menu").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://shop.example/menu");
        await Expect(agent.Bubble("Our menu").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("rel", "noopener noreferrer");
    }

    [Fact]
    public async Task Places_and_cards_go_both_ways_and_a_request_for_the_place_is_answered()
    {
        var (phone, agent) = await BeginAsync();

        var form = await ComposeAsync(agent, "Location");
        await form.GetByLabel("Latitude").FillAsync("12.9758, 77.6045");
        await agent.Page.Keyboard.PressAsync("Escape");
        await form.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await form.GetByLabel("Name of the place").FillAsync("Cubbon Park");
        await SendAsync(form);
        await Expect(phone.Message("Cubbon Park")).ToBeVisibleAsync();

        form = await ComposeAsync(agent, "Contact card");
        var name = form.GetByLabel("Name", new() { Exact = true });
        await Expect(name).ToBeFocusedAsync();
        await agent.Page.Keyboard.TypeAsync("Ravi Menon");
        await Expect(name).ToHaveValueAsync("Ravi Menon");
        await form.GetByLabel("Phone number").FillAsync("98450 11223");
        await form.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("country code");
        await agent.Page.Keyboard.PressAsync("Escape");
        await form.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await form.GetByLabel("Phone number").FillAsync("+91 98450 11223");
        await SendAsync(form);
        await Expect(phone.Message("Ravi Menon")).ToBeVisibleAsync();
        await Expect(agent.Bubble("Ravi Menon").GetByRole(AriaRole.Link, new() { Name = "Save as contact" })).ToHaveAttributeAsync("download", "Ravi Menon.vcf");

        form = await ComposeAsync(agent, "Ask for location");
        await form.GetByLabel("Text", new() { Exact = true }).FillAsync("Where are you?");
        await SendAsync(form);
        await phone.Message("Where are you?").GetByRole(AriaRole.Button, new() { Name = "Send location" }).ClickAsync();
        await Expect(agent.Page.Locator("[data-direction=in]").Filter(new() { HasText = "Kasturba Road" })).ToBeVisibleAsync();
        await Expect(agent.Row(Asha)).ToContainTextAsync("Location");
    }

    [Fact]
    public async Task A_reply_quotes_and_Escape_drops_the_quote()
    {
        var (phone, agent) = await BeginAsync();
        await phone.SayAsync("And the green one?");

        await ActAsync(agent, "Is the masala chai back?", "Reply to this message");
        await Expect(agent.Page.GetByLabel("You answer this message")).ToContainTextAsync("Is the masala chai back?");
        await Expect(agent.Box).ToBeFocusedAsync();
        await agent.Box.PressAsync("Escape");
        await Expect(agent.Page.GetByLabel("You answer this message")).ToHaveCountAsync(0);
        await ActAsync(agent, "Is the masala chai back?", "Reply to this message");
        await agent.SendAsync("Yes, it is");

        await Expect(agent.Page.GetByLabel("You answer this message")).ToHaveCountAsync(0);
        await Expect(phone.Message("Yes, it is").Locator(".quote")).ToContainTextAsync("Is the masala chai back?");
        await Expect(agent.Bubble("Yes, it is").Locator(".quote")).ToContainTextAsync("Is the masala chai back?");
    }

    [Fact]
    public async Task Reactions_stand_under_messages_on_both_sides_the_latest_counts_and_can_be_taken_back()
    {
        var (phone, agent) = await BeginAsync();
        var bubble = agent.Page.Locator("article").Filter(new() { HasText = "Is the masala chai back?" });

        await ActAsync(agent, "Is the masala chai back?", "React with thumbs up");
        await Expect(bubble.Locator(".reactions")).ToContainTextAsync("👍");
        var ours = phone.Page.Locator("#chat > [data-direction=out]").Filter(new() { HasText = "Is the masala chai back?" });
        await Expect(ours.Locator(".reactions")).ToHaveTextAsync("👍");
        await ActAsync(agent, "Is the masala chai back?", "React with heart");
        await Expect(ours.Locator(".reactions")).ToHaveTextAsync("❤️");
        await ActAsync(agent, "Is the masala chai back?", "Take heart back");
        await Expect(ours.Locator(".reactions")).ToHaveCountAsync(0);
        await Expect(bubble.Locator(".reactions")).ToHaveCountAsync(0);

        await agent.SendAsync("Since today");
        await Expect(phone.Message("Since today")).ToBeVisibleAsync();
        await phone.Page.Locator("#phone-more").ClickAsync();
        await phone.Page.Locator("#more [data-kind=reaction]").ClickAsync();
        await Expect(agent.Page.Locator("article").Filter(new() { HasText = "Since today" }).Locator(".reactions")).ToContainTextAsync("❤️");
        await Expect(agent.Row(Asha)).ToContainTextAsync("Reacted ❤️");
    }

    [Fact]
    public async Task The_menu_is_worked_with_the_keyboard_and_offers_products_only_with_a_catalogue()
    {
        var (_, agent) = await BeginAsync();
        var opener = agent.Composer.GetByRole(AriaRole.Button, new() { Name = "Send something else" });
        var items = agent.Page.GetByRole(AriaRole.Menuitem);

        await opener.PressAsync("Enter");
        await Expect(items).ToHaveCountAsync(11);
        await Expect(items.Nth(0)).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(items.Nth(10)).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("Escape");
        await Expect(items).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();

        await Host.ReadAsync(db => db.Set<Workspace>().ExecuteUpdateAsync(set => set.SetProperty(w => w.CatalogId, "77")));
        await agent.Page.ReloadAsync();
        await opener.ClickAsync();
        await Expect(items.Filter(new() { HasText = "Products" })).ToBeVisibleAsync();
    }

    private async Task<(PhoneScreen Phone, InboxScreen Agent)> BeginAsync()
    {
        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("Is the masala chai back?");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        return (phone, agent);
    }

    private static async Task<ILocator> ComposeAsync(InboxScreen agent, string kind)
    {
        await agent.Composer.GetByRole(AriaRole.Button, new() { Name = "Send something else" }).ClickAsync();
        await agent.Page.GetByRole(AriaRole.Menuitem, new() { Name = kind, Exact = true }).ClickAsync();
        var dialog = agent.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        return dialog;
    }

    private static async Task SendAsync(ILocator form)
    {
        await form.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
    }

    private static async Task ActAsync(InboxScreen agent, string message, string action)
    {
        var bubble = agent.Page.Locator("article").Filter(new() { HasText = message }).First;
        await bubble.HoverAsync();
        await bubble.GetByRole(AriaRole.Button, new() { Name = "Reply or react" }).ClickAsync();
        await bubble.GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
    }
}
