using System.Diagnostics;
using System.Globalization;
using Weflux.Benchmarks.Circuits;

namespace Weflux.Benchmarks.Measures;

/// <summary>Open tabs that note when each message was rendered. A message is named by its number: <c>wamid.n123.</c></summary>
internal sealed class Screens : IAsyncDisposable
{
    private readonly List<RawCircuit> _tabs = [];
    private readonly List<long[]> _seen = [];
    private readonly int _most;
    private int _first;

    private Screens(int most) => _most = most;

    public int Count => _tabs.Count;

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"wamid.n{number}.");

    public static async Task<Screens> OpenAsync(Tab tab, int count, int messages)
    {
        var screens = new Screens(messages);
        for (var i = 0; i < count; i++)
        {
            var seen = new long[messages];
            screens._seen.Add(seen);
            screens._tabs.Add(await tab.OpenAsync(batch => screens.Look(batch.Span, seen)));
        }

        return screens;
    }

    /// <summary>Messages from here on count.</summary>
    public void StartAt(int first) => _first = first;

    /// <summary>Milliseconds from each message's POST to its rendering, over all tabs, and how many were never rendered.</summary>
    public (List<double> Latencies, int Missing) Read(long[] posted, int count)
    {
        var latencies = new List<double>(count * _seen.Count);
        var missing = 0;
        foreach (var seen in _seen)
        {
            for (var i = _first; i < _first + count; i++)
            {
                var at = Volatile.Read(ref seen[i]);
                if (at == 0)
                {
                    missing++;
                }
                else
                {
                    latencies.Add(Stopwatch.GetElapsedTime(posted[i], at).TotalMilliseconds);
                }
            }
        }

        latencies.Sort();
        return (latencies, missing);
    }

    /// <summary>Waits until every tab has shown a message.</summary>
    public async Task<bool> HaveShownAsync(int number, TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        while (_seen.Exists(seen => Volatile.Read(ref seen[number]) == 0))
        {
            if (Stopwatch.GetElapsedTime(started) > patience)
            {
                return false;
            }

            await Task.Delay(5);
        }

        return true;
    }

    /// <summary>What broke a tab; null if all work.</summary>
    public string? Fault() => _tabs.Select(t => t.Fault).FirstOrDefault(f => f is not null);

    public async ValueTask DisposeAsync()
    {
        foreach (var tab in _tabs)
        {
            await tab.DisposeAsync();
        }
    }

    private void Look(ReadOnlySpan<byte> batch, long[] seen)
    {
        var now = Stopwatch.GetTimestamp();
        while (batch.IndexOf("wamid.n"u8) is >= 0 and var at)
        {
            batch = batch[(at + 7)..];
            var number = 0;
            var digits = 0;
            while (digits < batch.Length && batch[digits] is >= (byte)'0' and <= (byte)'9')
            {
                number = (number * 10) + (batch[digits++] - '0');
            }

            if (digits > 0 && digits < batch.Length && batch[digits] == '.' && number < _most && Volatile.Read(ref seen[number]) == 0)
            {
                Volatile.Write(ref seen[number], now);
            }
        }
    }
}
