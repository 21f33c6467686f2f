using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Weflux.Domain.Contacts;
using Weflux.Tests.Support;
using Weflux.Web.Connections;

namespace Weflux.Tests.Journeys;

/// <summary>A page of 1440 by 900 at 200 %: half as many pixels of CSS each way, and nothing may be lost.</summary>
public sealed class ZoomTests(Chromium chromium) : Journey(chromium)
{
    private static readonly BrowserNewContextOptions Doubled = new() { ViewportSize = new() { Width = 720, Height = 450 }, DeviceScaleFactor = 2 };

    /// <summary>The pages of a workspace, and what one mainly does there; nothing but reading if no button is named.</summary>
    private static readonly (string Path, string? Action)[] Pages =
    [
        ("inbox", "[data-conversation-id]"), ("inbox?view=closed", "[aria-label='Filter']"), ("contacts", ".wf-button"), ("contacts/{contact}", "main button, main a[href]"),
        ("drafts", null), ("scheduled", "select"), ("failed", null), ("new", ".wf-button"), ("views", null), ("start", ".wf-button"), ("leave", ".wf-button.is-danger"),
        ("settings/general", ".wf-button"), ("settings/people", ".wf-button"), ("settings/numbers", ".wf-button"), ("settings/numbers/{number}", "main button, main a[href]"),
        ("settings/numbers/new", ".wf-button"), ("settings/sending", null), ("settings/labels", ".wf-button"), ("settings/replies", ".wf-button"),
        ("settings/templates", ".wf-button:not(.is-quiet)"), ("settings/templates/new", ".wf-button:not(.is-quiet)"), ("settings/contact-fields", ".wf-button"),
        ("settings/billing", null), ("settings/audit", ".wf-button"),
    ];

    [Fact]
    public async Task Every_page_fits_and_what_one_does_there_can_be_reached()
    {
        await CustomerSaysAsync("asha", "A word that is much-too-long-to-fit-" + new string('x', 200));
        var admin = await SignInAsync("admin@demo.test", options: Doubled);
        await Expect(admin.Row(Asha)).ToBeVisibleAsync();
        var (contact, number) = await Host.ReadAsync(async db => (await db.Set<Contact>().Select(c => c.Id).MinAsync(), await db.Set<Connection>().Select(c => c.Id).MinAsync()));
        var found = new List<string>();
        foreach (var (path, action) in Pages)
        {
            var page = path.Replace("{contact}", $"{contact}", StringComparison.Ordinal).Replace("{number}", $"{number}", StringComparison.Ordinal);
            await LookAsync(admin.Page, $"/w/demo/{page}", action, found);
        }

        await LookAsync(admin.Page, "/account/profile", ".wf-button", found);
        await LookAsync(admin.Page, "/account/security", ".wf-button", found);
        found.Should().BeEmpty();
    }

    [Fact]
    public async Task A_thread_is_read_and_answered_and_several_are_dealt_with()
    {
        await CustomerSaysAsync("asha", "Hello");
        await CustomerSaysAsync("tom", "Hello");
        var agent = await SignInAsync(Agent, options: Doubled);
        await Expect(agent.Rows).ToHaveCountAsync(2);
        await agent.Row(Tom).ClickAsync(new() { Modifiers = [KeyboardModifier.ControlOrMeta] });
        var bar = agent.Page.GetByRole(AriaRole.Group, new() { Name = "Chosen conversations" });
        foreach (var action in new[] { "Take", "Label 1 conversation", "Snooze 1 conversation", "Close 1 conversation", "More for 1 conversation", "Choose no more" })
        {
            await bar.GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync(new() { Trial = true });
        }

        (await WideAsync(agent.Page)).Should().BeEmpty();
        await bar.GetByRole(AriaRole.Button, new() { Name = "Choose no more" }).ClickAsync();
        await agent.Row(Asha).ClickAsync();
        await Expect(agent.Box).ToHaveAttributeAsync("aria-label", $"Message to {Asha}");
        await Expect(agent.Composer.And(agent.Page.Locator("[data-ready]"))).ToBeAttachedAsync();
        await agent.SendAsync("Good morning");
        await Expect(agent.Bubble("Good morning")).ToBeInViewportAsync();
        foreach (var command in new[] { "label", "snooze", "close", "assign", "contact" })
        {
            await agent.Page.Locator($".thread [data-command={command}]").Last.ClickAsync(new() { Trial = true });
        }

        (await WideAsync(agent.Page)).Should().BeEmpty();
    }

    private static async Task LookAsync(IPage page, string path, string? action, List<string> found)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator("h1:visible, h2:visible").First).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        found.AddRange((await WideAsync(page)).Select(w => $"{path}: {w}"));
        if (action is not null)
        {
            var target = page.Locator(action).Locator("visible=true").And(page.Locator(":enabled, a")).First;
            await target.ClickAsync(new() { Trial = true });
        }
    }

    /// <summary>What scrolls sideways. A table may, inside itself.</summary>
    private static Task<string[]> WideAsync(IPage page) => page.EvaluateAsync<string[]>(
        """
        () => [document.documentElement, ...document.querySelectorAll("body, main, [data-scroll]")]
          .filter(e => e.scrollWidth > e.clientWidth)
          .map(e => `${e.tagName} ${e.className} scrolls sideways: ${e.scrollWidth} > ${e.clientWidth}`)
        """);
}
