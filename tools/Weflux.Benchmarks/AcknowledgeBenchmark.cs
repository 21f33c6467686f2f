using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Weflux.Benchmarks;

/// <summary>Webhooks acknowledged per second, in turn with the bare endpoint, medians of several rounds.</summary>
internal static class AcknowledgeBenchmark
{
    private static readonly int[] Connections = [1, 16, 64];

    public static async Task RunAsync(TimeSpan time, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("weflux-benchmark-");
        try
        {
            await using var weflux = await Server.StartWefluxAsync(folder.FullName);
            await using var bare = await Server.StartBareAsync(Path.Combine(folder.FullName, "bare.db"));
            var wefluxHook = new Uri(weflux.Address, "/webhooks/whatsapp/demo");
            var bareHook = new Uri(bare.Address, "/hook");
            await Load.RunAsync(wefluxHook, 8, TimeSpan.FromSeconds(3), "warm");
            await Load.RunAsync(bareHook, 8, TimeSpan.FromSeconds(3), "warm");

            await WriteAsync("| connections | Weflux req/s | bare req/s | ratio | Weflux p50 ms | bare p50 ms | Weflux p99 ms | bare p99 ms | CPU per ack, ratio |");
            await WriteAsync("|---|---|---|---|---|---|---|---|---|");
            foreach (var connections in Connections)
            {
                await DrainAsync(folder.FullName);
                var ours = new List<Measured>();
                var limit = new List<Measured>();
                for (var round = 0; round < rounds; round++)
                {
                    ours.Add(await MeasureAsync(weflux, wefluxHook, connections, time, $"{connections}.{round}"));
                    await DrainAsync(folder.FullName);
                    limit.Add(await MeasureAsync(bare, bareHook, connections, time, $"{connections}.{round}"));
                }

                await WriteAsync(string.Create(CultureInfo.InvariantCulture,
                    $"| {connections} | {Median(ours, m => m.Load.PerSecond):F0} | {Median(limit, m => m.Load.PerSecond):F0} | {Median(ours, m => m.Load.PerSecond) / Median(limit, m => m.Load.PerSecond):F2} | {Median(ours, m => m.Load.Median):F2} | {Median(limit, m => m.Load.Median):F2} | {Median(ours, m => m.Load.P99):F2} | {Median(limit, m => m.Load.P99):F2} | {Median(ours, m => m.CpuPerAck) / Median(limit, m => m.CpuPerAck):F2} |"));
                if (ours.Exists(m => m.Load.Failures > 0))
                {
                    await WriteAsync($"  {ours.Sum(m => m.Load.Failures)} requests were not acknowledged.");
                }
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Measured> MeasureAsync(Server server, Uri hook, int connections, TimeSpan time, string run)
    {
        var cpu = server.Cpu;
        var load = await Load.RunAsync(hook, connections, time, run);
        return new Measured(load, (server.Cpu - cpu).TotalMilliseconds / Math.Max(1, load.Total));
    }

    /// <summary>Waits until everything acknowledged is also processed, and tells how long that took.</summary>
    private static async Task DrainAsync(string folder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "weflux.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM WebhookDeliveries WHERE State = 1";
        var started = TimeProvider.System.GetTimestamp();
        var waiting = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        for (var left = waiting; left > 0;)
        {
            await Task.Delay(50);
            left = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }

        if (waiting > 100)
        {
            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"  backlog of {waiting} processed in {seconds:F1} s ({waiting / seconds:F0}/s)"));
        }
    }

    private static double Median(List<Measured> all, Func<Measured, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);

    private static Task WriteAsync(string line) => Console.Out.WriteLineAsync(line);

    /// <param name="Load">What was acknowledged.</param>
    /// <param name="CpuPerAck">Milliseconds of the server's processors for each, processing included.</param>
    private sealed record Measured(LoadResult Load, double CpuPerAck);
}
