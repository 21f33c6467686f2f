using System.Net;
using System.Threading.RateLimiting;
using Weflux.Web.Operations;

namespace Weflux.Web.Account;

/// <summary>
/// Bounds the attempts to sign in, before any password is hashed: hashing is slow on purpose, and would otherwise be
/// a way to keep the processor busy.
/// </summary>
public sealed class SignInLimits : IDisposable
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(5);
    private readonly PartitionedRateLimiter<string> _byAddress = Limiter(burst: 30, perSecond: 1);
    private readonly PartitionedRateLimiter<string> _byName = Limiter(burst: 20, perSecond: 1);

    /// <summary>Takes one attempt.</summary>
    /// <returns>Null if it is allowed, else how long to wait.</returns>
    public TimeSpan? Take(IPAddress? from, string name)
    {
        using var byAddress = _byAddress.AttemptAcquire(ClientNetwork.Of(from));
        if (!byAddress.IsAcquired)
        {
            return Wait(byAddress);
        }

        using var byName = _byName.AttemptAcquire(name);
        return byName.IsAcquired ? null : Wait(byName);
    }

    public void Dispose()
    {
        _byAddress.Dispose();
        _byName.Dispose();
    }

    private static TimeSpan Wait(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > DefaultWait ? wait : DefaultWait;

    private static PartitionedRateLimiter<string> Limiter(int burst, int perSecond) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));
}
