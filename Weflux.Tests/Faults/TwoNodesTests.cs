using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Tests.Simulator;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Sending;
using Eventually = Weflux.Tests.Support.Eventually;

namespace Weflux.Tests.Faults;

/// <summary>Two nodes on one file, one of which stands still or has a clock that jumps: no message is posted twice.</summary>
[Collection(FaultsAlone.Name)]
public sealed class TwoNodesTests
{
    [Fact(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    public async Task A_process_that_stood_still_between_attempt_and_call_does_not_call_any_more_and_the_other_sends_once()
    {
        WefluxChild? first = null;
        await using var simulator = await SimulatorHost.StartAsync(() => first!.Address, longestWait: TimeSpan.FromSeconds(1));
        var directory = WefluxChild.NewDirectory();
        await using (first = new WefluxChild(directory, simulator.Graph.BaseAddress))
        {
            await first.StartAsync($"{FailPoint.AttemptCommitted}:1:stop");
            var office = await Office.OpenAsync(directory);
            var evidence = new Evidence(first.DatabaseFile);
            await simulator.CustomerSendsAsync("asha", new { type = "text", text = "hello" });
            var conversation = (await Eventually.SeeAsync(() => office.ConversationsAsync(["Asha Verma"]), found => found.Count == 1))[0];
            var text = await office.ReplyAsync(conversation);
            await Eventually.BeAsync(() => Task.FromResult(first.IsStopped));

            // Not before: on a busy machine the other could hold the lane already, and the first would never come to the attempt.
            await using var second = new WefluxChild(directory, simulator.Graph.BaseAddress);
            await second.StartAsync();
            await Eventually.BeAsync(() => Task.FromResult(evidence.Read("""SELECT "Holder" FROM "Lanes" """, row => row.GetString(0))
                .Any(holder => holder.Contains($"/{second.ProcessId}/", StringComparison.Ordinal))));
            var (_, before, status, _) = evidence.Answers().Single(a => a.Text == text);
            (await LedgerAsync(simulator)).Should().BeEmpty("nobody knows whether it left, so nobody sends it again");
            (before, status).Should().Be((text, DeliveryStatus.Sending));

            await first.ContinueAsync();

            await Eventually.SeeAsync(() => Task.FromResult(evidence.Answers().Single(a => a.Text == text).Status), s => s >= DeliveryStatus.Sent);
            (await LedgerAsync(simulator)).Should().ContainSingle();
            evidence.Read("""SELECT "Outcome" FROM "SendAttempts" ORDER BY "StartedAt" """, row => (AttemptOutcome)row.GetInt32(0))
                .Should().Equal(AttemptOutcome.NotSent, AttemptOutcome.Accepted);
            Checker.Posts(evidence, await LedgerAsync(simulator)).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Clocks_that_jump_move_lanes_to_and_fro_and_no_message_is_posted_twice()
    {
        WefluxHost? first = null;
        await using var simulator = await SimulatorHost.StartAsync(() => first!.Address, longestWait: TimeSpan.FromSeconds(1));
        await using (first = await StartAsync(simulator))
        {
            await using var second = await StartAsync(simulator, first.DataDirectory);
            var office = await Office.OpenAsync(first.DataDirectory);
            await simulator.CustomerSendsAsync("asha", new { type = "text", text = "hello" });
            await simulator.CustomerSendsAsync("tom", new { type = "text", text = "hello" });
            var conversations = await Eventually.SeeAsync(() => office.ConversationsAsync(["Asha Verma", "Tom Becker"]), found => found.Count == 2);
            for (var round = 0; round < 5; round++)
            {
                var epoch = await EpochAsync(first);
                for (var nth = 0; nth < 8; nth++)
                {
                    await office.ReplyAsync(conversations[nth % 2]);
                }

                // Two minutes ahead of the other, so that its lease looks over; not so far that a window closes.
                (round % 2 == 0 ? second : first).Clock.Advance(TimeSpan.FromMinutes(round == 0 ? 2 : 4));
                await Eventually.BeAsync(async () => await EpochAsync(first) > epoch);
            }

            var evidence = new Evidence(Path.Combine(first.DataDirectory, "weflux.db"));
            await Eventually.BeAsync(() => Task.FromResult(evidence.Outbox() == 0));
            var ledger = await LedgerAsync(simulator);
            Checker.Posts(evidence, ledger).Should().BeEmpty();
            await Eventually.SeeAsync(() => Task.FromResult(Checker.Untruths(evidence, ledger).ToList()), untruths => untruths.Count == 0);

            // One that was under way when the other took over may never have left; it is shown as not confirmed then.
            ledger.Count.Should().BeInRange(office.Written.Count / 2, office.Written.Count);
        }
    }

    private static Task<long> EpochAsync(WefluxHost host) => host.ReadAsync(db => db.Set<Lane>().MinAsync(l => l.Epoch));

    private static Task<WefluxHost> StartAsync(SimulatorHost simulator, string? directory = null) => WefluxHost.StartAsync(options =>
    {
        options.DataDirectory = directory ?? options.DataDirectory;
        options.Settings["Weflux:CloudApi:BaseAddress"] = simulator.Graph.BaseAddress!.ToString();
    });

    private static async Task<IReadOnlyList<JsonElement>> LedgerAsync(SimulatorHost simulator) =>
        [.. (await simulator.GetAsync("simulator/api/ledger")).GetProperty("data").EnumerateArray()];
}
