using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;
using Weflux.Web.Connections;
using Weflux.Web.Sending;

namespace Weflux.Tests.Journeys;

/// <summary>The rules of axe-core, on every page, wide and narrow, light and dark.</summary>
public sealed class AxeTests(Chromium chromium) : Journey(chromium)
{
    [Theory]
    [InlineData("admin@demo.test", 1440, ColorScheme.Light, true)]
    [InlineData("admin@demo.test", 390, ColorScheme.Dark, true)]
    [InlineData(Manager, 1024, ColorScheme.Dark, false)]
    [InlineData(Agent, 390, ColorScheme.Light, false)]
    public async Task Nothing_serious_stands_in_anybodys_way(string email, int width, ColorScheme scheme, bool onEveryPage)
    {
        await CustomerSaysAsync("asha", "Hello, do you have masala chai? Call +91 91234 56789");
        await CustomerSaysAsync("tom", "STOP");
        await AnswerAsync(email);
        var screen = await SignInAsync(email, options: new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        var found = new List<string>();
        await Axe.LookAsync(screen.Page, "the list", found);
        await screen.Row(Asha).ClickAsync();
        await Expect(screen.Bubble("masala chai").First).ToBeVisibleAsync();
        await Axe.LookAsync(screen.Page, "a thread", found);
        await LookAtTeamAsync(screen, found);
        await screen.Page.Keyboard.PressAsync("Control+k");
        await Expect(screen.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Axe.LookAsync(screen.Page, "the palette", found);

        var (contact, number) = await Host.ReadAsync(async db => (await db.Set<Contact>().Select(c => c.Id).MinAsync(), await db.Set<Connection>().Select(c => c.Id).MinAsync()));
        var settings = new[] { "general", "people", "numbers", $"numbers/{number}", "numbers/new", "sending", "labels", "replies", "templates", "templates/new", "contact-fields", "api-keys", "webhooks", "billing", "audit" };
        var pages = new[] { "inbox?view=closed", "inbox/search?q=chai", "contacts", $"contacts/{contact}", "drafts", "scheduled", "failed", "floor", "new", "views", "start", "leave" }
            .Concat(settings.Select(s => $"settings/{s}")).Select(p => $"/w/demo/{p}").Append("/account/profile").Append("/account/security");
        pages = onEveryPage ? pages : [];
        foreach (var page in pages)
        {
            await screen.Page.GotoAsync(page);
            await Expect(screen.Page.Locator("h1:visible, h2:visible").First).ToBeVisibleAsync();
            await screen.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Axe.LookAsync(screen.Page, page, found);
        }

        found.Should().BeEmpty();
    }

    /// <summary>Who takes part, and a note with files: one that is written, and one that stands there.</summary>
    private static async Task LookAtTeamAsync(InboxScreen screen, List<string> found)
    {
        await screen.Page.Locator("[data-command=taking-part]").ClickAsync();
        await Expect(screen.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Add a colleague" })).ToBeFocusedAsync();
        await Axe.LookAsync(screen.Page, "who takes part", found);
        await screen.Page.Keyboard.PressAsync("Escape");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Note", Exact = true }).ClickAsync();
        var box = screen.Page.Locator(".note-box");
        var chooser = await screen.Page.RunAndWaitForFileChooserAsync(() => box.GetByRole(AriaRole.Button, new() { Name = "Attach files to the note" }).ClickAsync());
        await chooser.SetFilesAsync([new FilePayload { Name = "plan.png", MimeType = "image/png", Buffer = Samples.Png }, new() { Name = "bill.pdf", MimeType = "application/pdf", Buffer = Samples.Pdf }]);
        await Expect(box.Locator("[data-files] li").Filter(new() { HasText = "ready" })).ToHaveCountAsync(2);
        await Axe.LookAsync(screen.Page, "a note with files", found);
        await box.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(screen.Page.Locator("[data-note-file]")).ToHaveCountAsync(2);
        await Axe.LookAsync(screen.Page, "files of a note", found);
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
    }

    private async Task AnswerAsync(string email)
    {
        var conversation = (await Eventually.SeeAsync(Host.ConversationsAsync, all => all.Count == 2)).Min(c => c.Id);
        await Host.Services.GetRequiredService<SendReply>().ExecuteAsync(await Host.ActorAsync(email), conversation, new TextContent("Good morning"), Guid.CreateVersion7());
    }
}
