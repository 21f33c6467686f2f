using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Weflux.Tests.Support;

/// <summary>
/// A headless Chromium. Each page is a person of its own; what a page complains about (scripts that fail, policies that
/// are broken) is collected in <see cref="Complaints"/>.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ConcurrentQueue<string> Complaints { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("WEFLUX_TEST_BROWSER") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task<IPage> NewPageAsync(WefluxHost host, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = host.Address.ToString(),
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

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
