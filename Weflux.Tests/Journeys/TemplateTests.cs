using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Weflux.Domain.Contacts;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;

namespace Weflux.Tests.Journeys;

/// <summary>Templates from the first word to the customer's phone, and conversations that begin with one.</summary>
public sealed class TemplateTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_template_is_written_reviewed_and_sent_and_when_it_is_paused_the_open_picker_says_so()
    {
        var manager = await SignInAsync(Manager);
        var page = manager.Page;
        await page.GotoAsync("/w/demo/settings/templates");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Templates", Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-template=visit_reminder]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-waba]")).ToContainTextAsync("Last read from Meta");
        await page.GetByRole(AriaRole.Link, new() { Name = "New template" }).ClickAsync();

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Chai Tasting");
        await page.GetByLabel("Body", new() { Exact = true }).FillAsync("Hi {{1}}, the tasting is on {{2}}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send for review" }).ClickAsync();
        await Expect(page.Locator("#name-says")).ToContainTextAsync("Use small letters");
        await Expect(page.Locator("#body-says")).ToContainTextAsync("may not stand at the beginning or the end");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("chai_tasting");
        await page.GetByLabel("Body", new() { Exact = true }).FillAsync("Hi {{1}}, the tasting is on {{2}}. Will you come?");
        await Expect(page.Locator("#name-says")).Not.ToContainTextAsync("Use small letters");
        await page.GetByLabel("Value 1").FillAsync("Asha");
        await page.GetByLabel("Value 2").FillAsync("Friday");
        await Expect(page.GetByRole(AriaRole.Figure)).ToContainTextAsync("Hi Asha, the tasting is on Friday. Will you come?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a button" }).ClickAsync();
        await page.GetByLabel("Label").FillAsync("I will come");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send for review" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "chai_tasting" })).ToBeVisibleAsync();
        await Expect(page.Locator(".pill")).ToHaveTextAsync("Approved");
        await Expect(page.Locator(".history")).ToContainTextAsync("Meta: approved.");

        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("When is the tasting?");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.ChooseTemplate.ClickAsync();
        var picker = agent.Page.GetByRole(AriaRole.Dialog);
        await picker.GetByLabel("Search templates").FillAsync("visit");
        await agent.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Choice(picker, "visit reminder")).ToBeFocusedAsync();
        await picker.GetByLabel("Search templates").FillAsync("tasting is on");
        await agent.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Choice(picker, "chai tasting")).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("Enter");

        await Expect(picker.GetByLabel("Value 1")).ToHaveValueAsync("Asha");
        await Expect(picker.GetByLabel("Value 2")).ToBeFocusedAsync();
        await picker.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(picker).ToContainTextAsync("Fill this in.");
        await picker.GetByLabel("Value 2").FillAsync("Saturday");
        await Choice(picker, "chai tasting").ClickAsync();
        await Expect(picker.GetByLabel("Value 2")).ToHaveValueAsync("Saturday");
        await agent.Page.Keyboard.PressAsync("Escape");
        await picker.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await picker.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(picker).ToHaveCountAsync(0);
        await Expect(phone.Message("Hi Asha, the tasting is on Saturday. Will you come?")).ToBeVisibleAsync();
        await Expect(agent.Bubble("Hi Asha, the tasting is on Saturday. Will you come?")).ToContainTextAsync("I will come");

        await agent.ChooseTemplate.ClickAsync();
        await Expect(picker.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("chai tasting");
        await Choice(picker, "chai tasting").ClickAsync();
        await Expect(picker.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true })).ToBeEnabledAsync();
        await DecideAsync("chai_tasting", "en", new { status = "PAUSED", title = "FIRST_PAUSE" });
        await Expect(Choice(picker, "chai tasting")).ToBeDisabledAsync();
        await Expect(picker).ToContainTextAsync("This template was paused by Meta meanwhile.");
        await Expect(picker.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true })).ToBeDisabledAsync();
        await Expect(Choice(picker, "chai tasting")).ToContainTextAsync("Meta paused it for three hours.");
        await Expect(page.Locator(".pill")).ToHaveTextAsync("Paused");
    }

    [Fact]
    public async Task A_header_takes_a_picked_or_a_dropped_picture_shows_it_and_the_phone_gets_it()
    {
        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("What is new?");
        await AgreeToMarketingAsync();
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.ChooseTemplate.ClickAsync();
        var picker = agent.Page.GetByRole(AriaRole.Dialog);
        await Choice(picker, "new blend").ClickAsync();
        var field = picker.GetByRole(AriaRole.Group, new() { Name = "Picture" });
        await Expect(field).ToContainTextAsync("JPEG or PNG, at most 5 MB.");

        await picker.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(field.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Choose a file.");
        await field.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "cup.png", MimeType = "image/png", Buffer = "<html>no picture</html>"u8.ToArray() });
        await Expect(field.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is a web page. WhatsApp takes pictures as JPEG or PNG.");
        Forgive();

        await field.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "cup.png", MimeType = "image/png", Buffer = Samples.Png });
        await Expect(field).ToContainTextAsync("cup.png");
        await Expect(field).ToContainTextAsync("ready");
        await DrawnAsync(picker.GetByRole(AriaRole.Figure).Locator("img"));
        await field.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(picker.GetByRole(AriaRole.Figure).Locator("img")).ToHaveCountAsync(0);
        await field.EvaluateAsync(
            """
            (field, data) => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], "dropped.png", { type: "image/png" }));
              for (const kind of ["dragover", "drop"]) {
                field.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
              }
            }
            """,
            Convert.ToBase64String(Samples.Png));
        await Expect(field).ToContainTextAsync("dropped.png");
        await Expect(field.GetByRole(AriaRole.Button, new() { Name = "Remove" })).ToBeFocusedAsync();
        await picker.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(picker).ToHaveCountAsync(0);
        await DrawnAsync(agent.Bubble("our monsoon blend is here").Locator("img"));
        await DrawnAsync(phone.Message("our monsoon blend is here").Locator("img"));
        await agent.Bubble("our monsoon blend is here").GetByRole(AriaRole.Button, new() { Name = "Open the photo" }).ClickAsync();
        await Expect(agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Photo" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_header_can_be_named_by_a_link_instead()
    {
        await CustomerSaysAsync("asha", "What is new?");
        await AgreeToMarketingAsync();
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.ChooseTemplate.ClickAsync();
        var picker = agent.Page.GetByRole(AriaRole.Dialog);
        await Choice(picker, "new blend").ClickAsync();
        await picker.GetByRole(AriaRole.Button, new() { Name = "Use a link instead" }).ClickAsync();
        await Expect(picker.GetByLabel("Address of the file")).ToBeFocusedAsync();
        await picker.GetByLabel("Address of the file").FillAsync("http://chai.example/cup.jpg");
        await picker.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(picker).ToContainTextAsync("Enter a whole https address, such as https://example.com/menu.pdf.");
        await picker.GetByLabel("Address of the file").FillAsync("https://chai.example/cup.jpg");
        await picker.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(picker).ToHaveCountAsync(0);
        await Expect(agent.Tick("our monsoon blend is here", "Delivered")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_rejected_template_says_why_is_duplicated_and_deleted()
    {
        var manager = await SignInAsync(Manager);
        var page = manager.Page;
        await page.GotoAsync("/w/demo/settings/templates/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("reject_me");
        await page.GetByLabel("Body", new() { Exact = true }).FillAsync("Your order is ready.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send for review" }).ClickAsync();
        await Expect(page.Locator(".pill")).ToHaveTextAsync("Rejected");
        await Expect(page.Locator(".state")).ToContainTextAsync("Its words do not fit its language or category");
        await Expect(page.Locator(".state")).ToContainTextAsync("Write it in the language that you chose.");

        await page.GetByRole(AriaRole.Link, new() { Name = "Duplicate" }).ClickAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("reject_me_copy");
        await Expect(page.GetByLabel("Body", new() { Exact = true })).ToHaveValueAsync("Your order is ready.");
        await page.GoBackAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete …" }).ClickAsync();
        await Expect(page.GetByText("Meta keeps the name back for 30 days")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Templates", Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-template=visit_reminder]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-template=reject_me]")).ToHaveCountAsync(0);
        await Expect(page.Locator(".said")).ToHaveTextAsync("reject_me was deleted.");
    }

    [Fact]
    public async Task A_conversation_begins_with_a_new_number_and_is_found_the_second_time()
    {
        var agent = await SignInAsync(Agent);
        var page = agent.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
        await Expect(page.GetByLabel("Phone number")).ToBeFocusedAsync();
        await page.GetByLabel("Phone number").FillAsync("hello");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("That is no phone number.")).ToBeVisibleAsync();
        await page.GetByLabel("Phone number").FillAsync("098123 12345");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("You write to +91 9812312345.")).ToBeVisibleAsync();

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ravi Rao");
        await Expect(Choice(page.Locator(".chooser"), "tyohar offer")).ToBeDisabledAsync();
        await Choice(page.Locator(".chooser"), "visit reminder").ClickAsync();
        await Expect(page.GetByLabel("first name")).ToHaveValueAsync("Ravi");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Rohan Rao");
        await Expect(page.GetByLabel("first name")).ToHaveValueAsync("Rohan");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ravi Rao");
        await Expect(page.GetByLabel("first name")).ToHaveValueAsync("Ravi");
        await page.GetByLabel("day", new() { Exact = true }).FillAsync("Friday");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Say where, when and in which words they agreed.")).ToBeVisibleAsync();
        await page.GetByLabel("Where they agreed").SelectOptionAsync("On the phone");
        await page.GetByLabel("In which words").FillAsync("Please remind me");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ravi Rao", Exact = true }).First).ToBeVisibleAsync();
        await Expect(agent.Bubble("Hi Ravi, your tasting is booked for Friday")).ToBeVisibleAsync();
        await Expect(agent.Composer).ToHaveAttributeAsync("data-window", "closed");
        await Expect(agent.Composer).ToContainTextAsync("has not written to this number yet");
        await Expect(agent.Row("Ravi Rao")).ToBeVisibleAsync();

        await page.GotoAsync("/w/demo/new");
        await page.GetByLabel("Phone number").FillAsync("+91 98123 12345");
        await page.Keyboard.PressAsync("Enter");
        await Expect(agent.Bubble("Hi Ravi, your tasting is booked for Friday")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_is_faster_than_the_page_of_a_new_conversation_still_gets_where_they_go()
    {
        var agent = await SignInAsync(Agent);
        var page = agent.Page;
        var isAsked = new TaskCompletionSource();
        var isGone = new TaskCompletionSource();
        await page.RouteAsync(new Regex(@"/InboxPage\."), async route =>
        {
            isAsked.TrySetResult();
            await isGone.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/w/demo/new");
        await isAsked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await page.GetByRole(AriaRole.Link, new() { Name = "← Inbox" }).ClickAsync();
        await Expect(page.GetByLabel("Phone number")).ToHaveCountAsync(0);
        isGone.SetResult();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "New conversation" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
        await Expect(page.GetByLabel("Phone number")).ToBeFocusedAsync();
    }

    private static ILocator Choice(ILocator where, string name) =>
        where.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name }).GetByRole(AriaRole.Button);

    private static async Task DrawnAsync(ILocator picture)
    {
        await Expect(picture).ToBeVisibleAsync();
        await Eventually.BeAsync(() => picture.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"));
    }

    private async Task AgreeToMarketingAsync()
    {
        await Eventually.BeAsync(async () => await Host.ReadAsync(db => db.Set<Contact>().AnyAsync()));
        var agent = await Host.ActorAsync();
        await Host.ReadAsync(async db =>
        {
            var contact = await db.Set<Contact>().SingleAsync();
            db.Add(contact.Record(ConsentPurpose.Marketing, ConsentDecision.Given, "On paper", agent.User, Host.Clock.GetUtcNow()));
            return await db.SaveChangesAsync();
        });
    }

    private async Task DecideAsync(string name, string language, object change)
    {
        using var client = Host.NewClient();
        using var answer = await client.PostAsJsonAsync($"/simulator/api/accounts/100000000000001/templates/{name}/{language}", change);
        answer.EnsureSuccessStatusCode();
    }
}
