using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

public sealed class SmallScreenTests(Chromium chromium) : Journey(chromium)
{
    private const double SmallestTarget = 44;

    private static readonly BrowserNewContextOptions Handheld = new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        IsMobile = true,
        HasTouch = true,
    };

    [Fact]
    public async Task On_a_phone_one_pane_shows_at_a_time_nothing_scrolls_sideways_and_buttons_can_be_hit()
    {
        await CustomerSaysAsync("asha", "A word that is much-too-long-to-fit-" + new string('x', 200) + " and https://example.com/" + new string('y', 200));
        await CustomerSaysAsync("tom", "Hello");
        var agent = await SignInAsync(Agent, options: Handheld);
        await Expect(agent.Row(Asha)).ToBeVisibleAsync();
        await HaveRoomAsync(agent);
        await BeHitAsync(agent.Row(Asha), agent.Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button));
        await BeHitAsync(agent.Page.GetByRole(AriaRole.Link, new() { Name = "Newest" }));

        await agent.Row(Asha).TapAsync();
        await Expect(agent.Bubble("much-too-long")).ToBeVisibleAsync();
        await Expect(agent.Row(Asha)).ToBeHiddenAsync();
        await HaveRoomAsync(agent);
        var back = agent.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the conversations" });
        var contact = agent.Page.GetByRole(AriaRole.Button, new() { Name = "Contact", Exact = true });
        await BeHitAsync(back, contact, agent.Composer.GetByRole(AriaRole.Button), agent.Box);

        await contact.TapAsync();
        var panel = agent.Page.GetByRole(AriaRole.Complementary, new() { Name = "Contact", Exact = true });
        await Expect(panel).ToBeVisibleAsync();
        await HaveRoomAsync(agent);
        var close = panel.GetByRole(AriaRole.Button, new() { Name = "Close the contact panel" });
        await BeHitAsync(close);
        await close.TapAsync();
        await Expect(panel).ToHaveCountAsync(0);

        await agent.Box.TapAsync();
        await agent.Box.FillAsync("Sent from a phone");
        await agent.Composer.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).TapAsync();
        await Expect(agent.Bubble("Sent from a phone")).ToBeVisibleAsync();
        await back.TapAsync();
        await Expect(agent.Row(Tom)).ToBeVisibleAsync();
        await Expect(agent.Composer).ToBeHiddenAsync();
        await HaveRoomAsync(agent);
    }

    private static async Task HaveRoomAsync(InboxScreen screen)
    {
        var wide = await screen.Page.EvaluateAsync<string[]>(
            """
            () => [document.documentElement, ...document.querySelectorAll("body, main, [data-scroll]")]
              .filter(e => e.scrollWidth > e.clientWidth)
              .map(e => `${e.tagName} ${e.className}: ${e.scrollWidth} > ${e.clientWidth}`)
            """);
        wide.Should().BeEmpty("nothing scrolls sideways");
    }

    private static async Task BeHitAsync(params ILocator[] targets)
    {
        foreach (var target in targets)
        {
            foreach (var one in await target.AllAsync())
            {
                if (await one.IsVisibleAsync() && await one.BoundingBoxAsync() is { } box)
                {
                    Math.Min(box.Width, box.Height).Should().BeGreaterThanOrEqualTo((float)SmallestTarget, "a finger must hit {0}", one);
                }
            }
        }
    }
}
