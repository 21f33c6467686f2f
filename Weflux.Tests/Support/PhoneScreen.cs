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

    public Task PutAwayAsync() => Page.CloseAsync();
}
