using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

/// <summary>What customers write is as long as they like, and pushes nothing out of its place.</summary>
public sealed class WideScreenTests(Chromium chromium) : Journey(chromium)
{
    private const string Long = "Hello, is the masala chai of last winter back, and how much is a kilogram of it with the cardamom?";

    [Fact]
    public async Task A_long_message_stays_in_its_column_of_the_floor_and_the_header_of_its_thread_in_one_row()
    {
        await CustomerSaysAsync("asha", Long);
        var manager = await SignInAsync(Manager, options: new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await manager.OpenAsync(Asha);
        await Expect(manager.Page.GetByRole(AriaRole.Button, new() { Name = "Take", Exact = true })).ToBeVisibleAsync();
        var head = manager.Page.Locator(".thread-pane header.head");
        (await MiddleAsync(head.Locator("[data-command=contact]"))).Should().BeApproximately(await MiddleAsync(head.GetByRole(AriaRole.Heading)), 24);

        await manager.Page.GotoAsync("/w/demo/floor");
        var lane = manager.Page.GetByRole(AriaRole.Region, new() { Name = "Longest wait" });
        await Expect(lane.Locator("[data-card]")).ToContainTextAsync(Long[..40]);
        var (outer, inner) = ((await lane.BoundingBoxAsync())!, (await lane.Locator("[data-card]").BoundingBoxAsync())!);
        (inner.X + inner.Width).Should().BeLessThan(outer.X + outer.Width);
    }

    private static async Task<double> MiddleAsync(ILocator locator)
    {
        var box = (await locator.BoundingBoxAsync())!;
        return box.Y + (box.Height / 2);
    }
}
