using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Sending;

/// <summary>Why a message has not left yet, and when it tries.</summary>
/// <param name="Until">When it may go at the earliest (UTC); null if that is not known.</param>
/// <param name="Why">Why, in a plain sentence.</param>
public sealed record MessageWait(DateTimeOffset? Until, string Why);

/// <summary>What the messages of a thread wait for that do not leave at once.</summary>
public sealed class QueueQuery(WefluxDatabase database, TimeProvider time)
{
    private const int Most = 200;

    /// <summary>So long nobody needs to be told anything.</summary>
    private static readonly TimeSpan Unremarkable = TimeSpan.FromSeconds(5);

    /// <returns>By the ids of the messages; nothing of those that leave in a moment, or that their author can still take back.</returns>
    public async Task<IReadOnlyDictionary<long, MessageWait>> OfThreadAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        var assignee = await db.Set<Conversation>().Where(c => c.Id == conversationId).Select(c => new { Holding = new Holding(c.AssigneeId, c.TeamId, c.AskedMemberId, c.AskedTeamId, c.Participants) }).SingleOrDefaultAsync(cancellationToken);
        if (assignee is null || !actor.MaySee(assignee.Holding))
        {
            return new Dictionary<long, MessageWait>();
        }

        var rows = await db.Set<OutboundMessage>().AsNoTracking().Where(o => o.ConversationId == conversationId)
            .OrderBy(o => o.MessageId).Take(Most).ToListAsync(cancellationToken);
        if (!rows.Exists(r => r.State == OutboundState.Waiting))
        {
            return new Dictionary<long, MessageWait>();
        }

        var connectionId = rows[0].ConnectionId;
        var hold = await db.Set<SendHold>().AsNoTracking().SingleOrDefaultAsync(h => h.ConnectionId == connectionId, cancellationToken);
        var refused = rows.Where(r => r is { State: OutboundState.Waiting, Refusals: > 0 }).Select(r => r.MessageId).ToList();
        var codes = refused.Count == 0 ? [] : (await db.Set<SendAttempt>().Where(a => refused.Contains(a.MessageId))
            .Select(a => new { a.MessageId, a.StartedAt, a.ErrorCode }).ToListAsync(cancellationToken))
            .GroupBy(a => a.MessageId).ToDictionary(g => g.Key, g => g.MaxBy(a => a.StartedAt)!.ErrorCode);
        return Explain(rows, hold, codes, time.GetUtcNow());
    }

    private static Dictionary<long, MessageWait> Explain(
        List<OutboundMessage> rows, SendHold? hold, Dictionary<long, int?> codes, DateTimeOffset now)
    {
        var waits = new Dictionary<long, MessageWait>();
        DateTimeOffset? before = null;
        foreach (var row in rows)
        {
            if (row.State == OutboundState.Waiting && Wait(row, hold, codes, before, now) is { } wait)
            {
                waits[row.MessageId] = wait;
            }

            before = row.State switch
            {
                // A message that nobody confirms holds those behind it for a while.
                OutboundState.Unknown => Later(before, row.NextAt - Dispatch.ConfirmationPatience + OutboxSender.HoldForUnknown),
                OutboundState.Waiting => Later(before, waits.GetValueOrDefault(row.MessageId)?.Until ?? row.NextAt),
                _ => Later(before, now),
            };
        }

        return waits;
    }

    private static MessageWait? Wait(
        OutboundMessage row, SendHold? hold, Dictionary<long, int?> codes, DateTimeOffset? before, DateTimeOffset now)
    {
        if (hold is not null && hold.Until > now && hold.Until >= row.NextAt)
        {
            return new MessageWait(hold.Until, WaitWords.Of(hold.Code));
        }

        if (row is { Refusals: > 0 } && row.NextAt > now)
        {
            return new MessageWait(row.NextAt, WaitWords.Of(codes.GetValueOrDefault(row.MessageId) ?? OwnFaults.NotReached));
        }

        return before > now + Unremarkable ? new MessageWait(before, "The message before it goes first.")
            : row.NextAt < now - Unremarkable ? new MessageWait(null, "Other messages go first.")
            : null;
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
