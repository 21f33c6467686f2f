using System.Diagnostics;

namespace Weflux.Benchmarks.Measuring;

/// <summary>Posts signed text messages of many senders over so many connections.</summary>
internal static class Load
{
    public const int Senders = 500;

    /// <summary>Each connection posts again as soon as it has its answer.</summary>
    public static async Task<LoadResult> RunAsync(Uri target, int connections, TimeSpan time, string run)
    {
        using var ending = new CancellationTokenSource(time);
        var started = Stopwatch.GetTimestamp();
        var workers = await Task.WhenAll(Enumerable.Range(0, connections)
            .Select(worker => Task.Run(() => WorkAsync(target, $"{run}.{worker}", int.MaxValue, worker, ending.Token))));
        return LoadResult.Of(workers, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>So many messages, as fast as they are answered.</summary>
    public static async Task<LoadResult> PostAsync(Uri target, int connections, int messages, string run)
    {
        var started = Stopwatch.GetTimestamp();
        var workers = await Task.WhenAll(Enumerable.Range(0, connections)
            .Select(worker => Task.Run(() => WorkAsync(target, $"{run}.{worker}", messages / connections, worker, CancellationToken.None))));
        return LoadResult.Of(workers, Stopwatch.GetElapsedTime(started));
    }

    private static async Task<(List<double> Latencies, int Failures)> WorkAsync(Uri target, string run, int most, int first, CancellationToken ending)
    {
        var latencies = new List<double>();
        var failures = 0;
        using var poster = await Poster.ConnectAsync(target);
        for (var i = 0; i < most && !ending.IsCancellationRequested; i++)
        {
            var body = WebhookBody.Text((first + i) % Senders, $"wamid.{run}.{i}");
            var started = Stopwatch.GetTimestamp();
            failures += await poster.PostAsync(body) == 200 ? 0 : 1;
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return (latencies, failures);
    }
}

/// <param name="PerSecond">Acknowledged requests per second.</param>
/// <param name="Total">Acknowledged requests.</param>
/// <param name="Failures">Answers other than 200.</param>
/// <param name="Median">Milliseconds to the answer, half of them.</param>
/// <param name="P99">Milliseconds to the answer, 99 of 100.</param>
internal sealed record LoadResult(double PerSecond, int Total, int Failures, double Median, double P99)
{
    public static LoadResult Of((List<double> Latencies, int Failures)[] workers, TimeSpan took)
    {
        var latencies = workers.SelectMany(w => w.Latencies).Order().ToList();
        return new LoadResult(
            latencies.Count / took.TotalSeconds, latencies.Count, workers.Sum(w => w.Failures), Figures.Percentile(latencies, 0.5), Figures.Percentile(latencies, 0.99));
    }
}
