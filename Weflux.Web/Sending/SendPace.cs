using System.Threading.RateLimiting;

namespace Weflux.Web.Sending;

/// <summary>
/// How fast messages may leave: the throughput of a number, and the pair limit of a customer (one in six seconds, with
/// a burst). Both are the platform's; keeping them here saves refusals.
/// </summary>
public sealed class SendPace : IDisposable
{
    /// <summary>What the platform gives a number of which it says nothing.</summary>
    public const int Standard = 80;

    private const int PairBurst = 45;
    private static readonly TimeSpan PairInterval = TimeSpan.FromSeconds(6);

    // A number that is told another throughput begins a bucket of that size.
    private readonly PartitionedRateLimiter<(long Connection, int PerSecond)> _numbers = PartitionedRateLimiter.Create<(long, int PerSecond), (long, int)>(
        number => RateLimitPartition.GetTokenBucketLimiter(number, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = number.PerSecond,
            TokensPerPeriod = Math.Max(1, number.PerSecond / 10),
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

    /// <summary>The messages of a number that may leave now, in order, one of each conversation at most; they are counted.</summary>
    /// <param name="rows">Those that wait.</param>
    /// <param name="most">So many at most.</param>
    /// <param name="perSecond">The throughput of the number.</param>
    public IReadOnlyList<OutboundMessage> Choose(IEnumerable<OutboundMessage> rows, int most, int perSecond = Standard)
    {
        var chosen = new List<OutboundMessage>();
        foreach (var row in rows.DistinctBy(r => r.ConversationId))
        {
            if (chosen.Count >= most)
            {
                break;
            }

            // Nothing is taken from a customer's allowance unless the message really leaves.
            if (!Take(_pairs, row.ConversationId, 0))
            {
                continue;
            }

            if (!Take(_numbers, (row.ConnectionId, perSecond), 1))
            {
                break;
            }

            Take(_pairs, row.ConversationId, 1);
            chosen.Add(row);
        }

        return chosen;
    }

    private static bool Take<TKey>(PartitionedRateLimiter<TKey> limiter, TKey key, int count)
    {
        using var lease = limiter.AttemptAcquire(key, count);
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        _numbers.Dispose();
        _pairs.Dispose();
    }
}
