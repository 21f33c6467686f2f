using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Weflux.Tests.Simulator;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Eventually = Weflux.Tests.Support.Eventually;

namespace Weflux.Tests.Faults;

/// <summary>What befalls a whole process: it is asked to end, killed while it migrates, shares its file, or finds it locked or full.</summary>
[Collection(FaultsAlone.Name)]
public sealed class ProcessTests
{
    /// <summary>For how many seconds the database is locked.</summary>
    public static TheoryData<int> Locks => FaultRuns.IsLong ? [10, 60] : [10];

    [Fact(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    public async Task Asked_to_end_under_load_it_ends_in_order_within_ten_seconds_and_keeps_what_it_acknowledged()
    {
        var directory = WefluxChild.NewDirectory();
        var (weflux, simulator) = await WefluxChild.WithSimulatorAsync(directory);
        await using var child = weflux;
        await using var platform = simulator;
        await weflux.StartAsync();
        var office = await Office.OpenAsync(directory);
        var evidence = new Evidence(weflux.DatabaseFile);
        await using var hub = new HubScreen(weflux.Address, weflux.DatabaseFile);
        await hub.OpenAsync();
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        await simulator.CustomerSendsAsync("asha", new { type = "text", text = "hello" });
        await simulator.CustomerSendsAsync("tom", new { type = "text", text = "hello" });
        var conversations = await Eventually.SeeAsync(() => office.ConversationsAsync(["Asha Verma", "Tom Becker"]), found => found.Count == 2);
        var browser = await chromium.NewContextAsync(weflux.Address);
        var screen = await BrowserScreen.OpenAsync(browser, "Daniel Okafor", conversations[0]);
        await simulator.FaultAsync(new { kind = "delay_answer", milliseconds = 1500, probability = 0.5 });
        using var load = new Load(weflux.Address, FaultRuns.NewSeed());
        using var closing = new CancellationTokenSource();
        var traffic = Task.WhenAll(
            load.RunAsync(senders: 6, closing.Token),
            office.AnswerAsync(conversations, TimeSpan.FromMilliseconds(200), new Random(1), closing.Token));
        await Eventually.BeAsync(() => Task.FromResult(load.Acknowledgements > 50 && office.Written.Count > 10));

        var (exitCode, took) = await weflux.TerminateAsync();

        (exitCode, took < TimeSpan.FromSeconds(10)).Should().Be((0, true), $"it took {took.TotalSeconds:0.0} s; {weflux.Output}");
        await closing.CancelAsync();
        await traffic;
        await weflux.StartAsync();
        await load.DrainAsync();
        await SettledAsync(evidence, load);
        await Eventually.BeAsync(async () => (await simulator.GetAsync($"simulator/api/numbers/{SimulatorHost.Number}/webhooks")).GetProperty("pending").GetInt32() == 0);

        // What went out between two looks at the books is in one of them only.
        await Eventually.SeeAsync(
            async () => Checker.Violations(evidence, load, office.Written, await LedgerAsync(simulator)), violations => violations.Count == 0);
        await Eventually.SeeAsync(() => screen.DifferencesAsync(evidence), differences => differences.Count == 0);
        await Eventually.SeeAsync(() => Task.FromResult(hub.Differences()), differences => differences.Count == 0);
    }

    [Fact(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    public async Task A_migration_that_was_killed_half_way_is_completed_by_the_next_start()
    {
        await using var weflux = new WefluxChild(WefluxChild.NewDirectory());
        foreach (var table in FaultRuns.IsLong ? Enumerable.Range(1, 24) : [2, 17])
        {
            weflux.Begin($"{FailPoint.MigrationInTheMiddle}:{table}");
            (await weflux.DiesAsync(TimeSpan.FromMinutes(4))).Should().BeTrue($"table {table} must be made: {weflux.Output}");
        }

        await weflux.StartAsync();

        var evidence = new Evidence(weflux.DatabaseFile);
        evidence.Integrity().Should().Be("ok");
        evidence.Count("""SELECT COUNT(*) FROM "__EFMigrationsLock" """).Should().Be(0, "nobody holds the lock of migrations");
        using var load = new Load(weflux.Address, FaultRuns.NewSeed());
        (await load.PostAsync(messages: 3, new Random(1))).Should().BeTrue();
        await SettledAsync(evidence, load);
    }

    [Theory(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    [MemberData(nameof(Locks))]
    public async Task When_another_process_locks_the_database_for_a_while_nothing_acknowledged_is_lost(int seconds)
    {
        await using var weflux = new WefluxChild(WefluxChild.NewDirectory());
        await weflux.StartAsync();
        using var load = new Load(weflux.Address, FaultRuns.NewSeed());
        using var closing = new CancellationTokenSource();
        var traffic = load.RunAsync(senders: 4, closing.Token);
        await Eventually.BeAsync(() => Task.FromResult(load.Acknowledgements > 20));

        await using (var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = weflux.DatabaseFile, Pooling = false, DefaultTimeout = 60 }.ToString()))
        {
            await other.OpenAsync();
            await using var held = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
            await using var touch = other.CreateCommand();
            touch.Transaction = (SqliteTransaction)held;
            touch.CommandText = """UPDATE "Workspaces" SET "Name" = "Name" """;
            await touch.ExecuteNonQueryAsync();
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            await held.RollbackAsync();
        }

        FaultRuns.Say($"Locked for {seconds} s: {load.Refusals} POSTs refused or cut, the last with {load.LastRefusal?.ToString() ?? "no answer"}.");
        if (seconds > 30)
        {
            load.LastRefusal.Should().Be(System.Net.HttpStatusCode.ServiceUnavailable, "nobody is kept waiting behind a commit that does not end");
        }

        var before = load.Acknowledgements;
        await Eventually.BeAsync(() => Task.FromResult(load.Acknowledgements > before + 20));
        await closing.CancelAsync();
        await traffic;
        await load.DrainAsync();
        await SettledAsync(new Evidence(weflux.DatabaseFile), load);
        (await weflux.IsReadyAsync()).Should().BeTrue();
    }

    [Fact(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    public async Task When_the_disk_is_full_webhooks_are_answered_with_503_and_later_with_200_again()
    {
        if (!File.Exists("/usr/bin/prlimit"))
        {
            Assert.Skip("There is no prlimit here, with which the rig makes the disk look full.");
        }

        await using var weflux = new WefluxChild(WefluxChild.NewDirectory());
        await weflux.StartAsync(shell: "trap '' XFSZ");
        var chance = new Random(1);
        using var load = new Load(weflux.Address, FaultRuns.NewSeed());
        (await load.PostAsync(messages: 1, chance)).Should().BeTrue();

        await WefluxChild.LimitFilesAsync(weflux.ProcessId, $"{new FileInfo(weflux.DatabaseFile).Length / 2}");
        await Eventually.BeAsync(async () => !await load.PostAsync(messages: 50, chance));
        weflux.HasExited.Should().BeFalse(weflux.Output);
        load.LastRefusal.Should().Be(HttpStatusCode.ServiceUnavailable);

        await WefluxChild.LimitFilesAsync(weflux.ProcessId, "unlimited");
        await load.DrainAsync();
        (await weflux.IsReadyAsync()).Should().BeTrue();
        await SettledAsync(new Evidence(weflux.DatabaseFile), load);
    }

    [Fact(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    public async Task Two_processes_on_one_file_share_the_work_without_doing_any_twice_and_one_takes_over_from_the_other()
    {
        WefluxChild? second = null;
        await using var simulator = await SimulatorHost.StartAsync(() => second!.Address, longestWait: TimeSpan.FromSeconds(1));
        var directory = WefluxChild.NewDirectory();
        await using var first = new WefluxChild(directory, simulator.Graph.BaseAddress);
        await using (second = new WefluxChild(directory, simulator.Graph.BaseAddress))
        {
            await first.StartAsync();
            var office = await Office.OpenAsync(directory);
            await second.StartAsync();
            var evidence = new Evidence(first.DatabaseFile);
            using var load = new Load(first.Address, FaultRuns.NewSeed());
            using var loadOfSecond = new Load(second.Address, FaultRuns.NewSeed(), firstNumber: 1_000_000);
            await simulator.CustomerSendsAsync("asha", new { type = "text", text = "hello" });
            await simulator.CustomerSendsAsync("tom", new { type = "text", text = "hello" });
            var conversations = await Eventually.SeeAsync(() => office.ConversationsAsync(["Asha Verma", "Tom Becker"]), found => found.Count == 2);
            using var closing = new CancellationTokenSource();
            var traffic = Task.WhenAll(
                load.RunAsync(2, closing.Token),
                loadOfSecond.RunAsync(2, closing.Token),
                office.AnswerAsync(conversations, TimeSpan.FromMilliseconds(400), new Random(1), closing.Token));
            await Eventually.BeAsync(() => Task.FromResult(load.Acknowledgements > 20 && loadOfSecond.Acknowledgements > 20 && office.Written.Count > 4));
            HolderOf(evidence).Should().Contain($"/{first.ProcessId}/", "whoever came first holds the lanes");

            first.Kill();
            await Eventually.BeAsync(() => Task.FromResult(HolderOf(evidence).Contains($"/{second.ProcessId}/", StringComparison.Ordinal)));
            await closing.CancelAsync();
            await traffic;
            await first.StartAsync();
            await load.DrainAsync();
            await loadOfSecond.DrainAsync();

            await SettledAsync(evidence, load, loadOfSecond);
            Checker.Posts(evidence, await LedgerAsync(simulator)).Should().BeEmpty();
            HolderOf(evidence).Should().Contain($"/{second.ProcessId}/", "who holds a lane keeps it");
        }
    }

    [Fact]
    public async Task A_fail_point_is_refused_in_Production()
    {
        await using var weflux = new WefluxChild(WefluxChild.NewDirectory(), environment: "Production");

        weflux.Begin(FailPoint.JournalCommitted);

        (await weflux.DiesAsync(TimeSpan.FromMinutes(2))).Should().BeTrue();
        weflux.ExitCode.Should().Be(1);
        await Eventually.BeAsync(() => Task.FromResult(weflux.Output.Contains(FailPoint.Variable, StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<JsonElement>> LedgerAsync(SimulatorHost simulator) =>
        [.. (await simulator.GetAsync("simulator/api/ledger")).GetProperty("data").EnumerateArray()];

    private static string HolderOf(Evidence evidence) => string.Join(' ', evidence.Read(
        """SELECT COALESCE(l."Holder", '') FROM "Lanes" l JOIN "MetaApps" a ON a."Id" = l."MetaAppId" WHERE a."AppKey" = 'demo' """, row => row.GetString(0)));

    private static async Task SettledAsync(Evidence evidence, params Load[] loads)
    {
        await Eventually.BeAsync(() => Task.FromResult(evidence.Pending() == 0));
        foreach (var load in loads)
        {
            Checker.Webhooks(evidence, load).Should().BeEmpty();
        }

        evidence.Integrity().Should().Be("ok");
    }
}
