using System.Text;
using Microsoft.Playwright;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;

namespace Weflux.Tests.Journeys;

public sealed class AttachmentTests(Chromium chromium) : Journey(chromium)
{
    private const string Drop = """
        ([selector, how, files]) => {
          const transfer = new DataTransfer();
          for (const [name, type, data] of files) {
            transfer.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name, { type }));
          }
          const target = document.querySelector(selector);
          if (how === "paste") {
            target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
          } else {
            for (const kind of ["dragenter", "dragover", "drop"]) {
              target.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
          }
        }
        """;

    [Fact]
    public async Task Photos_that_are_picked_go_out_in_their_order_with_what_was_typed_and_reach_the_phone()
    {
        var agent = await OpenAsync();
        await PickAsync(agent, "Photos and videos", Picture("one.png"), Picture("two.png"));
        await Expect(Cards(agent)).ToHaveCountAsync(2);
        await Expect(Cards(agent).Filter(new() { HasText = "ready" })).ToHaveCountAsync(2);
        await agent.Box.FillAsync("The new menu");
        await Expect(agent.Composer.GetByText("Your text goes with one.png.")).ToBeVisibleAsync();
        await agent.Composer.GetByLabel("Caption of two.png").FillAsync("And the prices");

        await agent.Composer.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(agent.Bubble("The new menu").Locator("img")).ToBeVisibleAsync();
        await Expect(agent.Bubble("And the prices").Locator("img")).ToBeVisibleAsync();
        await Expect(Cards(agent)).ToHaveCountAsync(0);
        await Expect(agent.Box).ToHaveValueAsync("");
        (await agent.Messages.Locator("[data-direction=out]").AllInnerTextsAsync()).Should().SatisfyRespectively(
            first => first.Should().Contain("The new menu"), second => second.Should().Contain("And the prices"));
        var phone = await OpenPhoneAsync("asha");
        await Expect(phone.Page.GetByText("And the prices")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("paste")]
    public async Task A_file_that_is_dropped_or_pasted_is_attached_and_can_be_removed(string how)
    {
        var agent = await OpenAsync();

        await agent.Page.EvaluateAsync(Drop, new object[]
        {
            "section[data-window] textarea", how, new object[] { new[] { "note.txt", "text/plain", Convert.ToBase64String(Encoding.UTF8.GetBytes("Hello")) } },
        });

        await Expect(Cards(agent)).ToContainTextAsync("note.txt");
        await Expect(Cards(agent)).ToContainTextAsync("ready");
        await agent.Composer.GetByRole(AriaRole.Button, new() { Name = "Remove note.txt" }).ClickAsync();
        await Expect(Cards(agent)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_name_says_is_refused_with_a_sentence_and_nothing_else_is_held_up()
    {
        var agent = await OpenAsync();
        await PickAsync(agent, "Document", new FilePayload { Name = "bill.pdf", MimeType = "application/pdf", Buffer = "<html><script>alert(1)</script>"u8.ToArray() });

        await Expect(Cards(agent).Locator("[data-status]")).Not.ToContainTextAsync("%");
        await Expect(Cards(agent).Locator("[data-status]")).Not.ToContainTextAsync("ready");
        await agent.Composer.GetByRole(AriaRole.Button, new() { Name = "Remove bill.pdf" }).ClickAsync();
        await agent.SendAsync("Words still go");
        await Expect(agent.Bubble("Words still go")).ToBeVisibleAsync();
        Forgive();
    }

    [Fact]
    public async Task A_voice_note_is_recorded_heard_and_sent_as_one()
    {
        var agent = await OpenAsync();
        await agent.Page.Context.GrantPermissionsAsync(["microphone"]);
        await agent.Composer.GetByRole(AriaRole.Button, new() { Name = "Record a voice note" }).ClickAsync();
        await Expect(agent.Composer.GetByRole(AriaRole.Timer)).ToContainTextAsync("0:01");
        await agent.Composer.GetByRole(AriaRole.Button, new() { Name = "Stop and listen" }).ClickAsync();
        await Expect(agent.Composer.Locator("audio[data-listen]")).ToBeVisibleAsync();

        await agent.Composer.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(agent.Messages.Locator("[data-direction=out]").GetByRole(AriaRole.Group, new() { Name = "Voice message" })).ToBeVisibleAsync();
        await Expect(agent.Box).ToBeVisibleAsync();
        await Expect(agent.Row(Asha)).ToContainTextAsync("Voice message");
    }

    private async Task<InboxScreen> OpenAsync()
    {
        await CustomerSaysAsync("asha", "What do you have?");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        return agent;
    }

    private static ILocator Cards(InboxScreen screen) => screen.Composer.Locator("[data-files] li");

    private static async Task PickAsync(InboxScreen screen, string choice, params FilePayload[] files)
    {
        await screen.Composer.GetByRole(AriaRole.Button, new() { Name = "Send something else" }).ClickAsync();
        var chooser = await screen.Page.RunAndWaitForFileChooserAsync(
            () => screen.Composer.GetByRole(AriaRole.Menuitem, new() { NameRegex = new($"^{choice}") }).ClickAsync());
        await chooser.SetFilesAsync(files);
    }

    private static FilePayload Picture(string name) => new() { Name = name, MimeType = "image/png", Buffer = Samples.Png };
}
