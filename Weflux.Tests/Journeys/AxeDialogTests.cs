using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Compose;
using Weflux.Web.Replies;
using Weflux.Web.Sending;
using Weflux.Web.Team;
using Weflux.Web.Team.Settings;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;

namespace Weflux.Tests.Journeys;

/// <summary>The rules of axe-core in everything that opens over a page, light and dark.</summary>
public sealed class AxeDialogTests(Chromium chromium) : Journey(chromium)
{
    private readonly List<string> _found = [];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Menus_of_the_list_and_of_what_is_chosen(ColorScheme scheme)
    {
        var screen = await OpenAsync(Manager, scheme, 1024);
        var page = screen.Page;
        await PopAsync(page, page.GetByRole(AriaRole.Button, new() { NameRegex = new("^View: ") }), "the views");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Unread by me" }).CheckAsync();
        await LookAtDialogAsync(page, "the filters");
        await PopAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Save this view" }), "saving a view");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear all" }).ClickAsync();

        await screen.Row(Asha).ClickAsync(new() { Modifiers = [KeyboardModifier.ControlOrMeta] });
        var bar = page.GetByRole(AriaRole.Group, new() { Name = "Chosen conversations" });
        await Expect(bar).ToContainTextAsync("1 chosen");
        await Axe.LookAsync(page, "a chosen row", _found);
        foreach (var menu in new[] { "Assign", "Label", "Snooze", "Close", "More for" })
        {
            await PopAsync(page, bar.GetByRole(AriaRole.Button, new() { Name = $"{menu} 1 conversation" }), $"{menu} in the bar");
        }

        await bar.GetByRole(AriaRole.Button, new() { Name = "Close 1 conversation" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.Locator("[data-told]")).ToContainTextAsync("1 closed.");
        await Axe.LookAsync(page, "what came of it", _found);
        _found.Should().BeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Menus_of_a_thread_and_everything_of_the_composer(ColorScheme scheme)
    {
        var screen = await OpenAsync(Manager, scheme, 1440);
        var page = screen.Page;
        await screen.OpenAsync(Asha);
        foreach (var command in new[] { "label", "snooze", "close", "assign" })
        {
            await PopAsync(page, page.Locator($".thread [data-command={command}]").Last, $"{command} in the thread");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Contact", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Contact", Exact = true })).ToBeVisibleAsync();
        await Axe.LookAsync(page, "the contact", _found);
        await page.GetByRole(AriaRole.Button, new() { Name = "Note", Exact = true }).ClickAsync();

        // It takes the focus once it listens.
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Note, only for your team" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Note, only for your team" }).PressSequentiallyAsync("@");
        await Expect(page.GetByRole(AriaRole.Option).Locator("visible=true").First).ToBeVisibleAsync();
        await Axe.LookAsync(page, "a mention", _found);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Note, only for your team" }).FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
        await Expect(screen.Box).ToBeVisibleAsync();

        await RepliesAsync(screen);
        await ComposeAsync(screen);
        await LaterAsync(screen);
        await screen.Bubble("masala").First.HoverAsync();
        await screen.Bubble("masala").First.GetByRole(AriaRole.Button, new() { Name = "Reply or react" }).ClickAsync();
        await Axe.LookAsync(page, "what can be done with a message", _found);
        _found.Should().BeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_asks_shows_and_finds(ColorScheme scheme)
    {
        var screen = await OpenAsync(Agent, scheme, 1440);
        var page = screen.Page;
        await screen.OpenAsync(Asha);
        await Expect(page.Locator(".desk[data-ready]")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("a");
        await Expect(page.GetByRole(AriaRole.Option).Locator("visible=true").First).ToBeVisibleAsync();
        await LookAtDialogAsync(page, "the palette");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(":focus").EvaluateAsync("e => e.blur()");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToContainTextAsync("Shift+j");
        await LookAtDialogAsync(page, "the sheet of shortcuts");
        await ShowAsync(page, "workspace-menu");
        await ShowAsync(page, "person-menu");

        await screen.Box.FillAsync("Half a thought");
        var conversation = (await Host.ConversationsAsync()).Min(c => c.Id);
        var manager = await Host.ActorAsync(Manager);

        // Else the answer would take it from the Agent's eyes.
        (await The<AssignConversation>().ExecuteAsync(manager, conversation, (await Host.ActorAsync(Agent)).User)).Should().Be(WorkOutcome.Done);
        await The<SendReply>().ExecuteAsync(manager, conversation, new TextContent("I was faster"), Guid.CreateVersion7());
        await Expect(screen.Bubble("I was faster")).ToBeVisibleAsync();
        await screen.Box.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await Axe.LookAsync(page, "a colleague was faster", _found);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep writing" }).ClickAsync();

        await CustomerSendsAsync("asha", new { type = "image", caption = "My favourite cup" });
        await screen.Bubble("My favourite cup").GetByRole(AriaRole.Button, new() { Name = "Open the photo: My favourite cup" }).ClickAsync();
        await LookAtDialogAsync(page, "a photo");

        await page.GotoAsync("/w/demo/drafts");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Throw away the draft") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Throw it away" })).ToBeVisibleAsync();
        await Axe.LookAsync(page, "whether a draft goes", _found);
        await RevealAsync(page);
        _found.Should().BeEmpty();
    }

    private async Task RepliesAsync(InboxScreen screen)
    {
        await screen.Box.PressSequentiallyAsync("/ta");
        await Expect(screen.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "/table" })).ToBeVisibleAsync();
        await Axe.LookAsync(screen.Page, "the canned replies", _found);
        await screen.Box.PressAsync("Enter");
        await Expect(screen.Page.GetByLabel("How many")).ToBeFocusedAsync();
        await LookAtDialogAsync(screen.Page, "the blanks of a reply");
        await screen.Box.FillAsync("");
    }

    private async Task ComposeAsync(InboxScreen screen)
    {
        var opener = screen.Composer.GetByRole(AriaRole.Button, new() { Name = "Send something else" });
        await opener.ClickAsync();
        await Expect(screen.Page.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await Axe.LookAsync(screen.Page, "what else to send", _found);
        await screen.Page.Keyboard.PressAsync("Escape");
        foreach (var kind in ComposeKinds.All(hasCatalog: false))
        {
            await Expect(screen.Page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(0);
            await opener.ClickAsync();
            await screen.Page.GetByRole(AriaRole.Menuitem, new() { Name = kind.Name(), Exact = true }).ClickAsync();
            await LookAtDialogAsync(screen.Page, kind.Name());
        }

        await screen.ChooseTemplate.ClickAsync();
        await screen.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button).Filter(new() { HasText = "visit reminder" }).ClickAsync();
        await Expect(screen.Page.GetByLabel("day")).ToBeFocusedAsync();
        await LookAtDialogAsync(screen.Page, "a template");
    }

    private async Task LaterAsync(InboxScreen screen)
    {
        await screen.Box.FillAsync("Until tomorrow");
        await screen.Composer.GetByRole(AriaRole.Button, new() { Name = "Send later", Exact = true }).ClickAsync();
        await Expect(screen.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("the workspace's");
        await LookAtDialogAsync(screen.Page, "sending later");
    }

    private async Task RevealAsync(IPage page)
    {
        await page.GotoAsync("/w/demo/contacts");
        await page.Locator("[data-contact-id]").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the number …" }).First.ClickAsync();
        await Expect(page.GetByLabel("Why do you need the number?")).ToBeFocusedAsync();
        await Axe.LookAsync(page, "why the number is needed", _found);
    }

    private async Task ShowAsync(IPage page, string menu)
    {
        await page.Locator($"[popovertarget={menu}]").ClickAsync();
        await Expect(page.Locator($"#{menu}")).ToBeVisibleAsync();
        await Axe.LookAsync(page, menu, _found);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator($"#{menu}")).ToBeHiddenAsync();
    }

    private async Task PopAsync(IPage page, ILocator opener, string what)
    {
        await opener.ClickAsync();
        await LookAtDialogAsync(page, what);
    }

    /// <summary>Looks at the dialog that has opened, and closes it.</summary>
    private async Task LookAtDialogAsync(IPage page, string what)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToHaveCountAsync(1);
        await Expect(dialog.Locator(":focus")).ToHaveCountAsync(1);
        await Axe.LookAsync(page, what, _found);
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private async Task<InboxScreen> OpenAsync(string email, ColorScheme scheme, int width)
    {
        var admin = await Host.ActorAsync("admin@demo.test");
        (await The<MakeLabel>().ExecuteAsync(admin, "Refund", LabelColor.Red)).Should().Be(LabelOutcome.Saved);
        (await The<AddCloseReason>().ExecuteAsync(admin, "Solved")).Should().Be(LabelOutcome.Saved);
        (await The<SaveReply>().ExecuteAsync(admin, new ReplyDraft(null, "table", "A table for {{?How many}}.", IsShared: true, []))).Outcome.Should().Be(ReplyOutcome.Saved);
        await The<ChangeAgentAccess>().ExecuteAsync(admin, admin.Settings with { MayReveal = true });
        await JoinAnotherAsync(email);
        await CustomerSaysAsync("asha", "Hello, do you have masala chai?");
        var screen = await SignInAsync(email, options: new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        await Expect(screen.Row(Asha)).ToBeVisibleAsync();
        return screen;
    }

    /// <summary>Who is in two workspaces has a menu of them.</summary>
    private async Task JoinAnotherAsync(string email)
    {
        var (user, here) = ((await Host.ActorAsync(email)).User, (await Host.ActorAsync(email)).Workspace);
        await The<WefluxDatabase>().WriteForSystemAsync(
            async db =>
            {
                var other = await db.Set<Workspace>().Where(w => w.Id != here).Select(w => w.Id).FirstAsync();
                if (!await db.Set<Membership>().AcrossWorkspaces().AnyAsync(m => m.WorkspaceId == other && m.UserId == user))
                {
                    db.Add(new Membership { WorkspaceId = other, UserId = user, Role = Role.Agent });
                    await db.SaveChangesAsync();
                }
            },
            CancellationToken.None);
    }

    private T The<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();
}
