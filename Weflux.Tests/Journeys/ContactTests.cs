using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Weflux.Tests.Support;
using Weflux.Web.Team.Settings;

namespace Weflux.Tests.Journeys;

public sealed class ContactTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_Manager_finds_a_contact_and_what_is_noted_shows_beside_the_thread_of_the_Agent_by_itself()
    {
        await CustomerSaysAsync("asha", "Hello");
        await CustomerSaysAsync("tom", "Hello too");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Contact", Exact = true }).ClickAsync();
        var panel = agent.Page.GetByRole(AriaRole.Complementary, new() { Name = "Contact", Exact = true });
        await Expect(panel.GetByLabel("Lifecycle stage")).ToBeVisibleAsync();

        var manager = (await SignInAsync(Manager)).Page;
        await manager.GetByRole(AriaRole.Link, new() { Name = "Contacts" }).ClickAsync();
        await Expect(manager.Locator("[data-contact-id]")).ToHaveCountAsync(2);
        await manager.GetByRole(AriaRole.Searchbox).FillAsync("ver");
        await Expect(manager.Locator("[data-contact-id]")).ToHaveCountAsync(1);
        manager.Url.Should().EndWith("?q=ver");
        await manager.Locator("[data-contact-id]").ClickAsync();
        await manager.GetByLabel("Lifecycle stage").SelectOptionAsync("Customer");
        await manager.GetByLabel("New tag").FillAsync("VIP");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await manager.GetByRole(AriaRole.Button, new() { Name = "Change the name" }).ClickAsync();
        await manager.GetByLabel("What you call them").FillAsync("Asha from the market");
        await manager.Keyboard.PressAsync("Enter");

        await Expect(agent.Row("Asha from the market")).ToBeVisibleAsync();
        await Expect(panel.GetByText("VIP", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(panel.GetByLabel("Lifecycle stage")).ToHaveValueAsync(await manager.GetByLabel("Lifecycle stage").InputValueAsync());
        await Expect(manager.GetByText("from Asha Verma to")).ToHaveCountAsync(0);
        await Expect(manager.GetByText(": Asha from the market")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_Agent_has_one_number_shown_with_a_reason_and_it_hides_again_by_itself()
    {
        await CustomerSaysAsync("asha", "Hello");
        var admin = await Host.ActorAsync("admin@demo.test");
        await Host.Services.GetRequiredService<ChangeAgentAccess>().ExecuteAsync(admin, admin.Settings with { MayReveal = true });
        var agent = (await SignInAsync(Agent)).Page;
        await agent.GetByRole(AriaRole.Link, new() { Name = "Contacts" }).ClickAsync();
        await agent.Locator("[data-contact-id]").ClickAsync();
        await agent.GetByRole(AriaRole.Button, new() { Name = "Show the number …" }).ClickAsync();
        await Expect(agent.GetByLabel("Why do you need the number?")).ToBeFocusedAsync();
        await agent.Keyboard.PressAsync("Enter");
        await Expect(agent.GetByText("Say why, in 3 to 200 characters.")).ToBeVisibleAsync();
        await agent.Keyboard.TypeAsync("Courier at the door");
        await agent.Keyboard.PressAsync("Enter");
        var number = agent.Locator(".reveal .number");
        await Expect(number).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^\\+[0-9]+$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(agent.GetByText("Phone number revealed")).ToBeVisibleAsync();

        Host.Clock.Advance(TimeSpan.FromSeconds(61));
        await Expect(number).ToHaveCountAsync(0);
        await Expect(agent.GetByRole(AriaRole.Button, new() { Name = "Show the number …" })).ToBeVisibleAsync();
    }
}
