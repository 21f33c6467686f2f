using System.Threading.RateLimiting;

namespace Weflux.Web.Sending;

/// <summary>
/// How fast messages may leave: the throughput of a number, and the pair limit of a customer (one in six seconds, with
/// a burst). Both are the platform's; keeping them here saves refusals.
/// </summary>
public sealed class SendPace : IDisposable
{
    private const int PerSecond = 80;
    private const int PairBurst = 45;
    private static readonly TimeSpan PairInterval = TimeSpan.FromSeconds(6);

    private readonly PartitionedRateLimiter<long> _numbers = PartitionedRateLimiter.Create<long, long>(
        connection => RateLimitPartition.GetTokenBucketLimiter(connection, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = PerSecond,
            TokensPerPeriod = PerSecond / 10,
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    private readonly PartitionedRateLimiter<long> _pairs = PartitionedRateLimiter.Create<long, long>(
        conversation => RateLimitPartition.GetTokenBucketLimiter(conversation, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = PairBurst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = PairInterval,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    /// <summary>Whether a message may leave now; if so, it is counted.</summary>
    public bool MayGo(long connectionId, long conversationId)
    {
        using var pair = _pairs.AttemptAcquire(conversationId);
        if (!pair.IsAcquired)
        {
            return false;
        }

        using var number = _numbers.AttemptAcquire(connectionId);
        return number.IsAcquired;
    }

    public void Dispose()
    {
        _numbers.Dispose();
        _pairs.Dispose();
    }
}
