using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Weflux.Tests.Support;

/// <summary>
/// A headless Chromium. Each page is a person of its own; what a page complains about (scripts that fail, policies that
/// are broken) is collected in <see cref="Complaints"/>.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private readonly Chromium _chromium = new();

    public ConcurrentQueue<string> Complaints { get; } = new();

    public ValueTask InitializeAsync() => _chromium.InitializeAsync();

    public async Task<IPage> NewPageAsync(WefluxHost host, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _chromium.NewContextAsync(host.Address, new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
        });
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Enqueue(message.Text);
            }
        };
        return page;
    }

    /// <summary>A page on which the person has signed in through the form and sees the shell.</summary>
    public async Task<IPage> SignInAsync(WefluxHost host, string email = "agent@demo.test", ColorScheme scheme = ColorScheme.Light)
    {
        var page = await NewPageAsync(host, scheme);
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", Weflux.Web.Demo.DemoWorkspaces.Password);
        await page.ClickAsync(".account-form button[type=submit]");
        await page.Locator(".topbar-person").WaitForAsync();
        return page;
    }

    public ValueTask DisposeAsync() => _chromium.DisposeAsync();
}
