using System.Diagnostics;
using Weflux.Benchmarks.Circuits;
using Weflux.Benchmarks.Measuring;

namespace Weflux.Benchmarks.Measures;

/// <summary>From a POST to the row on every open screen, beside a bare broadcast to as many minimal circuits.</summary>
internal static class Rows
{
    private const int Most = 100_000;
    private static readonly (int Circuits, int PerSecond)[] Cases = [(1, 20), (1, 100), (100, 20), (100, 100), (200, 50), (500, 20), (500, 100)];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Report report, Settings settings, string folder)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "rows")).FullName;
        await using var weflux = await Server.StartWefluxAsync(data);
        await using var bare = await Server.StartBareAsync("broadcast");
        var hook = new Uri(weflux.Address, "/webhooks/whatsapp/demo");
        await Load.RunAsync(hook, 4, TimeSpan.FromSeconds(10), "warm");
        await Journal.DrainAsync(data);
        var ours = new Site(weflux, await Tab.SignInAsync(weflux.Address, "manager@demo.test"), hook, number => WebhookBody.Text(number % Load.Senders, Screens.Id(number)));
        var limit = new Site(bare, await Tab.VisitAsync(bare.Address), new Uri(bare.Address, "/message"), number => System.Text.Encoding.UTF8.GetBytes(Screens.Id(number)));
        foreach (var group in Cases.Where(c => settings.Wants(c.Circuits)).GroupBy(c => c.Circuits))
        {
            await using var our = await Screens.OpenAsync(ours.Tab, group.Key, Most);
            await using var bares = await Screens.OpenAsync(limit.Tab, group.Key, Most);
            await MeasureAsync(ours, our, 50, TimeSpan.FromSeconds(3));
            await MeasureAsync(limit, bares, 50, TimeSpan.FromSeconds(3));
            foreach (var (circuits, perSecond) in group)
            {
                var rounds = new List<(Shown Ours, Shown Limit)>();
                for (var round = 0; round < settings.Rounds; round++)
                {
                    rounds.Add((await MeasureAsync(ours, our, perSecond, settings.Time), await MeasureAsync(limit, bares, perSecond, settings.Time)));
                }

                var name = $"POST to rendered row, {circuits} circuit{(circuits == 1 ? "" : "s")}, {perSecond} messages/s";
                report.Add(new Line($"{name}, p50", "ms", Figures.Median(rounds.Select(r => r.Ours.Median)), Figures.Median(rounds.Select(r => r.Limit.Median)), 3, IsAtMost: true));
                report.Add(new Line($"{name}, p99", "ms", Figures.Median(rounds.Select(r => r.Ours.P99)), Figures.Median(rounds.Select(r => r.Limit.P99)), 3, IsAtMost: true));
                report.Add(new Line($"{name}, dropped: never rendered", "rows", rounds.Sum(r => r.Ours.Missing), null, 0, IsAtMost: true));
                report.Add(new Line($"{name}, processor per message", "ms", Figures.Median(rounds.Select(r => r.Ours.Cpu)), Figures.Median(rounds.Select(r => r.Limit.Cpu)), null, IsAtMost: true));
                report.Add(new Line($"{name}, processor per row on a screen", "ms", Figures.Median(rounds.Select(r => r.Ours.Cpu / circuits)), Figures.Median(rounds.Select(r => r.Limit.Cpu / circuits)), null, IsAtMost: true));
            }

            if (our.Fault() is { } fault)
            {
                report.Note($"A circuit broke: {fault}");
            }
        }
    }

    /// <summary>Posts at an even pace and waits until the last message is on every screen.</summary>
    private static async Task<Shown> MeasureAsync(Site site, Screens screens, int perSecond, TimeSpan time)
    {
        var count = (int)(perSecond * time.TotalSeconds);
        var first = site.Next;
        site.Next += count;
        screens.StartAt(first);
        var posted = new long[Most];
        using var poster = await Poster.ConnectAsync(site.Target);
        var cpu = site.Server.Cpu;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            var body = site.Body(first + i);
            posted[first + i] = Stopwatch.GetTimestamp();
            if (await poster.PostAsync(body) != 200)
            {
                throw new InvalidOperationException("A message was not taken in.");
            }
        }

        await screens.HaveShownAsync(first + count - 1, Patience);
        await Task.Delay(300);
        var (latencies, missing) = screens.Read(posted, count);
        var spent = (site.Server.Cpu - cpu).TotalMilliseconds / count;
        return new Shown(Figures.Percentile(latencies, 0.5), Figures.Percentile(latencies, 0.99), missing, spent);
    }

    /// <param name="Median">From POST to row, in milliseconds.</param>
    /// <param name="P99">The same of all but one in a hundred.</param>
    /// <param name="Missing">Rows that were never rendered.</param>
    /// <param name="Cpu">Processor time of the server for a message, on all screens, in milliseconds; what it does besides is in it.</param>
    private sealed record Shown(double Median, double P99, int Missing, double Cpu);

    private sealed class Site(Server server, Tab tab, Uri target, Func<int, byte[]> body)
    {
        public Server Server => server;

        public Tab Tab => tab;

        public Uri Target => target;

        public int Next { get; set; }

        public byte[] Body(int number) => body(number);
    }
}
