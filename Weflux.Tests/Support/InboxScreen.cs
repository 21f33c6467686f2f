using Microsoft.Playwright;

namespace Weflux.Tests.Support;

/// <summary>The inbox as a person finds it on the screen.</summary>
public sealed class InboxScreen(Tab tab)
{
    public Tab Tab => tab;

    public IPage Page => tab.Page;

    public ILocator Rows => Page.Locator("[data-conversation-id]");

    public ILocator Composer => Page.Locator("section[data-window]");

    public ILocator Box => Composer.Locator("textarea");

    public ILocator Messages => Page.GetByRole(AriaRole.Log);

    public ILocator ChooseTemplate => Composer.GetByRole(AriaRole.Button, new() { Name = "Choose a template" });

    public ILocator Row(string contact) => Rows.Filter(new() { HasText = contact });

    public ILocator Bubble(string text) => Page.Locator("[data-direction]").Filter(new() { HasText = text });

    /// <summary>The picture that says how far a message of ours came.</summary>
    public ILocator Tick(string text, string says) => Bubble(text).GetByRole(AriaRole.Img, new() { Name = says, Exact = true });

    /// <summary>Opens a conversation with an open window from the list, on a desk, and waits until it can be answered.</summary>
    public async Task OpenAsync(string contact)
    {
        await Row(contact).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = contact, Exact = true }).First).ToBeVisibleAsync();

        // The composer takes the focus when its script has taken over the keys.
        await Assertions.Expect(Box).ToHaveAttributeAsync("aria-label", $"Message to {contact}");
        await Assertions.Expect(Box).ToBeFocusedAsync();
    }

    public async Task SendAsync(string text)
    {
        await Box.FillAsync(text);
        await Box.PressAsync("Enter");
        await Assertions.Expect(Box).ToHaveValueAsync("");
    }
}
