using System.Collections.Concurrent;
using System.Net;
using System.Threading.RateLimiting;
using Weflux.Web.Operations;

namespace Weflux.Web.Api.Keys;

/// <summary>
/// Bounds how often one network may present keys that are wrong, before any is looked up. A key that was good a moment
/// ago is never held up by what its neighbours try.
/// </summary>
public sealed class ApiKeyLimits : IDisposable
{
    private const int Burst = 60;
    private const int PerSecond = 1;
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, bool> _good = new(StringComparer.Ordinal);
    private readonly PartitionedRateLimiter<string> _failures = PartitionedRateLimiter.Create<string, string>(
        network => RateLimitPartition.GetTokenBucketLimiter(network, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Burst,
            TokensPerPeriod = PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    /// <returns>How long to wait before the key is looked up; null if it may be now.</returns>
    public TimeSpan? MustWait(IPAddress? from, ApiKeyText key)
    {
        if (_good.ContainsKey(key.Lookup))
        {
            return null;
        }

        // Asking for no permit at all would be answered yes for any fraction of one.
        return _failures.GetStatistics(ClientNetwork.Of(from)) is { CurrentAvailablePermits: < 1 } ? DefaultWait : null;
    }

    public void Tell(IPAddress? from, ApiKeyText key, bool isGood)
    {
        if (isGood)
        {
            // No more of these than there are keys.
            _good[key.Lookup] = true;
            return;
        }

        _good.TryRemove(key.Lookup, out _);
        using var taken = _failures.AttemptAcquire(ClientNetwork.Of(from));
    }

    public void Dispose() => _failures.Dispose();
}
