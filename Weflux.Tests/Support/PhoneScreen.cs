using Microsoft.Playwright;

namespace Weflux.Tests.Support;

/// <summary>The pretend phone of a customer.</summary>
public sealed class PhoneScreen(Tab tab)
{
    public IPage Page => tab.Page;

    /// <summary>What the business wrote and the phone received.</summary>
    public ILocator Received => Page.Locator("#chat > [data-direction=in]");

    public ILocator Message(string text) => Received.Filter(new() { HasText = text });

    public async Task SayAsync(string text)
    {
        await Page.Locator("#phone-text").FillAsync(text);
        await Page.Locator("#phone-send").ClickAsync();
        await Assertions.Expect(Page.Locator("#chat > [data-direction=out]").Filter(new() { HasText = text }).Last).ToBeVisibleAsync();
    }

    public async Task SwitchOffAsync()
    {
        await Page.Locator("#phone-power").DispatchEventAsync("click");
        await Assertions.Expect(Page.Locator("#off")).ToBeVisibleAsync();
    }

    /// <summary>Nobody looks at the phone any more: what arrives is delivered but not read.</summary>
    public Task PutAwayAsync() => ShowAsync("hidden");

    public Task TakeUpAsync() => ShowAsync("visible");

    // Returns when the simulator knows; a page that is closed is missed only a moment later.
    private Task ShowAsync(string state) => Page.RunAndWaitForResponseAsync(
        () => Page.EvaluateAsync(
            """
            state => {
              Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
              document.dispatchEvent(new Event("visibilitychange"));
            }
            """,
            state),
        response => response.Url.Contains("/simulator/viewers/", StringComparison.Ordinal));
}
