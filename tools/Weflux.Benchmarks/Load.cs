using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Weflux.Benchmarks;

/// <summary>Posts signed text messages of many senders over so many connections, as fast as they are answered.</summary>
internal static class Load
{
    public const string Secret = "demo-app-secret";
    private const int Senders = 500;

    public static async Task<LoadResult> RunAsync(Uri target, int connections, TimeSpan time, string run)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections };
        using var client = new HttpClient(handler);
        using var ending = new CancellationTokenSource(time);
        var workers = await Task.WhenAll(Enumerable.Range(0, connections)
            .Select(worker => Task.Run(() => WorkAsync(client, target, $"{run}.{worker}", ending.Token))));
        var latencies = workers.SelectMany(w => w.Latencies).Order().ToList();
        return new LoadResult(
            latencies.Count / time.TotalSeconds,
            latencies.Count,
            workers.Sum(w => w.Failures),
            Percentile(latencies, 0.5),
            Percentile(latencies, 0.99));
    }

    private static async Task<(List<double> Latencies, int Failures)> WorkAsync(HttpClient client, Uri target, string run, CancellationToken ending)
    {
        var latencies = new List<double>();
        var failures = 0;
        for (var i = 0; !ending.IsCancellationRequested; i++)
        {
            var body = Body(i % Senders, $"wamid.{run}.{i}");
            using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.TryAddWithoutValidation(
                "X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.SendAsync(request, CancellationToken.None);
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            failures += answer.IsSuccessStatusCode ? 0 : 1;
        }

        return (latencies, failures);
    }

    private static byte[] Body(int sender, string id)
    {
        var phone = string.Create(CultureInfo.InvariantCulture, $"9199{sender:D8}");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Encoding.UTF8.GetBytes(
            $$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"100000000000001","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"919876543210","phone_number_id":"200000000000001"},"contacts":[{"profile":{"name":"Sender {{{sender}}}"},"wa_id":"{{{phone}}}","user_id":"IN.{{{phone}}}"}],"messages":[{"from":"{{{phone}}}","from_user_id":"IN.{{{phone}}}","id":"{{{id}}}","timestamp":"{{{now}}}","type":"text","text":{"body":"Is my order on its way?"}}]}}]}]}
            """);
    }

    private static double Percentile(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}

/// <param name="PerSecond">Acknowledged requests per second.</param>
/// <param name="Total">Acknowledged requests.</param>
/// <param name="Failures">Answers other than 2xx.</param>
/// <param name="Median">Milliseconds to the answer, half of them.</param>
/// <param name="P99">Milliseconds to the answer, 99 of 100.</param>
internal sealed record LoadResult(double PerSecond, int Total, int Failures, double Median, double P99);
