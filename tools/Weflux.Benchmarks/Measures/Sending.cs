using System.Diagnostics;
using System.Globalization;
using System.Text;
using Weflux.Benchmarks.Limits;
using Weflux.Benchmarks.Measuring;

namespace Weflux.Benchmarks.Measures;

/// <summary>
/// The way out: how long a message waits from the program's request to its POST at the platform, and how many leave a
/// second over twenty numbers, in turn with a bare HttpClient that posts the same bodies to the same pretend platform.
/// </summary>
internal static class Sending
{
    private const int Numbers = 20;
    private const int Customers = 60;
    private const int AtOnce = 32;
    private static readonly int[] Rates = [1, 20, 80];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(Report report, Settings settings, string folder)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "sending")).FullName;
        await using var graph = await PretendGraph.StartAsync();
        await using var weflux = await Server.StartWefluxAsync(
            data, $"--Weflux:CloudApi:BaseAddress={graph.Address}", "--Weflux:Api:RequestsPerSecond=100000", "--Weflux:Api:Burst=100000");
        using var floor = await Floor.OpenAsync(weflux, data, Numbers, Customers);
        await DrainAsync(graph, floor, await PileUpAsync(floor, "warm"));
        foreach (var rate in Rates.Where(settings.Wants))
        {
            var waits = await PaceAsync(graph, floor, rate, settings.Time, $"p{rate}");
            var name = string.Create(CultureInfo.InvariantCulture, $"from request to POST, {rate} message{(rate == 1 ? "" : "s")} a second");
            report.Add(new Line($"{name}, p50", "ms", Figures.Percentile(waits, 0.5), null, 50, IsAtMost: true));
            report.Add(new Line($"{name}, p99", "ms", Figures.Percentile(waits, 0.99), null, 250, IsAtMost: true));
        }

        if (settings.Wants(Numbers))
        {
            await CompareAsync(report, settings, weflux, graph, floor);
        }
    }

    private static async Task CompareAsync(Report report, Settings settings, Server weflux, PretendGraph graph, Floor floor)
    {
        var (ours, limits, cpus, bytes) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            var count = await PileUpAsync(floor, $"s{round}");
            graph.Arrivals.Clear();
            var (cpu, allocated) = (weflux.Cpu, await weflux.AllocatedAsync());
            ours.Add(await DrainAsync(graph, floor, count));
            cpus.Add((weflux.Cpu - cpu).TotalMilliseconds / count);
            bytes.Add((await weflux.AllocatedAsync() - allocated) / 1024.0 / count);
            limits.Add(await BareAsync(graph, count, $"b{round}"));
        }

        report.Add(new Line("messages sent over 20 numbers", "1/s", Figures.Median(ours), Figures.Median(limits), 0.05, IsAtMost: false));
        report.Add(new Line("processor per message", "ms", Figures.Median(cpus), null, null, IsAtMost: true));
        report.Add(new Line("allocated per message", "KiB", Figures.Median(bytes), null, null, IsAtMost: true));
    }

    /// <summary>So many a second of one number, each to another customer.</summary>
    private static async Task<List<double>> PaceAsync(PretendGraph graph, Floor floor, int rate, TimeSpan time, string run)
    {
        graph.Arrivals.Clear();
        var conversations = floor.Conversations[0];
        var count = (int)Math.Max(rate * time.TotalSeconds, 5);
        var asked = new long[count];
        var requests = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        for (var i = 0; i < count; i++)
        {
            await timer.WaitForNextTickAsync();
            asked[i] = Stopwatch.GetTimestamp();
            requests.Add(floor.SayAsync(conversations[i % conversations.Count], $"{run}.{i}"));
        }

        await Task.WhenAll(requests);
        await graph.WaitAsync(count, Patience);
        return [.. Enumerable.Range(0, count).Select(i => Stopwatch.GetElapsedTime(asked[i], graph.Arrivals[$"{run}.{i}"]).TotalMilliseconds).Order()];
    }

    /// <summary>Three to each customer of each number, while every number rests.</summary>
    private static async Task<int> PileUpAsync(Floor floor, string run)
    {
        await floor.RestAsync();
        List<(long Conversation, string Text)> messages =
            [.. Enumerable.Range(0, 3).SelectMany(turn => Enumerable.Range(0, Customers).SelectMany(customer =>
                floor.Conversations.Select((of, number) => (of[customer], $"{run}.{number}.{customer}.{turn}"))))];
        await Parallel.ForEachAsync(
            messages, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (message, _) => await floor.SayAsync(message.Conversation, message.Text));
        return messages.Count;
    }

    /// <summary>From the first POST to the last.</summary>
    private static async Task<double> DrainAsync(PretendGraph graph, Floor floor, int count)
    {
        await floor.GoOnAsync();
        await graph.WaitAsync(count, Patience);
        return graph.Arrivals.Count < count
            ? throw new InvalidOperationException($"Only {graph.Arrivals.Count} of {count} messages were sent in {Patience}.")
            : (count - 1) / Stopwatch.GetElapsedTime(graph.Arrivals.Values.Min(), graph.Arrivals.Values.Max()).TotalSeconds;
    }

    private static async Task<double> BareAsync(PretendGraph graph, int count, string run)
    {
        graph.Arrivals.Clear();
        using var client = new HttpClient { BaseAddress = graph.Address };
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, token) =>
        {
            using var body = new StringContent(
                $$$"""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919900000000","type":"text","text":{"body":"{{{run}}}.{{{i}}}"},"biz_opaque_callback_data":"{{{Guid.NewGuid():N}}}"}""",
                Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("200000000000001/messages", UriKind.Relative), body, token);
            answer.EnsureSuccessStatusCode();
        });
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
