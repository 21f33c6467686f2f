using System.Net;
using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

/// <summary>What every page owes: no errors, no request to another origin (the journey itself looks), and words of its own.</summary>
public sealed class PagesTests(Chromium chromium) : Journey(chromium)
{
    [Theory]
    [InlineData("/sign-in", "Sign in")]
    [InlineData("/forbidden", "You may not see this")]
    [InlineData("/error", "Something went wrong")]
    public async Task A_page_for_strangers_loads_without_a_complaint(string path, string heading)
    {
        var tab = await NewTabAsync(await NewBrowserAsync(), "stranger");

        var answer = await tab.Page.GotoAsync(path);

        answer!.Ok.Should().BeTrue();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    [Fact]
    public async Task The_inbox_and_a_thread_load_without_a_complaint_and_keep_quiet_while_they_are_used()
    {
        var agent = await SignInAsync(Agent);
        await Expect(agent.Page.GetByText("Nothing for you right now.")).ToBeVisibleAsync();
        await CustomerSaysAsync("asha", "Hello");
        await agent.OpenAsync(Asha);
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Contact", Exact = true }).ClickAsync();
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Pretend phone" }).ClickAsync();
        await Expect(agent.Page.FrameLocator("iframe").Locator("#phone-text")).ToBeVisibleAsync();
        await agent.Page.GetByRole(AriaRole.Link, new() { Name = "Newest" }).ClickAsync();
        await Expect(agent.Row(Asha)).ToBeVisibleAsync();
        await agent.Page.ReloadAsync();
        await Expect(agent.Bubble("Hello")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/nowhere/at/all")]
    [InlineData("/not-found")]
    public async Task A_path_that_leads_nowhere_shows_the_designed_page(string path)
    {
        var tab = await NewTabAsync(await NewBrowserAsync(), "lost");

        var answer = await tab.Page.GotoAsync(path);

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the inbox" })).ToBeVisibleAsync();
        if (path != "/not-found")
        {
            answer!.Status.Should().Be((int)HttpStatusCode.NotFound);
            ForgiveStatus(tab);
        }
    }

    [Theory]
    [InlineData("/w/demo/nowhere", "There is nothing here")]
    [InlineData("/w/no-such-workspace/inbox", "There is nothing here")]
    [InlineData("/w/demo-two/inbox", "There is nothing here")]
    [InlineData("/w/demo/inbox/987654321", "This conversation does not exist or is not yours to see.")]
    public async Task Somebody_who_is_signed_in_is_told_in_words_what_is_not_there(string path, string heading)
    {
        var agent = await SignInAsync(Agent);

        var answer = await agent.Page.GotoAsync(path);

        await Expect(agent.Page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
        if (!answer!.Ok)
        {
            ForgiveStatus(agent.Tab);
        }
    }

    /// <summary>The browser itself writes into the console that the document came with 404.</summary>
    private static void ForgiveStatus(Tab tab)
    {
        tab.Complaints.Should().OnlyContain(complaint => complaint.Contains("the server responded with a status of 404", StringComparison.Ordinal));
        tab.Forgive();
    }
}
