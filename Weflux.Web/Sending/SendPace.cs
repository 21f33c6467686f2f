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

    /// <summary>The messages that may leave now, in order, one of each conversation at most; they are counted.</summary>
    public IReadOnlyList<OutboundMessage> Choose(IEnumerable<OutboundMessage> rows, int most)
    {
        var chosen = new List<OutboundMessage>();
        var full = new HashSet<long>();
        foreach (var row in rows.DistinctBy(r => r.ConversationId))
        {
            if (chosen.Count >= most)
            {
                break;
            }

            // Nothing is taken from a customer's allowance unless the message really leaves.
            if (full.Contains(row.ConnectionId) || !Take(_pairs, row.ConversationId, 0))
            {
                continue;
            }

            if (!Take(_numbers, row.ConnectionId, 1))
            {
                full.Add(row.ConnectionId);
                continue;
            }

            Take(_pairs, row.ConversationId, 1);
            chosen.Add(row);
        }

        return chosen;
    }

    private static bool Take(PartitionedRateLimiter<long> limiter, long key, int count)
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
