using System.Globalization;
using Microsoft.Playwright;

namespace Weflux.Tests.Faults;

/// <summary>
/// A page of the inbox in a browser, which nobody touches after it was opened: whatever befalls the server, it has to
/// come back by itself, and to show in the end what the database holds.
/// </summary>
internal sealed class BrowserScreen
{
    private const string ReadRows =
        """
        rows => rows.map(row => [
            row.dataset.conversationId, row.dataset.lastWamid ?? '', row.dataset.needsReply, row.dataset.unread,
            row.querySelector('.words')?.textContent.trim() ?? '', row.querySelector('.ticks')?.getAttribute('aria-label') ?? '',
        ].join(' | '))
        """;

    private const string ReadBubbles =
        """
        bubbles => bubbles.map(bubble => [
            bubble.dataset.messageId, bubble.dataset.wamid ?? '', bubble.dataset.direction, bubble.dataset.status,
            bubble.querySelector('.words')?.textContent.trim() ?? '', bubble.querySelector('.ticks')?.getAttribute('aria-label') ?? '',
        ].join(' | '))
        """;

    private readonly IPage _page;
    private readonly long? _conversation;
    private int _loads;
    private int _standIns;

    private BrowserScreen(IPage page, long? conversation)
    {
        (_page, _conversation) = (page, conversation);
        page.Response += (_, answer) =>
        {
            if (answer.Request.IsNavigationRequest)
            {
                Interlocked.Increment(ref answer.Status == 200 ? ref _loads : ref _standIns);
            }
        };
    }

    /// <summary>How often the page was loaded, and how often something had to stand in because the server was away.</summary>
    public string Story => $"{(_conversation is null ? "list" : "thread")}: loaded {_loads} times, {_standIns} times stood in for";

    /// <summary>Signs in as a demo person and opens the inbox, or one conversation in it.</summary>
    public static async Task<BrowserScreen> OpenAsync(IBrowserContext browser, string person, long? conversation = null)
    {
        var page = await browser.NewPageAsync();
        var screen = new BrowserScreen(page, conversation);
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/w/demo/inbox/{conversation}"));
        var button = page.GetByRole(AriaRole.Button).Filter(new() { HasText = person });
        if (!page.Url.Contains("/w/demo/", StringComparison.Ordinal))
        {
            await button.ClickAsync();
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Inbox", Exact = true })).ToBeVisibleAsync();

        // From here on even a reload at the worst moment is met by something that comes back.
        await page.WaitForFunctionAsync("async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'");
        return screen;
    }

    /// <summary>In what the page differs from the database.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(Evidence evidence)
    {
        if (_conversation is not { } conversation)
        {
            return Compare(await ReadAsync("[data-conversation-id]", ReadRows), evidence.Lines());
        }

        // A page holds the newest messages, and more if somebody scrolled or it has been open for long.
        var shown = await ReadAsync("[data-message-id]", ReadBubbles);
        var bubbles = evidence.Bubbles(conversation);
        var few = shown.Count < Math.Min(bubbles.Count, Weflux.Web.Inbox.ThreadQuery.PageSize)
            ? (string[])[$"only {shown.Count} of {bubbles.Count} bubbles are shown; the page says: {await SaysAsync()}"]
            : [];
        return [.. few, .. Compare(shown, [.. bubbles.TakeLast(shown.Count)])];
    }

    private static IReadOnlyList<string> Compare(IReadOnlyList<string> shown, IReadOnlyList<string> stored) =>
    [
        .. stored.Except(shown, StringComparer.Ordinal).Select(line => $"not shown: {line}"),
        .. shown.Except(stored, StringComparer.Ordinal).Select(line => $"shown, not stored: {line}"),
        .. shown.CountBy(line => line).Where(c => c.Value > 1).Select(c => $"shown {c.Value} times: {c.Key}"),
        .. shown.Order(StringComparer.Ordinal).SequenceEqual(stored.Order(StringComparer.Ordinal)) && !shown.SequenceEqual(stored)
            ? (string[])[$"the order differs: {string.Join(" / ", shown.Zip(stored).Where(pair => pair.First != pair.Second))}"]
            : [],
    ];

    private async Task<string> SaysAsync()
    {
        try
        {
            return $"{_page.Url} {string.Join(' ', (await _page.Locator("body").InnerTextAsync(new() { Timeout = 1000 })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}";
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            return $"{_page.Url} {exception.Message}";
        }
    }

    private async Task<IReadOnlyList<string>> ReadAsync(string selector, string script)
    {
        try
        {
            return await _page.Locator(selector).EvaluateAllAsync<string[]>(script);
        }
        catch (PlaywrightException exception)
        {
            // The page is just being loaded.
            return [exception.Message];
        }
    }
}
