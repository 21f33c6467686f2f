using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

/// <summary>Conversations go from one to another: by asking, and by themselves.</summary>
public sealed class HandingOnTests(Chromium chromium) : Journey(chromium)
{
    private const string Daniel = "Daniel Okafor";

    [Fact]
    public async Task An_agent_asks_a_colleague_to_take_over_who_accepts_on_the_other_screen()
    {
        await CustomerSaysAsync("asha", "Kya aap Hindi bolte hain?");
        var agent = await SignInAsync(Agent);
        var other = await SignInAsync(SecondAgent);
        var name = Weflux.Web.Demo.DemoWorkspaces.FindPerson(SecondAgent)!.Name;
        await agent.OpenAsync(Asha);
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Take", Exact = true }).ClickAsync();
        await Expect(agent.Messages).ToContainTextAsync("You took it");
        await Expect(other.Row(Asha)).ToHaveCountAsync(0);

        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "You hold it. Change who holds it" }).ClickAsync();
        var reason = agent.Page.GetByLabel("Why they should take it over");
        await Expect(reason).ToBeFocusedAsync();
        await agent.Page.GetByRole(AriaRole.Group, new() { Name = "Colleagues" }).GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await Expect(agent.Page.GetByText("Say why in one line.")).ToBeVisibleAsync();
        await reason.FillAsync("She writes Hindi");
        await agent.Page.GetByRole(AriaRole.Group, new() { Name = "Colleagues" }).GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await Expect(agent.Page.Locator("[data-hand-over]")).ToContainTextAsync($"You asked {name} to take this over");

        await Expect(other.Row(Asha)).ToContainTextAsync("Asked");
        await other.OpenAsync(Asha);
        var bar = other.Page.Locator("[data-hand-over]");
        await Expect(bar).ToContainTextAsync("She writes Hindi");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(other.Messages).ToContainTextAsync("You took it over from");
        await Expect(bar).ToHaveCountAsync(0);
        await Expect(agent.Page.GetByText("This conversation does not exist or is not yours to see.")).ToBeVisibleAsync();
        await Expect(agent.Row(Asha)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Customers_who_wait_come_to_whoever_is_there_and_the_thread_says_why()
    {
        var manager = await SignInAsync(Manager);
        await manager.Page.GotoAsync("/w/demo/settings/assignment");
        var rule = manager.Page.Locator("[data-rule]").First;
        await rule.GetByLabel("Who gets new conversations").SelectOptionAsync(new SelectOptionValue { Label = "Whoever has the fewest open conversations" });
        await rule.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(rule.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();

        var agent = await SignInAsync(Agent);
        await CustomerSaysAsync("asha", "Is anybody there?");
        await Expect(agent.Row(Asha)).ToContainTextAsync("Held by");
        await agent.OpenAsync(Asha);
        await Expect(agent.Messages).ToContainTextAsync("Assigned to you automatically, because you had the fewest open conversations");
    }

    [Fact]
    public async Task A_manager_makes_a_team_and_gives_it_a_conversation()
    {
        await CustomerSaysAsync("asha", "I want to order a hundred");
        var manager = await SignInAsync(Manager);
        var agent = await SignInAsync(Agent);
        await Expect(agent.Row(Asha)).ToHaveCountAsync(1);
        var tab = await OpenAnotherAsync(manager);
        await tab.Page.GotoAsync("/w/demo/settings/teams");
        await tab.Page.GetByLabel("Name of the team").FillAsync("Wholesale");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make team" }).ClickAsync();
        await Expect(tab.Page.GetByText("“Wholesale” is made.")).ToBeVisibleAsync();
        var team = tab.Page.Locator("[data-team=Wholesale]");
        await team.Locator("label").Filter(new() { HasText = Daniel }).GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(tab.Page.GetByText($"{Daniel} is in “Wholesale” now.")).ToBeVisibleAsync();

        await manager.OpenAsync(Asha);
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Choose who holds it" }).ClickAsync();
        await Expect(manager.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a colleague or a team" })).ToBeFocusedAsync();
        await manager.Page.GetByRole(AriaRole.Group, new() { Name = "Teams" }).GetByRole(AriaRole.Button, new() { Name = "Wholesale" }).ClickAsync();
        await Expect(manager.Messages).ToContainTextAsync("You gave it to the team Wholesale");
        await Expect(agent.Row(Asha)).ToHaveCountAsync(0);
        await Expect(manager.Row(Asha)).ToHaveCountAsync(1);
    }
}
