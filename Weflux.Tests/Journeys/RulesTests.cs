using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

public sealed class RulesTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task When_the_window_closes_the_composer_offers_templates_and_keeps_what_was_typed()
    {
        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("Where is my order?");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        var loads = agent.Tab.Documents;
        await agent.Box.PressSequentiallyAsync("It is on its way");
        await Expect(agent.Composer).ToHaveAttributeAsync("data-window", "open");

        Host.Clock.Advance(TimeSpan.FromHours(24));
        await Expect(agent.Composer).ToHaveAttributeAsync("data-window", "closed");
        await Expect(agent.Composer).ToContainTextAsync("More than 24 hours have passed");
        await Expect(agent.Composer).ToContainTextAsync("Your text is kept");
        await Expect(agent.Box).ToBeVisibleAsync();
        await Expect(agent.Box).ToHaveValueAsync("It is on its way");
        await Expect(agent.Box).Not.ToBeEditableAsync();

        await agent.ChooseTemplate.ClickAsync();
        var picker = agent.Page.GetByRole(AriaRole.Dialog);
        await Expect(Template("weekend sale")).ToBeDisabledAsync();
        await Expect(Template("weekend sale")).ToContainTextAsync("Meta paused it.");
        await Expect(Template("tyohar offer")).ToBeDisabledAsync();
        await Expect(Template("tyohar offer")).ToContainTextAsync("The customer has not agreed to marketing.");
        await Expect(Template("sign in code")).ToBeDisabledAsync();
        await Template("visit reminder").ClickAsync();
        await picker.GetByLabel("first name").FillAsync("Asha");
        await picker.GetByLabel("day").FillAsync("Friday");
        await Expect(picker.GetByRole(AriaRole.Figure)).ToContainTextAsync("Hi Asha, your tasting is booked for Friday");
        await picker.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(picker).ToHaveCountAsync(0);
        await Expect(phone.Message("Hi Asha, your tasting is booked for Friday")).ToBeVisibleAsync();
        await Expect(agent.Bubble("Hi Asha, your tasting is booked for Friday")).ToBeVisibleAsync();
        await Expect(agent.Box).ToHaveValueAsync("It is on its way");

        await phone.SayAsync("Yes, I will come");
        await Expect(agent.Bubble("Yes, I will come")).ToBeVisibleAsync();
        await Expect(agent.Composer).ToHaveAttributeAsync("data-window", "open");
        await Expect(agent.Box).ToBeEditableAsync();
        await Expect(agent.Box).ToHaveValueAsync("It is on its way");
        await agent.Box.PressAsync("Enter");
        await Expect(phone.Message("It is on its way")).ToBeVisibleAsync();
        agent.Tab.Documents.Should().Be(loads);

        ILocator Template(string name) => picker.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name }).GetByRole(AriaRole.Button);
    }

    [Fact]
    public async Task After_stop_nothing_can_be_sent_until_the_customer_writes_again_and_start_lifts_it()
    {
        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("Do you have green tea?");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        await Expect(agent.ChooseTemplate).ToBeVisibleAsync();

        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "STOP", Exact = true }).ClickAsync();
        await Expect(agent.Composer).ToContainTextAsync("Asha Verma asked for silence");
        await Expect(agent.Composer).ToContainTextAsync("Nothing can be sent, no template either");
        await Expect(agent.Box).Not.ToBeEditableAsync();
        await Expect(agent.ChooseTemplate).ToHaveCountAsync(0);
        await Expect(agent.Row(Asha).GetByRole(AriaRole.Img, new() { Name = "Asked for silence" })).ToBeVisibleAsync();
        await Expect(phone.Received).ToHaveCountAsync(1);

        LetTimePass();
        await phone.SayAsync("One question after all");
        await Expect(agent.Box).ToBeEditableAsync();
        await Expect(agent.Composer).ToContainTextAsync("asked for silence");
        await Expect(agent.Composer).ToContainTextAsync("You may answer while the window is open");
        await Expect(agent.ChooseTemplate).ToHaveCountAsync(0);
        await agent.SendAsync("Gladly");
        await Expect(phone.Message("Gladly")).ToBeVisibleAsync();

        LetTimePass();
        await phone.SayAsync("START");
        await Expect(agent.Composer).Not.ToContainTextAsync("asked for silence");
        await Expect(agent.ChooseTemplate).ToBeVisibleAsync();
        await Expect(agent.Row(Asha).GetByRole(AriaRole.Img, new() { Name = "Asked for silence" })).ToHaveCountAsync(0);
        await Expect(phone.Received).ToHaveCountAsync(2);

        // WhatsApp tells times in whole seconds, and within the same one the stop is what counts.
        void LetTimePass() => Host.Clock.Advance(TimeSpan.FromSeconds(2));
    }
}
