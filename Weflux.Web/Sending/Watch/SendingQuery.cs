using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Sending.Watch;

/// <summary>How sending goes, number by number, for Admins.</summary>
public sealed class SendingQuery(WefluxDatabase database, TimeProvider time)
{
    /// <summary>So many faults are looked at, the newest first.</summary>
    private const int MostFaults = 5000;

    private static readonly TimeSpan FaultsSince = TimeSpan.FromHours(24);

    /// <returns>The numbers of the workspace; null if the actor may not see them.</returns>
    public async Task<IReadOnlyList<NumberSending>?> ListAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (minute, day) = (now.AddMinutes(-1), now - FaultsSince);
        await using var db = database.Open(actor.Workspace);
        var numbers = await db.Set<Connection>().AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellationToken);
        var levels = await db.Set<OutboundMessage>().GroupBy(o => o.ConnectionId)
            .Select(g => new
            {
                Id = g.Key,
                Due = g.Count(o => o.State == OutboundState.Waiting && o.NextAt <= now),
                Later = g.Count(o => o.State == OutboundState.Waiting && o.NextAt > now),
                InFlight = g.Count(o => o.State == OutboundState.InFlight),
                Unknown = g.Count(o => o.State == OutboundState.Unknown),
                Oldest = g.Where(o => o.State == OutboundState.Waiting && o.NextAt <= now).Min(o => (DateTimeOffset?)o.NextAt),
                Next = g.Where(o => o.State == OutboundState.Waiting && o.NextAt > now).Min(o => (DateTimeOffset?)o.NextAt),
            }).ToDictionaryAsync(l => l.Id, cancellationToken);
        var holds = await db.Set<SendHold>().AsNoTracking().ToDictionaryAsync(h => h.ConnectionId, cancellationToken);
        var facts = await db.Set<ConnectionCheckup>().Select(c => new { c.ConnectionId, c.Facts }).ToDictionaryAsync(c => c.ConnectionId, c => c.Facts, cancellationToken);
        var rates = await db.Set<SendAttempt>().Where(a => a.Outcome == AttemptOutcome.Accepted && a.StartedAt > minute)
            .Join(db.Set<Message>(), a => a.MessageId, m => m.Id, (_, m) => m.ConnectionId)
            .GroupBy(id => id).Select(g => new { Id = g.Key, Count = g.Count() }).ToDictionaryAsync(r => r.Id, r => r.Count, cancellationToken);
        var faults = await db.Set<SendAttempt>().Where(a => a.Outcome > AttemptOutcome.Accepted && a.StartedAt > day)
            .OrderByDescending(a => a.StartedAt).Take(MostFaults)
            .Join(db.Set<Message>(), a => a.MessageId, m => m.Id, (a, m) => new { m.ConnectionId, a.Outcome, a.ErrorCode, a.StartedAt })
            .GroupBy(a => new { a.ConnectionId, a.Outcome, a.ErrorCode })
            .Select(g => new { g.Key, Count = g.Count(), Last = g.Max(a => a.StartedAt) }).ToListAsync(cancellationToken);
        return
        [
            .. numbers.Select(n =>
            {
                var level = levels.GetValueOrDefault(n.Id);
                var hold = holds.GetValueOrDefault(n.Id);
                return new NumberSending(n.Id, n.Name, n.DisplayPhoneNumber, n.State)
                {
                    Due = level?.Due ?? 0,
                    Later = level?.Later ?? 0,
                    InFlight = level?.InFlight ?? 0,
                    Unknown = level?.Unknown ?? 0,
                    OldestSince = level?.Oldest,
                    NextAt = level?.Next,
                    SentLastMinute = rates.GetValueOrDefault(n.Id),
                    PerSecond = facts.GetValueOrDefault(n.Id)?.MessagesPerSecond ?? SendPace.Standard,
                    Rest = hold is null ? null : new NumberRest(hold.Since, hold.Until, hold.Times, WaitWords.Of(hold.Code), hold.Code),
                    Faults = [.. faults.Where(f => f.Key.ConnectionId == n.Id).OrderByDescending(f => f.Last).Select(f => new SendingFault(f.Key.Outcome, f.Key.ErrorCode, f.Count, f.Last))],
                };
            }),
        ];
    }
}

/// <summary>How sending goes from one number.</summary>
public sealed record NumberSending(long ConnectionId, string Name, string DisplayPhoneNumber, ConnectionState State)
{
    /// <summary>Messages that could go now.</summary>
    public required int Due { get; init; }

    /// <summary>Messages that wait for a time.</summary>
    public required int Later { get; init; }

    public required int InFlight { get; init; }

    /// <summary>Messages whose answer was lost and that wait for a status.</summary>
    public required int Unknown { get; init; }

    /// <summary>Since when the oldest of <see cref="Due"/> could go (UTC).</summary>
    public required DateTimeOffset? OldestSince { get; init; }

    /// <summary>When the first of <see cref="Later"/> may go (UTC).</summary>
    public required DateTimeOffset? NextAt { get; init; }

    public required int SentLastMinute { get; init; }

    /// <summary>The throughput that the platform grants, in messages a second.</summary>
    public required int PerSecond { get; init; }

    /// <summary>Why nothing leaves; null if it does.</summary>
    public required NumberRest? Rest { get; init; }

    /// <summary>What went wrong in the last 24 hours, the newest first.</summary>
    public required IReadOnlyList<SendingFault> Faults { get; init; }
}

/// <summary>A number rests.</summary>
public sealed record NumberRest(DateTimeOffset Since, DateTimeOffset Until, int Times, string Why, int Code);

/// <summary>What went wrong, how often, and when last (UTC).</summary>
public sealed record SendingFault(AttemptOutcome Outcome, int? Code, int Count, DateTimeOffset Last);
