using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Lanes;

namespace Weflux.Tests.Faults;

public sealed class ReadinessTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task When_nothing_can_be_written_any_more_it_is_not_ready_says_what_stands_still_and_recovers()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = host.NewClient();
        (await client.GetStringAsync("/health/ready")).Should().Be("Healthy");
        var turn = await host.Services.GetRequiredService<WefluxDatabase>().Gate.EnterAsync(WritePriority.Work, CancellationToken.None);
        var webhook = new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.1", "919600000001", "hello", host.Clock.GetUtcNow()));

        var said = await NotReadyAsync(client, "Webhooks that came in are not stored.");

        said.Should().StartWith("Unhealthy").And.Contain("lanes: ").And.NotContain("wamid").And.NotContain("hello");
        turn.Dispose();
        (await webhook).Should().Be(HttpStatusCode.OK);
        await Eventually.BeAsync(async () => await WefluxChild.StatusAsync(client, "/health/ready") == HttpStatusCode.OK);
        (await host.SettledAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Work_of_a_lane_that_stands_still_is_named_and_its_exceptions_are_logged_without_their_words()
    {
        var errors = new HostErrors();
        using var free = new ManualResetEventSlim();
        await using var host = await WefluxHost.StartAsync(options => options.Services = services =>
        {
            services.AddSingleton<ILoggerProvider>(errors);
            services.AddSingleton<ILaneWork>(provider => new StuckWork(provider.GetRequiredService<LaneSignals>(), free));
        });
        using var client = host.NewClient();

        await NotReadyAsync(client, "The outbox of Meta app 99 does not move.");

        free.Set();
        await Eventually.BeAsync(async () => await WefluxChild.StatusAsync(client, "/health/ready") == HttpStatusCode.OK);
        var logged = await Eventually.SeeAsync(
            () => Task.FromResult(errors.All.Where(e => e.Contains(nameof(StuckWork), StringComparison.Ordinal)).ToList()), found => found.Count > 0);
        logged[0].Should().Contain(nameof(InvalidOperationException)).And.NotContain(StuckWork.Words);
    }

    private static async Task<string> NotReadyAsync(HttpClient client, string says)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            using var answer = await client.GetAsync("/health/ready");
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && text.Contains(says, StringComparison.Ordinal))
            {
                return text;
            }

            Stopwatch.GetElapsedTime(begun).Should().BeLessThan(Bound, $"readiness must notice; it says: {text}");
            await Task.Delay(200);
        }
    }

    /// <summary>Moves once, stands still until it is let go, and then fails with words that belong to a customer.</summary>
    private sealed class StuckWork(LaneSignals signals, ManualResetEventSlim free) : ILaneWork
    {
        public const string Words = "duplicate key (+4915112345678)";
        private const long App = 99;
        private bool _hasFailed;

        public async Task RunAsync(LaneLease lease, CancellationToken cancellationToken)
        {
            if (_hasFailed)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            signals.Move(App, LaneWorkKind.Outbox);
            while (!free.IsSet)
            {
                await Task.Delay(50, cancellationToken);
            }

            _hasFailed = true;
            signals.Leave(App);
            throw new InvalidOperationException(Words);
        }
    }
}
