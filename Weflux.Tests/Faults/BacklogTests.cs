using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Faults;

public sealed class BacklogTests
{
    private const int Rows = 5000;
    private const int InOne = 1000;

    [Fact(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    public async Task A_backlog_of_5000_rows_and_a_body_of_1000_messages_survive_being_killed_half_way()
    {
        var directory = WefluxChild.NewDirectory();
        await using var weflux = new WefluxChild(directory);
        await FillAsync(directory);
        var evidence = new Evidence(weflux.DatabaseFile);
        evidence.Pending().Should().Be(Rows + 1);

        foreach (var failPoint in new[] { $"{FailPoint.SliceInTheMiddle}:3", $"{FailPoint.SliceCommitted}:4", $"{FailPoint.SliceInTheMiddle}:24" })
        {
            weflux.Begin(failPoint);
            (await weflux.DiesAsync(TimeSpan.FromMinutes(4))).Should().BeTrue($"{failPoint} must be passed: {weflux.Output}");
        }

        // The last kill hit the large body when part of it was applied.
        evidence.Pending().Should().Be(1);
        evidence.Inbound().Count.Should().BeInRange(Rows + 1, Rows + InOne - 1);
        await weflux.StartAsync();
        await Eventually.BeAsync(() => Task.FromResult(evidence.Pending() == 0));

        evidence.Parked().Should().Be(0);
        evidence.DoubledIds().Should().BeEmpty();
        var stored = evidence.Inbound();
        stored.Should().HaveCount(Rows + InOne);
        stored.Where(m => !m.Phone.EndsWith(PhoneOf(int.Parse(m.WhatsAppId.Split('.')[^1], CultureInfo.InvariantCulture)), StringComparison.Ordinal))
            .Should().BeEmpty();
        evidence.Integrity().Should().Be("ok");
    }

    /// <summary>A journal that nobody applies.</summary>
    private static async Task FillAsync(string directory)
    {
        await using var host = await WefluxHost.StartAsync(options =>
        {
            options.DataDirectory = directory;
            options.Services = services =>
            {
                foreach (var work in services.Where(s => s.ServiceType == typeof(ILaneWork)).ToList())
                {
                    services.Remove(work);
                }
            };
        });
        var app = (await host.Services.GetRequiredService<MetaAppCatalog>().FindAsync("demo", CancellationToken.None))!;
        var journal = host.Services.GetRequiredService<WebhookJournal>();
        foreach (var chunk in Enumerable.Range(0, Rows).Chunk(1000))
        {
            await Task.WhenAll(chunk.Select(nth => journal.AppendAsync(app, Body(nth, 1))));
        }

        using var client = host.NewClient();
        (await new MetaWebhooks(client).PostAsync(Body(Rows, InOne))).Should().Be(HttpStatusCode.OK);
        await host.StopKeepingDataAsync();
    }

    private static byte[] Body(int first, int count)
    {
        var values = Enumerable.Range(first, count).Select(nth => MetaWebhooks.Value(
            [MetaWebhooks.Contact(PhoneOf(nth), null, "Customer " + PhoneOf(nth))],
            [MetaWebhooks.Text($"wamid.in.{nth}", PhoneOf(nth), null, $"question {nth}", TimeProvider.System.GetUtcNow())]));
        return Encoding.UTF8.GetBytes(MetaWebhooks.Envelope([.. values]).ToJsonString());
    }

    private static string PhoneOf(int nth) => $"9194000000{nth % 50:00}";
}
