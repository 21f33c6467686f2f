using Weflux.Benchmarks.Measuring;

namespace Weflux.Benchmarks.Measures;

/// <summary>
/// Webhooks acknowledged durably, in turn with a bare endpoint that checks the same signature and commits the same bytes.
/// Weflux also applies what it takes in; what is left of that after a round is waited for and not counted.
/// </summary>
internal static class Acknowledge
{
    private static readonly (int Connections, double Target)[] Cases = [(1, 0.6), (16, 0.8), (64, 0.8)];

    public static async Task RunAsync(Report report, Settings settings, string folder)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "acknowledge")).FullName;
        await using var weflux = await Server.StartWefluxAsync(data);
        await using var bare = await Server.StartBareAsync("endpoint", Path.Combine(folder, "bare.db"));
        var (ours, limit) = (new Uri(weflux.Address, "/webhooks/whatsapp/demo"), new Uri(bare.Address, "/hook"));
        await Load.RunAsync(ours, 16, TimeSpan.FromSeconds(15), "warm");
        await Load.RunAsync(ours, 1, TimeSpan.FromSeconds(5), "warm1");
        await Load.RunAsync(limit, 16, TimeSpan.FromSeconds(5), "warm");
        foreach (var (connections, target) in Cases.Where(c => settings.Wants(c.Connections)))
        {
            var rounds = new List<(Round Ours, Round Limit)>();
            for (var round = 0; round < settings.Rounds; round++)
            {
                await Journal.DrainAsync(data);
                var first = await MeasureAsync(weflux, ours, connections, settings.Time, $"{connections}.{round}");
                await Journal.DrainAsync(data);
                rounds.Add((first, await MeasureAsync(bare, limit, connections, settings.Time, $"{connections}.{round}")));
            }

            var name = $"webhooks acknowledged, {connections} connection{(connections == 1 ? "" : "s")}";
            Add($"{name}", "1/s", r => r.Load.PerSecond, target, isAtMost: false);
            Add($"{name}, p50", "ms", r => r.Load.Median, null, isAtMost: true);
            Add($"{name}, p99", "ms", r => r.Load.P99, null, isAtMost: true);
            Add($"{name}, processor per acknowledgement", "ms", r => r.CpuPerAck, 1.3, isAtMost: true);
            if (rounds.Sum(r => r.Ours.Load.Failures) is > 0 and var failures)
            {
                report.Note($"{name}: {failures} were not acknowledged.");
            }

            void Add(string measure, string unit, Func<Round, double> of, double? aim, bool isAtMost) => report.Add(new Line(
                measure, unit, Figures.Median(rounds.Select(r => of(r.Ours))), Figures.Median(rounds.Select(r => of(r.Limit))), aim, isAtMost));
        }
    }

    private static async Task<Round> MeasureAsync(Server server, Uri hook, int connections, TimeSpan time, string run)
    {
        var cpu = server.Cpu;
        var load = await Load.RunAsync(hook, connections, time, run);
        return new Round(load, (server.Cpu - cpu).TotalMilliseconds / Math.Max(1, load.Total));
    }

    /// <param name="Load">What was acknowledged.</param>
    /// <param name="CpuPerAck">Milliseconds of the server's processors for each, with what was applied meanwhile.</param>
    private sealed record Round(LoadResult Load, double CpuPerAck);
}
