using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Scheduling;
using Weflux.Web.Sending;

namespace Weflux.Tests.Journeys;

/// <summary>Messages that go out later, and messages that are taken back.</summary>
public sealed class LaterTests(Chromium chromium) : Journey(chromium)
{
    private static readonly BrowserNewContextOptions OnPhone = new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true };

    [Fact]
    public async Task A_message_is_planned_seen_by_the_manager_and_planned_anew()
    {
        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("Call me back please");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await Expect(Later(agent)).ToBeHiddenAsync();
        await agent.Box.FillAsync("We will call you at two");
        await Later(agent).ClickAsync();
        var dialog = agent.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("the workspace's");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Tomorrow") })).ToBeVisibleAsync();
        var atTwo = await PickAsync(dialog, TimeSpan.FromHours(2));
        await Expect(dialog.Locator(".window")).ToContainTextAsync("so it can go out as you typed it");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Schedule" }).ClickAsync();

        var card = agent.Page.Locator("[data-scheduled]");
        await Expect(card).ToContainTextAsync("We will call you at two");
        await Expect(card).ToContainTextAsync(atTwo);
        await Expect(agent.Box).ToHaveValueAsync("");
        var manager = await SignInAsync(Manager);
        await manager.Page.GetByRole(AriaRole.Link, new() { Name = "Scheduled messages" }).ClickAsync();
        await Expect(manager.Page.GetByText("Nothing is scheduled")).ToBeVisibleAsync();
        await manager.Page.GetByLabel("Whose").SelectOptionAsync("all");
        await Expect(manager.Page.Locator("[data-scheduled]")).ToContainTextAsync(Asha);

        await card.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        var atThree = await PickAsync(dialog, TimeSpan.FromHours(3));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(card).ToContainTextAsync(atThree);

        Host.Clock.Advance(TimeSpan.FromHours(3));
        await Expect(agent.Bubble("We will call you at two")).ToBeVisibleAsync();
        await Expect(card).ToHaveCountAsync(0);
        await Expect(phone.Message("We will call you at two")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_phone_a_customer_who_writes_first_stops_it_and_cancelled_words_come_back()
    {
        await CustomerSaysAsync("asha", "Hello");
        var agent = await SignInAsync(Agent, options: OnPhone);
        await agent.Row(Asha).ClickAsync();
        await Expect(agent.Box).ToHaveAttributeAsync("aria-label", $"Message to {Asha}");
        await agent.Box.FillAsync("Anything else?");
        await Later(agent).ClickAsync();
        var dialog = agent.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Tomorrow") }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Schedule" }).ClickAsync();
        var card = agent.Page.Locator("[data-scheduled]");
        await Expect(card).ToHaveAttributeAsync("data-state", "waiting");

        await CustomerSaysAsync("asha", "Yes, one more thing");
        await Expect(card).ToContainTextAsync($"Not sent: {Asha} wrote first");
        await card.GetByRole(AriaRole.Button, new() { Name = "Put back into the composer" }).ClickAsync();

        await Expect(card).ToHaveCountAsync(0);
        await Expect(agent.Box).ToHaveValueAsync("Anything else?");
        await agent.SendAsync("Which one?");
        (await Host.ReadAsync(db => db.Set<ScheduledMessage>().Select(s => s.State).SingleAsync())).Should().Be(ScheduledState.Cancelled);
    }

    [Fact]
    public async Task Whoever_asked_for_five_seconds_takes_a_message_back_and_nobody_else_sees_it_any_more()
    {
        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("Hello");
        var agent = await SignInAsync(Agent);
        await agent.Page.GotoAsync("/account/profile");
        await agent.Page.GetByLabel("Wait five seconds before a message leaves").CheckAsync();
        await agent.Page.Locator("form").Filter(new() { HasText = "Language" }).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(agent.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await agent.Page.GotoAsync("/w/demo/inbox");
        await agent.OpenAsync(Asha);
        var manager = await SignInAsync(Manager);
        await manager.OpenAsync(Asha);

        await agent.SendAsync("Dear Tom");
        await HoldAsync();
        await Expect(manager.Bubble("Dear Tom")).ToBeVisibleAsync();
        await Expect(manager.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToHaveCountAsync(0);
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(agent.Bubble("Dear Tom")).ToHaveCountAsync(0);
        await Expect(manager.Bubble("Dear Tom")).ToHaveCountAsync(0);
        await Expect(manager.Row(Asha)).ToContainTextAsync("Hello");
        await Expect(agent.Box).ToHaveValueAsync("Dear Tom");
        await agent.SendAsync("Dear Asha");
        await Expect(phone.Message("Dear Asha")).ToBeVisibleAsync();
        await Expect(phone.Message("Dear Tom")).ToHaveCountAsync(0);
        await Expect(agent.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToHaveCountAsync(0);
    }

    private static ILocator Later(InboxScreen screen) => screen.Composer.GetByRole(AriaRole.Button, new() { Name = "Send later", Exact = true, IncludeHidden = true });

    /// <returns>The time as the card says it.</returns>
    private async Task<string> PickAsync(ILocator dialog, TimeSpan ahead)
    {
        var zone = (await Host.Services.GetRequiredService<ScheduledQuery>().ZoneAsync(await Host.ActorAsync()))!;
        var wall = WallClock.Show(Host.Clock.GetUtcNow() + ahead, zone);
        await dialog.GetByLabel("Day").FillAsync(wall.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var time = wall.ToString("HH:mm", CultureInfo.InvariantCulture);
        await dialog.GetByLabel("Time", new() { Exact = true }).FillAsync(time);
        return time;
    }

    /// <summary>A slow machine must not send what is about to be taken back.</summary>
    private async Task HoldAsync()
    {
        var later = Host.Clock.GetUtcNow().AddMinutes(30);
        await Eventually.BeAsync(async () => await Host.ReadAsync(db => db.Set<OutboundMessage>().ExecuteUpdateAsync(set => set.SetProperty(o => o.NextAt, later))) == 1);
    }
}
