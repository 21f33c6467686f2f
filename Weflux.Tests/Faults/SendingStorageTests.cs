using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Weflux.Domain.Conversations;
using Weflux.Tests.Simulator;
using Weflux.Tests.Support;
using Eventually = Weflux.Tests.Support.Eventually;

namespace Weflux.Tests.Faults;

/// <summary>The database is locked, or its disk full, in the middle of sending: what the platform took is not sent again, and what waits leaves afterwards.</summary>
[Collection(FaultsAlone.Name)]
public sealed class SendingStorageTests
{
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(FaultRuns.IsLong ? 60 : 12);

    [Fact(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    public Task When_another_process_locks_the_database_in_the_middle_of_calls_each_message_is_posted_once() => SendThroughAsync(async weflux =>
    {
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = weflux.DatabaseFile, Pooling = false, DefaultTimeout = 60 }.ToString());
        await other.OpenAsync();
        await using var held = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
        await using var touch = other.CreateCommand();
        touch.Transaction = (SqliteTransaction)held;
        touch.CommandText = """UPDATE "Workspaces" SET "Name" = "Name" """;
        await touch.ExecuteNonQueryAsync();
        await Task.Delay(Trouble);
        await held.RollbackAsync();
    });

    [Fact(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    public Task When_the_disk_is_full_in_the_middle_of_calls_each_message_is_posted_once()
    {
        if (!File.Exists("/usr/bin/prlimit"))
        {
            Assert.Skip("There is no prlimit here, with which the rig makes the disk look full.");
        }

        return SendThroughAsync(async weflux =>
        {
            await WefluxChild.LimitFilesAsync(weflux.ProcessId, "1024");
            await Task.Delay(Trouble);
            weflux.HasExited.Should().BeFalse(weflux.Output);
            await WefluxChild.LimitFilesAsync(weflux.ProcessId, "unlimited");
        });
    }

    private static async Task SendThroughAsync(Func<WefluxChild, Task> trouble)
    {
        var directory = WefluxChild.NewDirectory();
        var (weflux, simulator) = await WefluxChild.WithSimulatorAsync(directory);
        await using var child = weflux;
        await using var platform = simulator;
        await weflux.StartAsync(shell: "trap '' XFSZ");
        var office = await Office.OpenAsync(directory);
        var evidence = new Evidence(weflux.DatabaseFile);
        string[] customers = ["asha", "tom"];
        foreach (var customer in customers)
        {
            await simulator.CustomerSendsAsync(customer, new { type = "text", text = "hello" });
        }

        var conversations = await Eventually.SeeAsync(() => office.ConversationsAsync(["Asha Verma", "Tom Becker"]), found => found.Count == 2);
        await simulator.FaultAsync(new { kind = "delay_answer", milliseconds = 700, probability = 1 });
        for (var nth = 0; nth < 30; nth++)
        {
            await office.ReplyAsync(conversations[nth % 2]);
        }

        await Eventually.BeAsync(async () => (await LedgerAsync(simulator)).Count > 3);
        (await LedgerAsync(simulator)).Count.Should().BeLessThan(25, "most of it must still wait when the trouble begins");

        await trouble(weflux);

        using var load = new Load(weflux.Address, FaultRuns.NewSeed());
        await Eventually.SeeAsync(() => Task.FromResult($"{evidence.Outbox()} in the outbox, {evidence.Pending()} pending"), left => left == "0 in the outbox, 0 pending");
        await Eventually.BeAsync(async () => (await simulator.GetAsync($"simulator/api/numbers/{SimulatorHost.Number}/webhooks")).GetProperty("pending").GetInt32() == 0);
        await Eventually.SeeAsync(async () => Checker.Violations(evidence, load, office.Written, await LedgerAsync(simulator)), found => found.Count == 0);
        var ledger = await LedgerAsync(simulator);
        await Eventually.SeeAsync(() => Task.FromResult(Checker.Unsettled(evidence).Concat(Checker.Untruths(evidence, ledger)).ToList()), found => found.Count == 0);
        evidence.Answers().Should().OnlyContain(a => a.Status.HasArrived(), "the platform was well all the time");
        (await weflux.IsReadyAsync()).Should().BeTrue();
    }

    private static async Task<IReadOnlyList<JsonElement>> LedgerAsync(SimulatorHost simulator) =>
        [.. (await simulator.GetAsync("simulator/api/ledger")).GetProperty("data").EnumerateArray()];
}
