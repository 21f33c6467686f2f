using Weflux.Domain.Conversations;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

public sealed class DraftTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_draft_survives_a_reload_and_belongs_to_one_conversation_only()
    {
        await CustomerSaysAsync("asha", "Hello from Asha");
        await CustomerSaysAsync("tom", "Hello from Tom");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.Box.PressSequentiallyAsync("For Asha only");

        await agent.Page.ReloadAsync();
        await Expect(agent.Box).ToHaveValueAsync("For Asha only");
        await agent.OpenAsync(Tom);
        await Expect(agent.Row(Asha)).ToContainTextAsync("Draft: For Asha only");
        await Expect(agent.Bubble("Hello from Tom")).ToBeVisibleAsync();
        await Expect(agent.Box).ToHaveValueAsync("");
        await agent.OpenAsync(Asha);
        await Expect(agent.Bubble("Hello from Asha")).ToBeVisibleAsync();
        await Expect(agent.Box).ToHaveValueAsync("For Asha only");

        var manager = await SignInAsync(Manager);
        await manager.OpenAsync(Asha);
        await Expect(manager.Box).ToHaveValueAsync("");
        await Expect(manager.Row(Asha)).ToContainTextAsync("Hello from Asha");

        await agent.Box.PressAsync("Enter");
        await Expect(agent.Bubble("For Asha only")).ToBeVisibleAsync();
        await agent.OpenAsync(Tom);
        await Expect(agent.Row(Asha)).ToContainTextAsync("For Asha only");
        await Expect(agent.Row(Asha)).Not.ToContainTextAsync("Draft:");
    }

    [Fact]
    public async Task A_double_enter_sends_once()
    {
        await CustomerSaysAsync("asha", "Hello");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await agent.Box.FillAsync("Only once, please");

        await Task.WhenAll(agent.Page.Keyboard.PressAsync("Enter"), agent.Page.Keyboard.PressAsync("Enter"), agent.Page.Keyboard.PressAsync("Enter"));

        await Expect(agent.Box).ToHaveValueAsync("");
        await Expect(agent.Bubble("Only once, please")).ToHaveAttributeAsync("data-status", "delivered");
        await agent.SendAsync("And this comes after it");
        await Expect(agent.Bubble("And this comes after it")).ToHaveAttributeAsync("data-status", "delivered");
        await Expect(agent.Bubble("Only once, please")).ToHaveCountAsync(1);
        (await Host.MessagesAsync()).Count(m => m.Direction == MessageDirection.Out).Should().Be(2);
        await Expect((await OpenPhoneAsync("asha")).Received).ToHaveCountAsync(2);
    }
}
