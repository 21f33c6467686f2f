using Microsoft.Playwright;

namespace Weflux.Tests.Support;

/// <summary>One browser for all journeys; each person gets a context of their own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly float Patience = (float)TimeSpan.FromSeconds(60).TotalMilliseconds;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = await BrowserPath.ResolveAsync(),
            Args =
            [
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",

                // A microphone that hums.
                "--use-fake-device-for-media-stream",
            ],
        });
        Assertions.SetDefaultExpectTimeout(Patience);
    }

    public async Task<IBrowserContext> NewContextAsync(Uri origin, BrowserNewContextOptions? options = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions(options ?? new())
        {
            BaseURL = origin.ToString(),
            Locale = "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is { } browser)
        {
            await browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
