using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Journeys;

public sealed class RestartTests(Chromium chromium) : Journey(chromium)
{
    private readonly HintLoss _loss = new();
    private bool _hasLanes = true;

    [Fact]
    public async Task After_a_restart_the_open_tab_comes_back_by_itself_with_everything_that_was_typed()
    {
        var agent = await SignInAsync(Agent);
        await CustomerSaysAsync("asha", "Are you open today?");
        await agent.OpenAsync(Asha);
        await agent.SendAsync("Until six.");
        await Expect(agent.Bubble("Until six.")).ToHaveAttributeAsync("data-status", "delivered");
        await agent.Box.FillAsync("On Sunday we are closed.");
        await Eventually.BeAsync(async () => (await DraftsAsync()).Contains("On Sunday we are closed."));

        await Host.StopKeepingDataAsync();
        await Expect(agent.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await Expect(agent.Composer).ToContainTextAsync("Your text is kept");
        await agent.Box.PressSequentiallyAsync(" Except in May.");
        Host = await Host.StartAgainAsync();

        await Expect(agent.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Expect(agent.Box).ToHaveValueAsync("On Sunday we are closed. Except in May.");
        await Expect(agent.Row(Asha)).ToBeVisibleAsync();
        await Expect(agent.Bubble("Are you open today?")).ToBeVisibleAsync();
        await Expect(agent.Bubble("Until six.")).ToHaveCountAsync(1);
        Forgive();

        await agent.Box.PressAsync("Enter");
        await Expect(agent.Bubble("Except in May.")).ToHaveAttributeAsync("data-status", "delivered");
        await CustomerSaysAsync("asha", "Good to know.");
        await Expect(agent.Bubble("Good to know.")).ToBeVisibleAsync();
        await agent.Page.ReloadAsync();
        await Expect(agent.Bubble("Good to know.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_acknowledged_but_not_processed_before_a_restart_is_on_the_screen_after_it()
    {
        _hasLanes = false;
        Host = await Host.RestartAsync();
        using (var client = Host.NewClient())
        {
            var answer = await new MetaWebhooks(client).PostAsync(
                MetaWebhooks.TextFrom("wamid.before", "919100000009", "Sent before the restart", Host.Clock.GetUtcNow(), "Ravi Rao"));
            answer.Should().Be(HttpStatusCode.OK);
        }

        (await Host.DeliveriesAsync()).Should().ContainSingle(d => d.State == WebhookDeliveryState.Pending);
        (await Host.MessagesAsync()).Should().BeEmpty();

        _hasLanes = true;
        Host = await Host.RestartAsync();
        var agent = await SignInAsync(Agent);

        await Expect(agent.Row("Ravi Rao")).ToHaveAttributeAsync("data-last-wamid", "wamid.before");
        await agent.OpenAsync("Ravi Rao");
        await Expect(agent.Bubble("Sent before the restart")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Hints_that_get_lost_are_made_good_by_the_next_beat()
    {
        await CustomerSaysAsync("asha", "First");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        _loss.IsOn = true;

        await CustomerSaysAsync("asha", "Second");
        await CustomerSaysAsync("tom", "Hello");
        await Eventually.BeAsync(async () => (await Host.MessagesAsync()).Count == 3 && _loss.Count >= 2);
        Host.Clock.Advance(TimeSpan.FromSeconds(15));

        await Expect(agent.Bubble("Second")).ToBeVisibleAsync();
        await Expect(agent.Row(Asha)).ToContainTextAsync("Second");
        await Expect(agent.Row(Tom)).ToContainTextAsync("Hello");
    }

    protected override void Configure(WefluxHostOptions options) => options.Services = services =>
    {
        foreach (var work in services.Where(s => s.ServiceType == typeof(ILaneWork) && !_hasLanes).ToList())
        {
            services.Remove(work);
        }

        services.AddSingleton<IHubContext<InboxHub, IInboxClient>>(
            provider => new DeafHub(provider.GetRequiredService<IHubContext<InboxHub>>(), _loss));
    };

    private Task<List<string>> DraftsAsync() => Host.ReadAsync(db => db.Set<Draft>().Select(d => d.Text).ToListAsync());
}
