using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Work.Notes;

namespace Weflux.Tests.Journeys;

/// <summary>Two people work with a conversation, each sees at once what the other does.</summary>
public sealed class WorkTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_conversation_is_taken_assigned_closed_and_opened_again_before_the_eyes_of_both()
    {
        await CustomerSaysAsync("asha", "Where is my parcel?");
        var agent = await SignInAsync(Agent);
        var manager = await SignInAsync(Manager);
        await agent.OpenAsync(Asha);
        await manager.OpenAsync(Asha);

        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Take", Exact = true }).ClickAsync();
        await Expect(agent.Messages).ToContainTextAsync("You took it");
        await Expect(manager.Messages).ToContainTextAsync("Meera Shah took it");

        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Meera Shah holds it. Change who holds it" }).ClickAsync();
        var search = manager.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a colleague" });
        await Expect(search).ToBeFocusedAsync();
        await search.FillAsync("daniel");
        await manager.Page.GetByRole(AriaRole.Group, new() { Name = "Colleagues" }).GetByRole(AriaRole.Button, new() { Name = "Daniel Okafor" }).ClickAsync();
        await Expect(manager.Messages).ToContainTextAsync("You took it");
        await Expect(agent.Page.GetByText("This conversation does not exist or is not yours to see.")).ToBeVisibleAsync();

        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await Expect(manager.Page.GetByRole(AriaRole.Dialog, new() { Name = "Close" }).GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        await manager.Page.Keyboard.PressAsync("Enter");
        await Expect(manager.Page.GetByText("Closed.", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(manager.Row(Asha)).ToHaveCountAsync(0);
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Reopen" }).ClickAsync();
        await Expect(manager.Row(Asha)).ToHaveCountAsync(1);
        await Expect(manager.Messages).ToContainTextAsync("You opened it again");
    }

    [Fact]
    public async Task Names_with_hyphens_and_dots_are_mentioned_and_stand_in_no_notes_way()
    {
        var named = (await Host.ActorAsync(Manager)).User.Value;
        await Host.ReadAsync(db => db.Set<WefluxUser>().Where(u => u.Id == named).ExecuteUpdateAsync(set => set.SetProperty(u => u.Name, "Anna-Lena O. (Shop)")));
        await CustomerSaysAsync("asha", "Hello");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Note", Exact = true }).ClickAsync();
        var box = agent.Page.GetByRole(AriaRole.Textbox, new() { Name = "Note, only for your team" });

        await box.FillAsync("Nobody in particular");
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("");
        await box.FillAsync("For @Anna-Lena");
        await Expect(agent.Page.GetByRole(AriaRole.Option, new() { Name = "Anna-Lena O. (Shop)" })).ToBeVisibleAsync();
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("For @Anna-Lena O. (Shop) ");
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("");

        await Expect(agent.Page.Locator("[data-note-id]").Nth(1)).ToContainTextAsync("For @Anna-Lena O. (Shop)");
        (await Host.ReadAsync(db => db.Set<NoteMention>().Select(m => m.UserId).ToListAsync())).Should().Equal(new UserId(named));
    }

    [Fact]
    public async Task A_note_mentions_a_colleague_by_keyboard_and_the_customer_never_gets_it()
    {
        await CustomerSaysAsync("asha", "Hello");
        var agent = await SignInAsync(Agent);
        var manager = await SignInAsync(Manager);
        await agent.OpenAsync(Asha);
        await manager.OpenAsync(Asha);
        await agent.Box.FillAsync("A reply that waits");

        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Note", Exact = true }).ClickAsync();
        var box = agent.Page.GetByRole(AriaRole.Textbox, new() { Name = "Note, only for your team" });
        await Expect(box).ToBeFocusedAsync();
        await box.PressSequentiallyAsync("Please look, @dan");
        await Expect(agent.Page.GetByRole(AriaRole.Option, new() { Name = "Daniel Okafor" })).ToBeVisibleAsync();
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("Please look, @Daniel Okafor ");
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("");

        var note = manager.Page.Locator("[data-note-id]");
        await Expect(note).ToContainTextAsync("Please look, @Daniel Okafor");
        await Expect(note).ToContainTextAsync("mentions you");
        await Expect(note.GetByRole(AriaRole.Button, new() { Name = "Edit" })).ToHaveCountAsync(0);

        var own = agent.Page.Locator("[data-note-id]");
        await own.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        var edit = own.GetByRole(AriaRole.Textbox);
        await Expect(edit).ToHaveValueAsync("Please look, @Daniel Okafor");
        await edit.FillAsync("Done already");
        await own.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();
        await Expect(note).ToContainTextAsync("Done already");
        await own.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await own.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Expect(manager.Messages).ToContainTextAsync("Meera Shah deleted a note");

        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
        await Expect(agent.Box).ToHaveValueAsync("A reply that waits");
        (await Host.MessagesAsync()).Should().NotContain(m => m.Direction == MessageDirection.Out);
        await Expect((await OpenPhoneAsync("asha")).Received).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_manager_makes_a_label_and_an_agent_puts_it_on()
    {
        await CustomerSaysAsync("asha", "I want my money back");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        var tab = await SignInAsync(Manager);
        await tab.Page.GotoAsync("/w/demo/settings/labels");
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Refund");
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "Red" }).CheckAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make label" }).ClickAsync();
        await Expect(tab.Page.GetByText("“Refund” is made.")).ToBeVisibleAsync();

        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Labels", Exact = true }).ClickAsync();
        await Expect(agent.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a label" })).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("ArrowDown");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(agent.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Refund" })).ToBeCheckedAsync();
        await Expect(agent.Row(Asha).Locator(".wf-label")).ToHaveTextAsync("Refund");
        await agent.Page.Keyboard.PressAsync("Escape");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(agent.Page.GetByRole(AriaRole.Button, new() { Name = "Labels", Exact = true })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_snoozed_conversation_leaves_the_list_and_comes_back_by_itself()
    {
        await CustomerSaysAsync("asha", "Call me in an hour");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);

        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Snooze", Exact = true }).ClickAsync();
        await agent.Page.GetByRole(AriaRole.Button).Filter(new() { HasText = "In 1 hour" }).ClickAsync();
        await Expect(agent.Row(Asha)).ToHaveCountAsync(0);
        await Expect(agent.Page.GetByText("Snoozed until")).ToBeVisibleAsync();

        Host.Clock.Advance(TimeSpan.FromMinutes(61));
        await Expect(agent.Row(Asha)).ToHaveCountAsync(1);
        await Expect(agent.Messages).ToContainTextAsync("The snooze is over");
    }
}
