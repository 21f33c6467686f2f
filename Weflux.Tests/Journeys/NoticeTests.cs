using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

public sealed class NoticeTests(Chromium chromium) : Journey(chromium)
{
    private const string Carlos = "Carlos Lima";

    private const string Notices = """
        async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(n => `${n.title}: ${n.body}`)
        """;

    [Fact]
    public async Task Who_looks_elsewhere_gets_a_notice_of_their_customers_message_and_it_goes_once_the_message_is_read()
    {
        await CustomerSaysAsync("asha", "Is the shop open?");
        await CustomerSaysAsync("tom", "Hello");
        var agent = await SignInAsync(Agent);
        await agent.Page.Context.GrantPermissionsAsync(["notifications"]);
        await agent.OpenAsync(Asha);
        await agent.SendAsync("Until eight.");
        await Expect(agent.Bubble("Until eight.")).ToBeVisibleAsync();
        await CustomerSaysAsync("carlos", "Good morning");
        await agent.OpenAsync(Carlos);
        await agent.SendAsync("Good morning!");
        await Expect(agent.Bubble("Good morning!")).ToBeVisibleAsync();
        var away = await OpenAnotherAsync(agent);
        await agent.Page.CloseAsync();
        await away.Page.EvaluateAsync("() => { document.hasFocus = () => false; }");

        // The page may not listen yet, and tells by itself as long as its worker is not there.
        await Eventually.SeeAsync(
            async () =>
            {
                await CustomerSaysAsync("carlos", "Are you there?");
                return await away.Page.EvaluateAsync<string[]>(Notices);
            },
            seen => seen is ["Carlos Lima: New message"]);

        await CustomerSaysAsync("tom", "And me?");
        await CustomerSaysAsync("asha", "A secret");

        // What nobody holds is told before what follows it, or not at all.
        var told = await Eventually.SeeAsync(() => away.Page.EvaluateAsync<string[]>(Notices), seen => seen.Contains("Asha Verma: New message"));
        told.Should().BeEquivalentTo("Asha Verma: New message", "Carlos Lima: New message");

        var elsewhere = await SignInAsync(Agent);
        await elsewhere.OpenAsync(Asha);
        await Eventually.SeeAsync(() => away.Page.EvaluateAsync<string[]>(Notices), seen => seen is ["Carlos Lima: New message"]);
    }
}
