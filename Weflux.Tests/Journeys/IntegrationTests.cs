using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Api;
using Weflux.Tests.Web.Api.Events;

namespace Weflux.Tests.Journeys;

/// <summary>An Admin lets another program in, and has it told of events.</summary>
public sealed class IntegrationTests(Chromium chromium) : Journey(chromium)
{
    private const string Admin = "admin@demo.test";

    [Fact]
    public async Task A_key_is_made_used_and_revoked()
    {
        var page = (await SignInAsync(Admin)).Page;
        await page.GotoAsync("/w/demo/settings/api-keys");
        var make = page.GetByRole(AriaRole.Button, new() { Name = "Make key" });
        await make.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Say which program it is for" })).ToBeVisibleAsync();
        await page.GetByLabel("Which program is it for?").FillAsync("Online shop");
        await make.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Choose at least one thing" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Which program is it for?")).ToHaveValueAsync("Online shop");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "conversations:read" }).CheckAsync();
        await make.ClickAsync();

        var box = page.GetByRole(AriaRole.Textbox, new() { Name = "Key Online shop" });
        await Expect(box).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^wfx_live_[A-Za-z0-9_-]{43}$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Copy the key “Online shop” now" })).ToBeFocusedAsync();
        using var program = Host.NewApiClient(await box.InputValueAsync());
        using (var answer = await program.GetAsync("/api/v1/conversations"))
        {
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();
        await Expect(box).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Online shop" }).ClickAsync();
        await Expect(page.GetByText("Whatever uses it stops at once.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
        await Expect(page.GetByText("“Online shop” is revoked.")).ToBeVisibleAsync();
        using var refused = await program.GetAsync("/api/v1/conversations");
        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_webhook_is_added_tried_and_what_failed_is_sent_again()
    {
        await using var receiver = await EventReceiver.StartAsync();
        receiver.Answer = (_, nth) => nth == 2 ? TypedResults.Text("Closed for today", statusCode: 410) : TypedResults.Text("Thank you");
        var page = (await SignInAsync(Admin)).Page;
        await page.GotoAsync("/w/demo/settings/webhooks");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Shop");
        var address = page.GetByLabel("Address that gets the events");
        await address.FillAsync("https://10.0.0.7/hook");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "conversation.closed" }).CheckAsync();
        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add webhook" });
        await add.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "inside a private network" })).ToBeVisibleAsync();
        await address.FillAsync(new Uri(receiver.Address, "/hook").ToString());
        await add.ClickAsync();

        var secret = page.GetByRole(AriaRole.Textbox, new() { Name = "Secret of Shop" });
        await Expect(secret).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^whsec_"));
        var text = await secret.InputValueAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Try the webhook" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        var got = (await receiver.SeeAsync("/hook", 1))[0];
        (got.Type, got.IsSignedWith(text)).Should().Be(("test", true));
        await Expect(page.Locator("[data-event-state=Taken]")).ToHaveCountAsync(1);
        await Expect(page.GetByText("Working", new() { Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        await Expect(page.Locator("[data-event-state=Failed]")).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Weflux switched this webhook off" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send all failed again" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again", Exact = true }).First.ClickAsync();
        await Expect(page.Locator("[data-event-state=Taken]")).ToHaveCountAsync(2);
        receiver.At("/hook").Select(g => g.Id).Distinct().Should().HaveCount(2);

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete webhook" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Expect(page.GetByText("None yet. Add one below")).ToBeVisibleAsync();
    }
}
