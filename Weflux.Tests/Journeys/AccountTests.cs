using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Weflux.Tests.Support;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Demo;

namespace Weflux.Tests.Journeys;

public sealed class AccountTests(Chromium chromium) : Journey(chromium)
{
    private readonly Chromium _chromium = chromium;

    [Fact]
    public async Task From_signing_up_to_the_first_chat_with_the_pretend_phone()
    {
        var tab = await NewTabAsync(await NewBrowserAsync(), "ana");
        var page = tab.Page;
        await page.GotoAsync("/sign-in");
        await page.GetByText("Create your own workspace").ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Ana Lima");
        await page.GetByLabel("E-mail").FillAsync("ana@example.com");
        await page.GetByLabel("Password").FillAsync(AccountForms.GoodPassword);
        await page.GetByLabel("Organisation").PressSequentiallyAsync("Corner Bakery");
        await Expect(page.GetByLabel("Address of the workspace")).ToHaveValueAsync("corner-bakery");
        await Expect(page.GetByText("This address is free.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the workspace" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "On the way to your first customer" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-done=true]")).ToHaveCountAsync(0);
        await page.GetByText("Get a pretend phone").ClickAsync();
        var phone = page.FrameLocator("iframe");
        await phone.Locator("#phone-text").FillAsync("Do you have bread?");
        await phone.Locator("#phone-send").ClickAsync();
        await page.Locator("[data-conversation-id]").ClickAsync();
        var box = page.GetByRole(AriaRole.Textbox, new() { Name = "Message" });

        // The composer takes the focus when its script has taken over the keys.
        await Expect(box).ToBeFocusedAsync();
        await box.FillAsync("Fresh from the oven.");
        await page.Keyboard.PressAsync("Enter");
        await Expect(phone.Locator("#chat > [data-direction=in]")).ToContainTextAsync("Fresh from the oven.");

        await page.GetByTitle("What is left to set up").ClickAsync();
        await Expect(page.Locator("[data-done=true]")).ToContainTextAsync("Try it with the pretend phone");
    }

    [Fact]
    public async Task Who_forgot_the_password_asks_and_sets_a_new_one_without_mail()
    {
        var tab = await NewTabAsync(await NewBrowserAsync(), "forgetful");
        var page = tab.Page;
        await page.GotoAsync("/sign-in");
        await page.GetByText("Forgot your password?").ClickAsync();
        await page.GetByLabel("E-mail").FillAsync(Agent);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for a link" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Ask one of them for the link");

        var person = await Web.Account.Given.UserIdAsync(Host, Agent);
        var issue = (Weflux.Web.Account.Passwords.IssueResetLink)Host.Services.GetService(typeof(Weflux.Web.Account.Passwords.IssueResetLink))!;
        var made = (Weflux.Web.Account.Passwords.IssuedResetLink.Made)await issue.ExecuteAsync(
            await Web.Account.Given.ActorAsync(Host, "admin@demo.test"), person, CancellationToken.None);
        await page.GotoAsync(made.Link.PathAndQuery);
        await page.GetByLabel("New password").FillAsync(AccountForms.GoodPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Your password is changed");

        await page.GetByLabel("E-mail").FillAsync(Agent);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(AccountForms.GoodPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Inbox", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_second_step_is_set_up_and_asked_for()
    {
        var manager = await SignInAsync(Manager);
        await manager.Page.GotoAsync("/account/security");
        await manager.Page.GetByText("Set up the second step").ClickAsync();
        await manager.Page.GetByLabel("Your password").FillAsync(DemoWorkspaces.Password);
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(manager.Page.GetByRole(AriaRole.Img, new() { Name = "QR code" })).ToBeVisibleAsync();
        await manager.Page.GetByText("I cannot scan it").ClickAsync();
        var key = Regex.Replace(await manager.Page.Locator("[data-key]").InnerTextAsync(), @"\s", "", RegexOptions.None, TimeSpan.FromSeconds(1));
        await manager.Page.GetByRole(AriaRole.Textbox, new() { Name = "Code" }).FillAsync(CodeOf(key));
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await Expect(manager.Page.Locator(".own-codes li")).ToHaveCountAsync(10);

        var other = await NewTabAsync(await NewBrowserAsync(), "manager-elsewhere");
        await other.Page.GotoAsync("/sign-in");
        await other.Page.GetByLabel("E-mail").FillAsync(Manager);
        await other.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(DemoWorkspaces.Password);
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await other.Page.GetByLabel("Code").FillAsync(CodeOf(key));
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "Inbox", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_passkey_is_added_renamed_used_and_removed()
    {
        // Passkeys belong to a name, and 127.0.0.1 is none.
        var address = new Uri($"http://localhost:{Host.Address.Port}");
        var context = await _chromium.NewContextAsync(address);
        var tab = await Tab.OpenAsync(context, address, "passkey");
        var page = tab.Page;
        await DevicesAsync(context, page);
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button).Filter(new() { HasText = "Daniel Okafor" }).ClickAsync();
        await page.Locator(".topbar-person").WaitForAsync();

        await page.GotoAsync("/account/security");
        await page.GetByLabel("Your password, to add one").FillAsync("not my password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(page.Locator("[data-passkey-message]")).ToContainTextAsync("The current password is not right.");
        tab.Forgive();
        await page.GetByLabel("Your password, to add one").FillAsync(DemoWorkspaces.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("The passkey is added.");
        await page.Locator("[data-passkey-id] input").FillAsync("Laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(page.Locator("[data-passkey-id] strong")).ToHaveTextAsync("Laptop");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page.Locator(".topbar-person")).ToContainTextAsync("Daniel Okafor");

        await page.GotoAsync("/account/security");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The current password is not right.");
        await page.GetByLabel("Your password, to remove one").FillAsync(DemoWorkspaces.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-passkey-id]")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This passkey could not be checked.");
        tab.Complaints.Should().BeEmpty();
        await context.CloseAsync();
    }

    [Fact]
    public async Task A_session_that_is_ended_while_its_tab_is_open_closes_the_tab()
    {
        var open = await SignInAsync(Manager);
        var other = await NewTabAsync(await NewBrowserAsync(), "elsewhere");
        await other.Page.GotoAsync("/sign-in?returnUrl=/account/security");
        await other.Page.GetByRole(AriaRole.Button).Filter(new() { HasText = "Daniel Okafor" }).ClickAsync();
        await other.Page.GotoAsync("/account/security");
        await other.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("End the session") }).ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("The session is ended.");

        await Expect(open.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Expect(other.Page.GetByText("This one")).ToBeVisibleAsync();
    }

    private static async Task DevicesAsync(IBrowserContext context, IPage page)
    {
        var cdp = await context.NewCDPSessionAsync(page);
        await cdp.SendAsync("WebAuthn.enable");
        await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private string CodeOf(string key) => Totp.Code(Base32.Decode(key), Totp.StepAt(Host.Clock.GetUtcNow()));
}
