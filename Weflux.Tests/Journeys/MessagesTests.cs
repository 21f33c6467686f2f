using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

public sealed class MessagesTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_customers_message_appears_in_every_open_tab_by_itself_and_the_answer_reaches_the_phone()
    {
        var agent = await SignInAsync(Agent);
        var screens = new[] { agent, await OpenAnotherAsync(agent), await SignInAsync(Manager) };
        var loads = screens.Select(s => s.Tab.Documents).ToList();
        var phone = await OpenPhoneAsync("asha");

        await phone.SayAsync("Is the masala chai back?");
        foreach (var screen in screens)
        {
            await Expect(screen.Row(Asha)).ToContainTextAsync("Is the masala chai back?");
            await screen.OpenAsync(Asha);
            await Expect(screen.Bubble("Is the masala chai back?")).ToBeVisibleAsync();
        }

        await phone.SayAsync("And what does it cost?");
        foreach (var screen in screens)
        {
            await Expect(screen.Bubble("And what does it cost?")).ToBeVisibleAsync();
            await Expect(screen.Row(Asha)).ToContainTextAsync("And what does it cost?");
        }

        await agent.Box.PressSequentiallyAsync("Yes, since today.");
        await agent.Box.PressAsync("Shift+Enter");
        await agent.Box.PressSequentiallyAsync("It costs five euros.");
        await agent.Box.PressAsync("Enter");

        await Expect(agent.Box).ToHaveValueAsync("");
        await Expect(phone.Message("It costs five euros.")).ToBeVisibleAsync();
        (await phone.Message("It costs five euros.").InnerTextAsync()).Should().Contain("Yes, since today.\nIt costs five euros.");
        foreach (var screen in screens)
        {
            await Expect(screen.Bubble("It costs five euros.")).ToBeVisibleAsync();
            await Expect(screen.Row(Asha)).ToContainTextAsync("It costs five euros.");
        }

        screens.Select(s => s.Tab.Documents).Should().Equal(loads, "nobody needs to press refresh");
        (await Host.MessagesAsync()).Should().HaveCount(3);
    }

    [Fact]
    public async Task One_tick_two_ticks_and_blue_ticks_follow_the_customers_phone()
    {
        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("Hello?");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await phone.SwitchOffAsync();

        await agent.SendAsync("Good morning!");
        await Expect(agent.Tick("Good morning!", "Sent").Locator("path")).ToHaveCountAsync(1);
        await Expect(agent.Bubble("Good morning!")).ToHaveAttributeAsync("data-status", "sent");

        await phone.PutAwayAsync();
        await SwitchPhoneOnAsync("asha");
        await Expect(agent.Tick("Good morning!", "Delivered").Locator("path")).ToHaveCountAsync(2);
        await Expect(agent.Row(Asha).GetByRole(AriaRole.Img, new() { Name = "Delivered", Exact = true })).ToBeVisibleAsync();
        var grey = await ColourAsync(agent.Tick("Good morning!", "Delivered"));

        await phone.TakeUpAsync();
        await Expect(agent.Tick("Good morning!", "Read").Locator("path")).ToHaveCountAsync(2);
        await Expect(agent.Row(Asha).GetByRole(AriaRole.Img, new() { Name = "Read", Exact = true })).ToBeVisibleAsync();
        await Eventually.SeeAsync(() => ColourAsync(agent.Tick("Good morning!", "Read")), colour => colour != grey);

        static Task<string> ColourAsync(ILocator tick) => tick.EvaluateAsync<string>("tick => getComputedStyle(tick).color");
    }
}
