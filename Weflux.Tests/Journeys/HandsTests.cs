using Microsoft.Playwright;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;
using Weflux.Web.Replies;

namespace Weflux.Tests.Journeys;

/// <summary>The quick ways: canned replies, keys, drafts, and a stop before two answer at once.</summary>
public sealed class HandsTests(Chromium chromium) : Journey(chromium)
{
    /// <summary>Whether the focus has left the panel before the server can have heard of the key.</summary>
    private const string EscapeAndLook = """
        () => {
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
          return !document.activeElement.closest("[role=dialog]");
        }
        """;

    [Fact]
    public async Task A_reply_is_written_in_the_settings_chosen_by_keyboard_put_in_at_the_cursor_and_undone()
    {
        await CustomerSaysAsync("asha", "Hello");
        var agent = await SignInAsync(Agent);
        await agent.Page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "New reply" }).ClickAsync();
        await Expect(agent.Page.GetByLabel("Shortcut", new() { Exact = true })).ToBeFocusedAsync();
        await agent.Page.GetByLabel("Shortcut", new() { Exact = true }).FillAsync("thanks");
        await agent.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("Thank you, ");
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Customer's first name" }).ClickAsync();
        await Expect(agent.Page.GetByLabel("Text", new() { Exact = true })).ToHaveValueAsync("Thank you, {{contact.first_name}}");
        await Expect(agent.Page.GetByLabel("Everybody", new() { Exact = true })).ToHaveCountAsync(0);
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Save reply" }).ClickAsync();
        await Expect(agent.Page.GetByText("“/thanks” is saved.")).ToBeVisibleAsync();
        await Expect(agent.Page.Locator("[data-reply=thanks]")).ToContainTextAsync("Not used yet");

        await agent.Page.GotoAsync("/w/demo/inbox");
        await agent.OpenAsync(Asha);
        await agent.Box.PressSequentiallyAsync("Good morning! /th");
        var option = agent.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "/thanks" });
        await Expect(option).ToHaveAttributeAsync("aria-selected", "true");
        await agent.Box.PressAsync("Enter");
        await Expect(agent.Box).ToHaveValueAsync("Good morning! Thank you, Asha");
        await Expect(agent.Box).ToBeFocusedAsync();

        await agent.Box.PressAsync("Control+z");
        await Expect(agent.Box).ToHaveValueAsync("Good morning! /th");
        await agent.Box.PressAsync("Control+Shift+z");
        await agent.Box.PressAsync("Enter");
        await Expect(agent.Bubble("Good morning! Thank you, Asha")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Blanks_are_asked_for_first_and_files_go_to_the_tray()
    {
        var manager = await Host.ActorAsync(Manager);
        var file = await Host.UploadAsync(manager, "menu.txt", "the menu"u8.ToArray());
        await SaveAsync(manager, "table", "Your table is booked for {{?How many}} on {{?Which day}}.", [file]);
        await CustomerSaysAsync("asha", "A table please");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.Box.FillAsync("Hi!\n\nSee you.");
        await agent.Box.EvaluateAsync("box => box.setSelectionRange(4, 4)");
        await agent.Box.PressSequentiallyAsync("/ta");
        await agent.Box.PressAsync("Tab");

        await Expect(agent.Page.GetByLabel("How many")).ToBeFocusedAsync();
        await agent.Page.GetByLabel("How many").FillAsync("four");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(agent.Page.GetByText("Answer what is asked")).ToBeVisibleAsync();
        await Expect(agent.Page.GetByLabel("Which day")).ToBeFocusedAsync();
        await agent.Page.GetByLabel("Which day").FillAsync("<b>Monday</b>");
        await agent.Page.Keyboard.PressAsync("Enter");

        await Expect(agent.Box).ToHaveValueAsync("Hi!\nYour table is booked for four on <b>Monday</b>.\nSee you.");
        await Expect(agent.Box).ToBeFocusedAsync();
        await Expect(agent.Page.Locator("[data-files] [data-name]")).ToHaveTextAsync("menu.txt");
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect((await OpenPhoneAsync("asha")).Received.First).ToContainTextAsync("menu.txt");
    }

    [Theory]
    [InlineData("Tab")]
    [InlineData("Enter")]
    public async Task Who_types_faster_than_the_list_comes_gets_the_reply_and_the_customer_gets_no_shortcut(string key)
    {
        await SaveAsync(await Host.ActorAsync(Manager), "hours", "We are open until eight.", []);
        await CustomerSaysAsync("asha", "When are you open?");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);

        await TypeAtOnceAsync(agent, "/ho", key);
        await Expect(agent.Box).ToHaveValueAsync("We are open until eight.");

        var again = await OpenAnotherAsync(agent);
        await again.OpenAsync(Asha);
        await again.Box.FillAsync("");
        await TypeAtOnceAsync(again, "/nobody", key);
        if (key == "Tab")
        {
            await again.Box.PressAsync("Enter");
        }

        await Expect(again.Page.GetByText("No reply is called /nobody. Press Enter again to send it as it is.")).ToBeVisibleAsync();
        (await Host.MessagesAsync()).Should().NotContain(m => m.Content.Text.StartsWith('/'));

        // In one step of the browser, so that no server can have answered in between.
        static Task TypeAtOnceAsync(InboxScreen screen, string words, string key) => screen.Box.EvaluateAsync(
            """
            (box, { words, key }) => {
              box.focus();
              document.execCommand("insertText", false, words);
              box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            }
            """,
            new { words, key });
    }

    [Fact]
    public async Task Escape_leaves_the_slash_as_it_is_typed_and_a_slash_within_a_word_lists_nothing()
    {
        await SaveAsync(await Host.ActorAsync(Manager), "or", "Never", []);
        await CustomerSaysAsync("asha", "Hello");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.Box.PressSequentiallyAsync("/or");
        await Expect(agent.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await agent.Box.PressAsync("Escape");
        await Expect(agent.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await agent.Box.PressAsync("Enter");
        await Expect(agent.Bubble("/or")).ToBeVisibleAsync();
        await agent.Box.PressSequentiallyAsync("and/or");
        await Expect(agent.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_shortcut_that_nothing_is_called_does_not_go_to_the_customer_by_the_first_Enter()
    {
        await SaveAsync(await Host.ActorAsync(Manager), "hours", "Nine to six", []);
        await CustomerSaysAsync("asha", "Hello");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.Box.PressSequentiallyAsync("/huors");
        await agent.Box.PressAsync("Enter");
        await Expect(agent.Page.GetByText("No reply is called /huors.")).ToBeVisibleAsync();
        await Expect(agent.Box).ToHaveValueAsync("/huors");
        (await Host.MessagesAsync()).Should().NotContain(m => m.Direction == MessageDirection.Out);

        await agent.Box.PressAsync("Enter");
        await Expect(agent.Bubble("/huors")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_day_is_done_by_keyboard_and_letters_stay_letters_while_somebody_writes()
    {
        await CustomerSaysAsync("tom", "First");
        await CustomerSaysAsync("asha", "Second");
        var manager = await SignInAsync(Manager);
        var keys = manager.Page.Keyboard;
        await Expect(manager.Rows).ToHaveCountAsync(2);
        await KeysReadyAsync(manager);

        await keys.PressAsync("j");
        await Expect(manager.Rows.First).ToBeFocusedAsync();
        await keys.PressAsync("j");
        await Expect(manager.Rows.Nth(1)).ToBeFocusedAsync();
        await keys.PressAsync("k");
        await keys.PressAsync("Enter");
        await Expect(manager.Box).ToBeFocusedAsync();
        await keys.TypeAsync("jake's e-mail, ran");
        await Expect(manager.Box).ToHaveValueAsync("jake's e-mail, ran");
        await Expect(manager.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await keys.PressAsync("Escape");
        await Expect(manager.Box).Not.ToBeFocusedAsync();
        await keys.PressAsync("n");
        await Expect(manager.Page.GetByRole(AriaRole.Textbox, new() { Name = "Note, only for your team" })).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("r");
        await Expect(manager.Box).ToBeFocusedAsync();
        await Expect(manager.Box).ToHaveValueAsync("jake's e-mail, ran");
        await keys.PressAsync("Escape");
        await keys.PressAsync("a");
        await Expect(manager.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a colleague" })).ToBeFocusedAsync();
        (await manager.Page.EvaluateAsync<bool>(EscapeAndLook)).Should().BeTrue("the next letter must not fall into a panel that is closing");
        await keys.PressAsync("s");
        await Expect(manager.Page.GetByRole(AriaRole.Dialog, new() { Name = "Snooze" }).GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(manager.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await keys.PressAsync("e");
        await Expect(manager.Page.GetByRole(AriaRole.Dialog, new() { Name = "Close" }).GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(manager.Page.GetByText("Closed.", new() { Exact = true })).ToBeVisibleAsync();
        await keys.PressAsync("?");
        await Expect(manager.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToContainTextAsync("Write a note");
        await keys.PressAsync("Escape");
        await Expect(manager.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_letter_right_after_Escape_is_the_pages_own_however_far_the_server_is()
    {
        await CustomerSaysAsync("asha", "Hello");
        var manager = await SignInAsync(Manager);
        await manager.OpenAsync(Asha);
        await KeysReadyAsync(manager);
        var snooze = manager.Page.GetByRole(AriaRole.Dialog, new() { Name = "Snooze" });

        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Choose who holds it" }).ClickAsync();
        await Expect(manager.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a colleague" })).ToBeFocusedAsync();
        await EscapeThenAsync("s");
        await Expect(snooze.GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        await Expect(manager.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);

        // Opened again with the key that is pressed right after it was closed.
        await EscapeThenAsync("s");
        await Expect(snooze.GetByRole(AriaRole.Button).First).ToBeFocusedAsync();

        // Both keys within one task of the browser: nothing that the server says can come between them.
        Task EscapeThenAsync(string letter) => manager.Page.EvaluateAsync(
            """letter => ["Escape", letter].forEach(key => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))""",
            letter);
    }

    [Fact]
    public async Task The_palette_goes_to_a_customer_and_does_what_can_be_done_with_the_open_conversation()
    {
        await CustomerSaysAsync("tom", "First");
        await CustomerSaysAsync("asha", "Second");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Tom);
        await KeysReadyAsync(agent);
        var keys = agent.Page.Keyboard;

        await keys.PressAsync("Control+k");
        var find = agent.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find a conversation, a page or an action" });
        await Expect(find).ToBeFocusedAsync();
        await find.FillAsync("asha");
        await Expect(agent.Page.GetByRole(AriaRole.Option, new() { Name = Asha })).ToHaveAttributeAsync("aria-selected", "true");
        await find.PressAsync("Enter");
        await Expect(agent.Page.GetByRole(AriaRole.Heading, new() { Name = Asha, Exact = true }).First).ToBeVisibleAsync();
        await Expect(agent.Box).ToHaveAttributeAsync("aria-label", $"Message to {Asha}");

        await keys.PressAsync("Control+k");
        await Expect(agent.Page.GetByRole(AriaRole.Option, new() { Name = "Settings: People" })).ToHaveCountAsync(0);
        await find.FillAsync("snooze");
        await find.PressAsync("Enter");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Snooze" })).ToBeVisibleAsync();
        await keys.PressAsync("Escape");

        await keys.PressAsync("Control+k");
        await find.FillAsync("replies");
        await find.PressAsync("Enter");
        await Expect(agent.Page.GetByRole(AriaRole.Heading, new() { Name = "Replies", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Single_letters_are_switched_off_in_the_profile()
    {
        await CustomerSaysAsync("asha", "Hello");
        var agent = await SignInAsync(Agent);
        await agent.Page.GotoAsync("/account/profile");
        await agent.Page.GetByLabel("Single letters do things in the inbox").UncheckAsync();
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(agent.Page.GetByText("Saved.")).ToBeVisibleAsync();

        await agent.Page.GotoAsync("/w/demo/inbox");
        await Expect(agent.Rows).ToHaveCountAsync(1);
        await KeysReadyAsync(agent);
        await agent.Page.Keyboard.PressAsync("Control+k");
        await Expect(agent.Page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("Escape");
        await agent.Page.Keyboard.PressAsync("?");
        await agent.Page.Keyboard.PressAsync("j");
        await Expect(agent.Rows.First).Not.ToBeFocusedAsync();
        await Expect(agent.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_draft_waits_in_the_list_of_drafts_and_can_be_thrown_away()
    {
        await CustomerSaysAsync("asha", "Hello");
        await CustomerSaysAsync("tom", "Hello too");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.Box.FillAsync("Half a thought\nand more");
        await Expect(agent.Row(Asha)).ToBeVisibleAsync();
        await agent.OpenAsync(Tom);
        await Expect(agent.Row(Asha)).ToContainTextAsync("Half a thought");

        await agent.Page.GetByRole(AriaRole.Link, new() { Name = "Your drafts" }).ClickAsync();
        var draft = agent.Page.GetByRole(AriaRole.Link).Filter(new() { HasText = "Half a thought" });
        await Expect(draft).ToContainTextAsync(Asha);
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = $"Throw away the draft to {Asha}" }).ClickAsync();
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Throw it away" }).ClickAsync();
        await Expect(agent.Page.GetByText($"The draft to {Asha} is gone.")).ToBeVisibleAsync();
        await Expect(agent.Page.GetByRole(AriaRole.Heading, new() { Name = "No drafts" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_writes_while_a_colleague_answers_is_asked_before_it_goes_out()
    {
        await CustomerSaysAsync("asha", "Where is my parcel?");
        var manager = await SignInAsync(Manager);
        await manager.OpenAsync(Asha);
        var admin = await SignInAsync("admin@demo.test");
        await admin.OpenAsync(Asha);
        await manager.Box.FillAsync("Let me look");
        await admin.SendAsync("It arrives today");
        await Expect(manager.Bubble("It arrives today")).ToBeVisibleAsync();

        await manager.Box.PressAsync("Enter");
        var stop = manager.Page.GetByRole(AriaRole.Alertdialog);
        await Expect(stop).ToContainTextAsync("It arrives today");
        await Expect(stop).ToContainTextAsync("Send anyway?");
        await Expect(stop.GetByRole(AriaRole.Button, new() { Name = "Keep writing" })).ToBeFocusedAsync();
        await manager.Page.Keyboard.PressAsync("Escape");
        await Expect(stop).ToHaveCountAsync(0);
        await Expect(manager.Box).ToHaveValueAsync("Let me look");
        (await Host.MessagesAsync()).Count(m => m.Direction == MessageDirection.Out).Should().Be(1);

        await admin.SendAsync("By noon");
        await Expect(manager.Bubble("By noon")).ToBeVisibleAsync();
        await manager.Box.PressAsync("Enter");
        await Expect(stop).ToContainTextAsync("By noon");
        await stop.GetByRole(AriaRole.Button, new() { Name = "Send anyway" }).ClickAsync();
        await Expect(manager.Bubble("Let me look")).ToBeVisibleAsync();
        await Expect(manager.Box).ToHaveValueAsync("");
        await Expect(stop).ToHaveCountAsync(0);
    }

    private async Task SaveAsync(Weflux.Domain.Team.Actor actor, string shortcut, string text, IReadOnlyList<long> files) =>
        (await The<SaveReply>().ExecuteAsync(actor, new ReplyDraft(null, shortcut, text, IsShared: true, files))).Outcome.Should().Be(ReplyOutcome.Saved);

    private static Task KeysReadyAsync(InboxScreen screen) => Expect(screen.Page.Locator(".desk[data-ready]")).ToBeAttachedAsync();

    private T The<T>()
        where T : notnull => (T)Host.Services.GetService(typeof(T))!;
}
