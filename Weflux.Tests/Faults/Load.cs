using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Weflux.Tests.Support;

namespace Weflux.Tests.Faults;

/// <summary>
/// Plays Meta towards Weflux: posts signed webhooks, posts again what was not answered with 200, now and then also what
/// was, and keeps its own book of what was acknowledged.
/// </summary>
internal sealed class Load : IDisposable
{
    private const int People = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);
    private readonly HttpClient _client;
    private readonly MetaWebhooks _webhooks;
    private readonly ConcurrentQueue<Posted> _refused = new();
    private readonly ConcurrentQueue<Posted> _acknowledged = new();
    private readonly int _seed;
    private int _number;

    public Load(Uri address, int seed, int firstNumber = 0)
    {
        _number = firstNumber;
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
        _webhooks = new MetaWebhooks(_client);
        _seed = seed;
    }

    /// <summary>Message id → phone of the person who wrote it, of everything that was answered with 200.</summary>
    public ConcurrentDictionary<string, string> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>How many POSTs were answered with 200.</summary>
    public int Acknowledgements => _acknowledged.Count;

    public int Refusals { get; private set; }

    /// <summary>How the last POST that was not acknowledged was answered; null if it was not.</summary>
    public HttpStatusCode? LastRefusal { get; private set; }

    /// <summary>What is not acknowledged yet and would be posted again.</summary>
    public int Waiting => _refused.Count;

    /// <summary>Several senders at once until cancelled; each finishes the POST it has begun.</summary>
    public Task RunAsync(int senders, CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(sender => SendAsync(new Random(_seed + sender), cancellation)));

    /// <summary>Posts what was not acknowledged until it is.</summary>
    public async Task DrainAsync()
    {
        while (_refused.TryDequeue(out var posted))
        {
            await PostAsync(posted);
        }
    }

    /// <summary>Posts one body with so many messages.</summary>
    public Task<bool> PostAsync(int messages, Random chance) => PostAsync(New(messages, chance));

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(Random chance, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var again = chance.Next(100) < 5 ? _acknowledged.LastOrDefault() : null;
            var next = again ?? (_refused.TryDequeue(out var refused) ? refused : New(chance.Next(100) < 10 ? 20 : 1, chance));
            await PostAsync(next);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task<bool> PostAsync(Posted posted)
    {
        HttpStatusCode? status = null;
        try
        {
            status = await _webhooks.PostAsync(posted.Body);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // Whether it was stored is not known; Meta posts it again.
        }

        if (status != HttpStatusCode.OK)
        {
            Refusals++;
            LastRefusal = status;
            _refused.Enqueue(posted);
            await Task.Delay(Pause);
            return false;
        }

        _acknowledged.Enqueue(posted);
        foreach (var (id, phone) in posted.Messages)
        {
            Acknowledged[id] = phone;
        }

        return true;
    }

    /// <summary>One of the people who write.</summary>
    public static string PhoneOf(int person) => $"9193000000{person:00}";

    private Posted New(int messages, Random chance)
    {
        var written = new List<(string Id, string Phone)>();
        var values = new List<JsonObject>();
        for (var nth = 0; nth < messages; nth++)
        {
            var number = Interlocked.Increment(ref _number);
            var phone = PhoneOf(chance.Next(People));
            var id = $"wamid.in.{number}";
            written.Add((id, phone));
            values.Add(MetaWebhooks.Value(
                [MetaWebhooks.Contact(phone, "IN." + phone, "Customer " + phone)],
                [MetaWebhooks.Text(id, phone, "IN." + phone, $"question {number}", TimeProvider.System.GetUtcNow())]));
        }

        return new Posted(Encoding.UTF8.GetBytes(MetaWebhooks.Envelope([.. values]).ToJsonString()), written);
    }

    private sealed record Posted(byte[] Body, IReadOnlyList<(string Id, string Phone)> Messages);
}
