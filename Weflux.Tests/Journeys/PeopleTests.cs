using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

/// <summary>Invite, accept, demote while a tab is open, remove while a tab is open: nobody presses refresh.</summary>
public sealed class PeopleTests(Chromium chromium) : Journey(chromium)
{
    private const string Admin = "admin@demo.test";

    [Fact]
    public async Task Somebody_is_invited_comes_in_is_made_an_Admin_is_demoted_with_the_settings_open_and_removed_with_the_inbox_open()
    {
        await CustomerSaysAsync("asha", "Hello");
        var admin = await SignInAsync(Admin);
        var link = await InviteAsync(admin.Page);

        var sana = await NewTabAsync(await NewBrowserAsync(), "sana");
        await sana.Page.GotoAsync(link);
        await sana.Page.GetByLabel("Your name").FillAsync("Sana Iqbal");
        await sana.Page.GetByLabel("E-mail").FillAsync("sana@example.com");
        await sana.Page.GetByLabel("New password").FillAsync("a long new password");
        await sana.Page.GetByRole(AriaRole.Button, new() { Name = "Create account and join" }).ClickAsync();
        await Expect(new InboxScreen(sana).Row(Asha)).ToBeVisibleAsync();

        await admin.Page.ReloadAsync();
        await ChangeRoleAsync(admin.Page, "Admin");
        await Expect(sana.Page.GetByRole(AriaRole.Link, new() { Name = "Settings" })).ToBeVisibleAsync();
        await sana.Page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await Expect(sana.Page.GetByRole(AriaRole.Heading, new() { Name = "General", Exact = true })).ToBeVisibleAsync();

        await ChangeRoleAsync(admin.Page, "Agent");
        await Expect(sana.Page.GetByRole(AriaRole.Heading, new() { Name = "You may not see this" })).ToBeVisibleAsync();
        await sana.Page.GetByRole(AriaRole.Link, new() { Name = "Weflux: to the inbox" }).ClickAsync();
        await Expect(new InboxScreen(sana).Row(Asha)).ToBeVisibleAsync();

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Manage Sana Iqbal" }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(sana.Page.GetByRole(AriaRole.Heading, new() { Name = "Your access to Chai & Co. ended" })).ToBeVisibleAsync();
        await Expect(sana.Page.GetByText("Hello")).ToHaveCountAsync(0);
        await sana.Page.GotoAsync("/w/demo/inbox");
        await Expect(sana.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();
        await Expect(admin.Page.GetByText("Sana Iqbal was removed.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_name_the_address_and_the_deletion_of_a_workspace_reach_an_open_inbox()
    {
        var agent = await SignInAsync(Agent);
        var admin = await SignInAsync(Admin);
        await admin.Page.GotoAsync("/w/demo/settings/general");
        await admin.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Chai House");
        await admin.Page.GetByRole(AriaRole.Region, new() { Name = "Name, clock and languages" }).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(agent.Page.GetByText("Chai House").First).ToBeVisibleAsync();

        await admin.Page.GetByLabel("Address of the workspace").FillAsync("chai-house");
        await Expect(admin.Page.GetByText("chai-house is free.")).ToBeVisibleAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Change address" }).ClickAsync();
        await Assertions.Expect(admin.Page).ToHaveURLAsync(new Regex("/w/chai-house/settings/general$"));
        await Assertions.Expect(agent.Page).ToHaveURLAsync(new Regex("/w/chai-house/inbox$"));

        await admin.Page.GetByLabel("Type Chai House to confirm").FillAsync("Chai");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Delete in 30 days" }).ClickAsync();
        await Expect(admin.Page.GetByText("That is not the name of this workspace.")).ToBeVisibleAsync();
        await admin.Page.GetByLabel("Type Chai House to confirm").FillAsync("Chai House");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Delete in 30 days" }).ClickAsync();
        await Expect(agent.Page.GetByText("This workspace will be erased on")).ToBeVisibleAsync();
        await Expect(agent.Page.GetByRole(AriaRole.Button, new() { Name = "Keep the workspace" })).ToHaveCountAsync(0);
        await admin.Page.GetByRole(AriaRole.Complementary, new() { Name = "Deletion" }).GetByRole(AriaRole.Button, new() { Name = "Keep the workspace" }).ClickAsync();
        await Expect(agent.Page.GetByText("This workspace will be erased on")).ToHaveCountAsync(0);
    }

    private static async Task<string> InviteAsync(IPage page)
    {
        await page.GotoAsync("/w/demo/settings/people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();

        // The link begins with the public address, at which nobody listens here.
        return new Uri(await page.GetByLabel("Link of the invitation").InputValueAsync()).AbsolutePath;
    }

    private static async Task ChangeRoleAsync(IPage page, string role)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Manage Sana Iqbal" }).ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Sana Iqbal" }).GetByLabel("Role").SelectOptionAsync(role);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change role" }).ClickAsync();
        await Expect(page.GetByText($"Sana Iqbal is an {role} now.")).ToBeVisibleAsync();
    }
}
