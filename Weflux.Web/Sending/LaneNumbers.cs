using Microsoft.EntityFrameworkCore;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;

namespace Weflux.Web.Sending;

/// <summary>A number that has something to send.</summary>
/// <param name="ConnectionId">The number.</param>
/// <param name="PerSecond">How many messages may leave in a second.</param>
/// <param name="IsOnTrial">Whether it comes from a rest, so that one message goes first.</param>
internal sealed record LaneNumber(long ConnectionId, int PerSecond, bool IsOnTrial);

/// <summary>The numbers of a lane: which have something to send, which rest, and how fast each may be.</summary>
internal sealed class LaneNumbers(WefluxDatabase database, LaneSignals lanes, LaneLease lease)
{
    /// <summary>What the platform says of a number changes rarely.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private Dictionary<long, int> _throughputs = [];
    private long _version = -1;
    private long _readAt;
    private int _round;

    /// <summary>Those with messages that may go, except those that rest. Each round begins with another one.</summary>
    public async Task<IReadOnlyList<LaneNumber>> WaitingAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var app = lease.MetaAppId;
        await using var db = database.Open(lease.Workspace);
        var waiting = await db.Set<Connection>()
            .Where(c => c.MetaAppId == app && db.Set<OutboundMessage>().Any(o => o.ConnectionId == c.Id && o.State == OutboundState.Waiting && o.NextAt <= now))
            .OrderBy(c => c.Id)
            .Select(c => new { c.Id, Until = db.Set<SendHold>().Where(h => h.ConnectionId == c.Id).Select(h => (DateTimeOffset?)h.Until).SingleOrDefault() })
            .ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return [];
        }

        await ReadThroughputsAsync(db, cancellationToken);
        var first = _round++ % waiting.Count;
        return
        [
            .. waiting.Skip(first).Concat(waiting.Take(first)).Where(n => n.Until is null || n.Until <= now)
                .Select(n => new LaneNumber(n.Id, _throughputs.GetValueOrDefault(n.Id, SendPace.Standard), n.Until is not null)),
        ];
    }

    private async Task ReadThroughputsAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var version = lanes.VersionOf(lease.MetaAppId);
        if (version == _version && TimeProvider.System.GetElapsedTime(_readAt) < Kept)
        {
            return;
        }

        (_version, _readAt) = (version, TimeProvider.System.GetTimestamp());
        var app = lease.MetaAppId;
        var facts = await db.Set<ConnectionCheckup>()
            .Where(u => db.Set<Connection>().Any(c => c.Id == u.ConnectionId && c.MetaAppId == app))
            .Select(u => new { u.ConnectionId, u.Facts }).ToListAsync(cancellationToken);
        _throughputs = facts.Where(f => f.Facts.MessagesPerSecond is > 0).ToDictionary(f => f.ConnectionId, f => f.Facts.MessagesPerSecond!.Value);
    }
}
