using System.Diagnostics;
using System.Text.Json;
using Weflux.Domain.Conversations;
using Weflux.Tests.Simulator;
using Weflux.Tests.Support;
using Weflux.Web.Data;

namespace Weflux.Tests.Faults;

/// <summary>
/// Weflux is killed again and again, at each fail point and at random, while webhooks come in, replies go out, and
/// screens are open. Afterwards three books must agree.
/// </summary>
[Collection(FaultsAlone.Name)]
public sealed class KillTests
{
    private static readonly TimeSpan Stillness = TimeSpan.FromSeconds(3);

    private static readonly string[] FailPoints =
    [
        FailPoint.JournalBeforeCommit, FailPoint.JournalCommitted, FailPoint.SliceInTheMiddle, FailPoint.SliceCommitted,
        FailPoint.AttemptCommitted, FailPoint.CallWritten, FailPoint.CallAnswered,
    ];

    private static readonly string[] Customers =
    [
        "Asha Verma", "Tom Becker", "Ada One", "Ben Two", "Cleo Three", "Dev Four", "Eve Five", "Finn Six", "Gia Seven", "Hal Eight",
    ];

    [Fact(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    public async Task Whenever_the_process_is_killed_nothing_is_lost_and_nothing_is_doubled()
    {
        var seed = FaultRuns.NewSeed();
        FaultRuns.Say($"Seed {seed}, {FaultRuns.Kills} kills at random besides one at each fail point. WEFLUX_FAULT_SEED={seed} repeats it.");
        var chance = new Random(seed);
        var directory = WefluxChild.NewDirectory();
        var (weflux, simulator) = await WefluxChild.WithSimulatorAsync(directory);
        await using var child = weflux;
        await using var platform = simulator;
        await weflux.StartAsync();
        var office = await Office.OpenAsync(directory);
        var evidence = new Evidence(weflux.DatabaseFile);
        using var load = new Load(weflux.Address, seed);
        await using var hub = new HubScreen(weflux.Address, weflux.DatabaseFile);
        await hub.OpenAsync();
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        var conversations = await GreetAsync(simulator, office);
        (await load.PostAsync(messages: 60, chance)).Should().BeTrue();
        var asked = await Support.Eventually.SeeAsync(() => Task.FromResult(evidence.ConversationsOf(Load.PhoneOf(0))), found => found.Count == 1);
        var admins = await chromium.NewContextAsync(weflux.Address);
        var managers = await chromium.NewContextAsync(weflux.Address);
        BrowserScreen[] screens =
        [
            await BrowserScreen.OpenAsync(admins, "Priya Nair"),
            await BrowserScreen.OpenAsync(managers, "Daniel Okafor", conversations[0]),
            await BrowserScreen.OpenAsync(managers, "Daniel Okafor", asked[0]),
        ];
        await SpoilAsync(simulator, seed);
        using var closing = new CancellationTokenSource();
        var traffic = Task.WhenAll(
            load.RunAsync(senders: 3, closing.Token),
            office.AnswerAsync(conversations, TimeSpan.FromMilliseconds(250), new Random(seed), closing.Token));
        FaultRuns.Say("Traffic flows.");
        var kills = await KillAsync(weflux, chance, traffic);
        await weflux.StartAsync();
        FaultRuns.Say("Killed enough.");
        await Task.Delay(TimeSpan.FromSeconds(2));
        await closing.CancelAsync();
        await traffic;
        await load.DrainAsync();
        using (var off = await simulator.PostAsync("simulator/api/faults/off", new { }))
        {
            off.EnsureSuccessStatusCode();
        }

        await Support.Eventually.BeAsync(() => Task.FromResult(evidence.Pending() == 0));
        FaultRuns.Say("Everything is acknowledged and processed.");
        (await weflux.TerminateAsync()).ExitCode.Should().Be(0);

        // What waits for minutes gets them from a clock that can be set forward, on the same data and the same port.
        await using var host = await WefluxHost.StartAsync(options =>
        {
            (options.DataDirectory, options.Port) = (directory, weflux.Address.Port);
            options.Settings["Weflux:CloudApi:BaseAddress"] = simulator.Graph.BaseAddress!.ToString();
        });
        await SettleAsync(host, evidence);
        await Support.Eventually.BeAsync(async () => (await simulator.GetAsync($"simulator/api/numbers/{SimulatorHost.Number}/webhooks")).GetProperty("pending").GetInt32() == 0);
        await Support.Eventually.BeAsync(() => Task.FromResult(evidence.Pending() == 0));

        FaultRuns.Say("Everything is settled.");
        IReadOnlyList<JsonElement> ledger = [.. (await simulator.GetAsync("simulator/api/ledger")).GetProperty("data").EnumerateArray()];
        var answers = evidence.Answers();
        FaultRuns.Say(
            $"{kills.Count} kills ({string.Join(", ", kills.GroupBy(k => k).Select(g => $"{g.Count()} {g.Key}"))}); "
            + $"{load.Acknowledgements} webhooks acknowledged with {load.Acknowledged.Count} messages, {load.Refusals} refused or cut; "
            + $"{evidence.Messages()} messages stored; {ledger.Count} POSTs for {office.Written.Count} replies "
            + $"({string.Join(", ", answers.GroupBy(a => a.Status).Select(g => $"{g.Count()} {g.Key}"))}); "
            + $"faults met: {string.Join(", ", ledger.GroupBy(e => e.Text("fault") ?? "none").Select(g => $"{g.Count()} {g.Key}"))}; "
            + $"the hub screen connected {hub.Connections} times; the browser's screens: {string.Join("; ", screens.Select(s => s.Story))}.");
        var violations = Checker.Violations(evidence, load, office.Written, ledger)
            .Concat(Checker.Unsettled(evidence)).Concat(Checker.Untruths(evidence, ledger)).ToList();
        violations.Should().BeEmpty($"seed {seed} must find nothing");
        await Support.Eventually.SeeAsync(() => Task.FromResult(hub.Differences()), differences => differences.Count == 0);
        foreach (var screen in screens)
        {
            await Support.Eventually.SeeAsync(() => screen.DifferencesAsync(evidence), differences => differences.Count == 0);
        }

        FaultRuns.Say("Every screen shows what the database holds.");

        // Before the host ends: a circuit that is just drawing complains when its services are gone.
        await Task.WhenAll(admins.CloseAsync(), managers.CloseAsync());
    }

    /// <summary>Customers write, so that they may be answered.</summary>
    private static async Task<IReadOnlyList<long>> GreetAsync(SimulatorHost simulator, Office office)
    {
        foreach (var name in Customers)
        {
            var id = name is "Asha Verma" or "Tom Becker" ? name.Split(' ')[0].ToLowerInvariant() : null;
            if (id is null)
            {
                using var added = await simulator.PostAsync($"simulator/api/numbers/{SimulatorHost.Number}/customers", new { name });
                id = (await SimulatorHost.JsonAsync(added)).GetProperty("id").GetString()!;
            }

            await simulator.CustomerSendsAsync(id, new { type = "text", text = $"Hello from {name}" });
        }

        return await Support.Eventually.SeeAsync(() => office.ConversationsAsync(Customers), found => found.Count == Customers.Length);
    }

    private static async Task SpoilAsync(SimulatorHost simulator, int seed)
    {
        using var sown = await simulator.PostAsync("simulator/api/faults/seed", new { seed });
        sown.EnsureSuccessStatusCode();
        await simulator.FaultAsync(new { kind = "duplicate", copies = 2, at_once = true, probability = 0.1 });
        await simulator.FaultAsync(new { kind = "reorder", probability = 0.1 });
        await simulator.FaultAsync(new { kind = "status_first", probability = 0.15 });
        await simulator.FaultAsync(new { kind = "delay_answer", milliseconds = 300, probability = 0.2 });
        await simulator.FaultAsync(new { kind = "rate_limit", code = 130429, probability = 0.05 });
        await simulator.FaultAsync(new { kind = "server_error", status = 502, accepted = true, probability = 0.03 });
        await simulator.FaultAsync(new { kind = "reset", probability = 0.02 });
        await simulator.FaultAsync(new { kind = "cut", probability = 0.04 });
        await simulator.FaultAsync(new { kind = "garbage", probability = 0.03 });
    }

    /// <summary>Once at each fail point, and so many times when chance will have it: while it starts, or while it works.</summary>
    private static async Task<List<string>> KillAsync(WefluxChild weflux, Random chance, Task traffic)
    {
        var kills = new List<string>();
        var random = Enumerable.Range(0, FaultRuns.Kills).Select(_ => chance.Next(3) == 0 ? FailPoints[chance.Next(FailPoints.Length)] : null);
        string?[] plan = [.. FailPoints, .. random];
        chance.Shuffle(plan);
        weflux.Kill();
        kills.Add("at random");
        foreach (var failPoint in plan)
        {
            if (traffic.IsCompleted)
            {
                await traffic;
            }

            FaultRuns.Say($"Kill number {kills.Count + 1}: {failPoint ?? "at random"}");
            if (failPoint is not null)
            {
                weflux.Begin($"{failPoint}:{chance.Next(1, 5)}");
                if (await weflux.DiesAsync(TimeSpan.FromMinutes(4)))
                {
                    kills.Add(failPoint);
                    continue;
                }

                throw new InvalidOperationException($"{failPoint} was never passed.{Environment.NewLine}{weflux.Output}");
            }

            weflux.Begin();
            if (chance.Next(4) == 0)
            {
                await Task.Delay(chance.Next(3000));
            }
            else if (await weflux.IsReadyAsync())
            {
                await Task.Delay(chance.Next(2500));
            }

            if (!weflux.HasExited)
            {
                weflux.Kill();
            }

            kills.Add("at random");
        }

        return kills;
    }

    private static async Task SettleAsync(WefluxHost host, Evidence evidence)
    {
        var (least, minutes, since) = (long.MaxValue, 0, Stopwatch.GetTimestamp());
        while (evidence.Outbox() + evidence.Pending() is > 0 and var left)
        {
            if (left < least)
            {
                (least, since) = (left, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(since) > Stillness)
            {
                // Only what waits for its time is left. The clock must not run out for a call that is under way.
                minutes++;
                if (minutes > 600)
                {
                    throw new TimeoutException($"Ten hours later {evidence.Outbox()} messages are still in the outbox and {evidence.Pending()} deliveries pending.");
                }

                host.Clock.Advance(TimeSpan.FromMinutes(1));
                (least, since) = (left, Stopwatch.GetTimestamp());
            }

            await Task.Delay(100);
        }
    }
}
