using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

public sealed class VisibilityTests(Chromium chromium) : Journey(chromium)
{
    private const string NotYours = "This conversation does not exist or is not yours to see.";

    [Fact]
    public async Task A_conversation_that_another_agent_takes_leaves_the_list_and_the_screen_of_the_first()
    {
        await CustomerSaysAsync("asha", "Who can help me?");
        await CustomerSaysAsync("tom", "Me too!");
        var meera = await SignInAsync(Agent);
        var watching = await OpenAnotherAsync(meera);
        await watching.OpenAsync(Asha);
        var lucas = await SignInAsync(SecondAgent);
        await lucas.OpenAsync(Asha);
        var address = lucas.Page.Url;
        await Expect(meera.Row(Asha)).ToBeVisibleAsync();

        await lucas.SendAsync("I take care of it");

        await Expect(meera.Row(Asha)).ToHaveCountAsync(0);
        await Expect(meera.Row(Tom)).ToBeVisibleAsync();
        await Expect(watching.Page.GetByText(NotYours)).ToBeVisibleAsync();
        await Expect(watching.Composer).ToHaveCountAsync(0);
        await Expect(watching.Bubble("Who can help me?")).ToHaveCountAsync(0);
        await Expect(lucas.Row(Asha)).ToBeVisibleAsync();

        await meera.Page.GotoAsync(address);
        await Expect(meera.Page.GetByText(NotYours)).ToBeVisibleAsync();
        await Expect(meera.Page.GetByText("Who can help me?")).ToHaveCountAsync(0);
        await CustomerSaysAsync("asha", "Thank you");
        await Expect(lucas.Bubble("Thank you")).ToBeVisibleAsync();
        await CustomerSaysAsync("tom", "And I?");
        await Expect(meera.Row(Tom)).ToContainTextAsync("And I?");
        await Expect(meera.Row(Asha)).ToHaveCountAsync(0);
    }
}
