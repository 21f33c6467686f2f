using Microsoft.Playwright;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Data;

namespace Weflux.Tests.Journeys;

/// <summary>From a word to the place where it stands, and back.</summary>
public sealed class SearchTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_word_is_typed_marked_in_what_is_found_and_shown_at_its_place_in_the_thread()
    {
        await CustomerSaysAsync("asha", "Do you have saffron from Kashmir?");
        var conversation = (await Eventually.SeeAsync(Host.ConversationsAsync, all => all.Count == 1)).Single().Id;
        await TalkOnAsync(conversation, 80);
        var manager = await SignInAsync(Manager);
        var page = manager.Page;
        await Expect(page.Locator(".desk[data-ready]")).ToBeAttachedAsync();

        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("[data-search-field]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("saff");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Search", Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-hit] mark")).ToHaveTextAsync("saffron");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 result" })).ToBeAttachedAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/w/demo/inbox/search\?q=saff$", default, TimeSpan.FromSeconds(1)));

        await page.Locator("[data-hit]").ClickAsync();
        var place = page.Locator("[data-place]");
        await Expect(place).ToContainTextAsync("saffron from Kashmir");
        await Expect(place).ToBeInViewportAsync();
        await Expect(page.Locator("[data-hit]")).ToHaveAttributeAsync("aria-current", "true");

        // From there on to the newest, and what was found still stands beside it.
        await page.GetByRole(AriaRole.Button, new() { Name = "Go to the newest" }).ClickAsync();
        await Expect(manager.Bubble("message 79")).ToBeInViewportAsync();
        await page.GoBackAsync();
        await Expect(page.Locator("[data-hit] mark")).ToHaveTextAsync("saffron");
        await Expect(page.Locator(".thread-pane article")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the inbox" }).ClickAsync();
        await Expect(manager.Row(Asha)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_phone_one_goes_from_what_was_found_to_the_thread_and_back()
    {
        await CustomerSaysAsync("asha", "Do you have saffron?");
        await Eventually.SeeAsync(Host.ConversationsAsync, all => all.Count == 1);
        var manager = await SignInAsync(Manager, options: new() { ViewportSize = new() { Width = 390, Height = 800 } });
        var page = manager.Page;
        await page.Locator("[data-search-field]").FillAsync("saffron");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await page.Locator("[data-hit]").ClickAsync();
        await Expect(page.Locator("[data-place]")).ToContainTextAsync("saffron");
        await Expect(page.Locator("[data-hit]")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the conversations" }).ClickAsync();
        await Expect(page.Locator("[data-hit]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-search-field]")).ToHaveValueAsync("saffron");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue();
    }

    private Task<int> TalkOnAsync(long conversationId, int count) => Host.ReadAsync(async db =>
    {
        var conversation = (await db.FindAsync<Conversation>(conversationId))!;
        var from = conversation.LastActivityAt;
        for (var i = 0; i < count; i++)
        {
            var at = from.AddSeconds(i + 1);
            db.Add(conversation.Receive(
                new InboundMessage($"wamid.talk.{i}", new TextContent($"message {i}"), null, at, at, null), await db.TakeSequenceAsync(1, CancellationToken.None)).Message);
        }

        return await db.SaveChangesAsync();
    });
}
