using Microsoft.Playwright;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;
using Weflux.Web.Demo;

namespace Weflux.Tests.Journeys;

/// <summary>Several people at one conversation: they see each other, add each other, and show each other files.</summary>
public sealed class TogetherTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Two_people_see_each_other_look_and_write_in_the_row_and_in_the_header()
    {
        await CustomerSaysAsync("asha", "Where is my parcel?");
        var manager = await SignInAsync(Manager);
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await Expect(With(manager.Row(Asha))).ToHaveTextAsync($"{NameOf(Agent)} is looking");

        await manager.OpenAsync(Asha);
        await Expect(Header(manager)).ToHaveTextAsync($"{NameOf(Agent)} is looking");
        await Expect(Header(agent)).ToHaveTextAsync($"{NameOf(Manager)} is looking");
        await Expect(With(agent.Row(Asha))).ToHaveTextAsync($"{NameOf(Manager)} is looking");

        await WriteUntilAsync(agent, Header(manager));
        await WriteUntilAsync(agent, With(manager.Row(Asha)));
        await agent.Box.PressAsync("Enter");
        await Expect(Header(manager)).ToHaveTextAsync($"{NameOf(Agent)} is looking");

        // Who only pauses writes no more, by itself.
        await WriteUntilAsync(agent, Header(manager));
        await Expect(Header(manager)).ToHaveTextAsync($"{NameOf(Agent)} is looking");

        await SetVisibleAsync(agent, isVisible: false);
        await Expect(Header(manager)).ToHaveCountAsync(0);
        await SetVisibleAsync(agent, isVisible: true);
        await Expect(Header(manager)).ToHaveTextAsync($"{NameOf(Agent)} is looking");

        await agent.Page.CloseAsync();
        await Expect(Header(manager)).ToHaveCountAsync(0);
        await Expect(With(manager.Row(Asha))).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_is_added_sees_the_conversation_at_once_and_replies_and_leaves_it()
    {
        await CustomerSaysAsync("asha", "I want my money back");
        var manager = await SignInAsync(Manager);
        await manager.OpenAsync(Asha);
        var helper = await SignInAsync(SecondAgent);
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Take", Exact = true }).ClickAsync();
        await Expect(helper.Row(Asha)).ToHaveCountAsync(0);

        await Expect(manager.Page.Locator(".desk[data-ready]")).ToBeAttachedAsync();
        await manager.Page.Keyboard.PressAsync("p");
        var search = manager.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Add a colleague" });
        await Expect(search).ToBeFocusedAsync();
        await search.FillAsync(NameOf(SecondAgent));
        await manager.Page.GetByRole(AriaRole.Group, new() { Name = "Colleagues to add" })
            .GetByRole(AriaRole.Button, new() { Name = NameOf(SecondAgent) }).ClickAsync();
        await Expect(manager.Page.GetByText($"You added {NameOf(SecondAgent)}")).ToBeVisibleAsync();
        await manager.Page.Keyboard.PressAsync("Escape");

        await Expect(helper.Row(Asha)).ToHaveCountAsync(1);
        await helper.Page.GetByRole(AriaRole.Link, new() { Name = "Taking part" }).First.ClickAsync();
        await helper.OpenAsync(Asha);
        await helper.SendAsync("It is on its way back to you");
        await Expect(manager.Bubble("It is on its way back to you")).ToBeVisibleAsync();

        await helper.Page.Locator("[data-command=taking-part]").ClickAsync();
        await helper.Page.GetByRole(AriaRole.Group, new() { Name = "Taking part", Exact = true }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(helper.Page.GetByText("not yours to see").First).ToBeVisibleAsync();
        await Expect(helper.Row(Asha)).ToHaveCountAsync(0);
        await Expect(manager.Page.GetByText($"{NameOf(SecondAgent)} left the conversation")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_note_with_a_picture_is_seen_by_the_colleague_and_not_by_the_customer()
    {
        await CustomerSaysAsync("asha", "It came broken");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        var manager = await SignInAsync(Manager);
        await manager.OpenAsync(Asha);
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Note", Exact = true }).ClickAsync();
        var box = agent.Page.Locator(".note-box");
        await Expect(box.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();

        var chooser = await agent.Page.RunAndWaitForFileChooserAsync(() => box.GetByRole(AriaRole.Button, new() { Name = "Attach files to the note" }).ClickAsync());
        await chooser.SetFilesAsync([new FilePayload { Name = "broken.png", MimeType = "image/png", Buffer = Samples.Png }, new() { Name = "virus.txt", MimeType = "text/plain", Buffer = Samples.Program }]);
        var cards = box.Locator("[data-files] li");
        await Expect(cards.Filter(new() { HasText = "broken.png" })).ToContainTextAsync("ready");
        await Expect(cards.Filter(new() { HasText = "virus.txt" })).ToContainTextAsync("This is a program.");
        await box.GetByRole(AriaRole.Textbox).FillAsync("See the corner");
        await box.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(box.Locator("[data-trouble]")).ToContainTextAsync("virus.txt cannot go with the note. ");
        await box.GetByRole(AriaRole.Button, new() { Name = "Remove virus.txt" }).ClickAsync();
        await box.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();

        var note = manager.Page.Locator("[data-note-id]").Filter(new() { HasText = "See the corner" });
        await Expect(note.Locator("[data-note-file] img")).ToBeVisibleAsync();
        await Expect(cards).ToHaveCountAsync(0);
        await note.GetByRole(AriaRole.Button, new() { Name = "Open the photo" }).ClickAsync();
        await Expect(manager.Page.GetByRole(AriaRole.Dialog, new() { Name = "Photo" })).ToBeVisibleAsync();
        (await Host.MessagesAsync()).Should().NotContain(m => m.Direction == MessageDirection.Out);

        await agent.Page.Locator("[data-note-id]").GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Expect(manager.Page.Locator("[data-note-file]")).ToHaveCountAsync(0);
        (await Host.FilesAsync()).Should().BeEmpty();

        // The browser writes the refusal of the program into its console.
        Forgive();
    }

    [Fact]
    public async Task A_file_dropped_while_a_note_is_written_goes_with_the_note_and_not_to_the_customer()
    {
        await CustomerSaysAsync("asha", "Hello");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Note", Exact = true }).ClickAsync();
        await Expect(agent.Page.Locator(".note-box").GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();

        await agent.Page.EvaluateAsync("""
            () => {
              const transfer = new DataTransfer();
              transfer.items.add(new File(["for us"], "ours.txt", { type: "text/plain" }));
              for (const kind of ["dragenter", "dragover", "drop"]) {
                document.querySelector(".column").dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
              }
            }
            """);

        await Expect(agent.Page.Locator(".note-box [data-files] li")).ToContainTextAsync("ours.txt");
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
        await Expect(agent.Composer.Locator("[data-files] li")).ToHaveCountAsync(0);
    }

    /// <summary>Goes on typing until the other one sees it, however slow the machine is.</summary>
    private static Task WriteUntilAsync(InboxScreen writer, ILocator seen) => Eventually.BeAsync(async () =>
    {
        await writer.Box.PressSequentiallyAsync("x");
        return (await seen.AllTextContentsAsync()).Contains($"{NameOf(Agent)} is writing…");
    });

    private static string NameOf(string email) => DemoWorkspaces.FindPerson(email)!.Name;

    private static ILocator With(ILocator row) => row.Locator("[data-with] .wf-hidden");

    private static ILocator Header(InboxScreen screen) => screen.Page.Locator(".thread [data-with]");

    private static Task SetVisibleAsync(InboxScreen screen, bool isVisible) => screen.Page.EvaluateAsync(
        """
        isVisible => {
          Object.defineProperty(document, "visibilityState", { configurable: true, get: () => isVisible ? "visible" : "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
        }
        """,
        isVisible);
}
