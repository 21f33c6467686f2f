using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Api.Events;

public enum EventReplayOutcome
{
    Asked,

    /// <summary>There is none of that id for whoever asks.</summary>
    NotFound,

    NotAllowed,

    /// <summary>The webhook is off.</summary>
    Off,
}

/// <summary>What became of the wish to have events sent again.</summary>
/// <param name="Outcome">Whether they are sent again.</param>
/// <param name="Count">How many.</param>
public sealed record EventReplayAnswer(EventReplayOutcome Outcome, int Count = 0);

/// <summary>An Admin or a program has events sent again, under the ids that they had: one, whatever became of it, or all that failed.</summary>
public sealed class ReplayEvents(WefluxDatabase database, AuditLog audit, EventSignals signals, TimeProvider time)
{
    private const int AtOnce = 500;

    /// <summary>One event.</summary>
    public async Task<EventReplayAnswer> ExecuteAsync(Actor actor, long deliveryId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ReplayEvents))
        {
            return new EventReplayAnswer(EventReplayOutcome.NotAllowed);
        }

        long? endpointId;
        await using (var db = database.Open(actor.Workspace))
        {
            endpointId = await db.Set<EventDelivery>().Where(d => d.Id == deliveryId).Select(d => (long?)d.EndpointId).SingleOrDefaultAsync(cancellationToken);
        }

        return endpointId is { } id
            ? await AskAsync(actor, id, db => Task.FromResult<List<long>>([deliveryId]), cancellationToken)
            : new EventReplayAnswer(EventReplayOutcome.NotFound);
    }

    /// <summary>All that failed for one webhook and happened since.</summary>
    public async Task<EventReplayAnswer> ExecuteAsync(Actor actor, long endpointId, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        var (count, last) = (0, 0L);
        while (true)
        {
            // Never back to those before: what was asked for may have failed again meanwhile.
            var after = last;
            var answer = await AskAsync(
                actor,
                endpointId,
                async db =>
                {
                    var ids = await db.Set<EventDelivery>()
                        .Where(d => d.EndpointId == endpointId && d.State == EventDeliveryState.Failed && d.Id > after && d.At >= since)
                        .OrderBy(d => d.Id).Select(d => d.Id).Take(AtOnce).ToListAsync(cancellationToken);
                    last = ids.Count > 0 ? ids[^1] : after;
                    return ids;
                },
                cancellationToken);
            count += answer.Count;
            if (answer.Outcome != EventReplayOutcome.Asked)
            {
                // The first of them may have got the webhook switched off. They were asked for all the same, and that is the answer.
                return count > 0 ? new EventReplayAnswer(EventReplayOutcome.Asked, count) : answer;
            }

            if (answer.Count < AtOnce)
            {
                return answer with { Count = count };
            }
        }
    }

    private async Task<EventReplayAnswer> AskAsync(
        Actor actor, long endpointId, Func<WefluxDbContext, Task<List<long>>> whichAsync, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ReplayEvents))
        {
            return new EventReplayAnswer(EventReplayOutcome.NotAllowed);
        }

        var now = time.GetUtcNow();
        var answer = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, Permission.ReplayEvents, cancellationToken))
                {
                    return new EventReplayAnswer(EventReplayOutcome.NotAllowed);
                }

                if (await db.Set<EventEndpoint>().SingleOrDefaultAsync(e => e.Id == endpointId, cancellationToken) is not { } endpoint)
                {
                    return new EventReplayAnswer(EventReplayOutcome.NotFound);
                }

                if (endpoint.State != EventEndpointState.On)
                {
                    return new EventReplayAnswer(EventReplayOutcome.Off);
                }

                var ids = await whichAsync(db);
                var count = ids.Count == 0 ? 0 : await db.Set<EventDelivery>().Where(d => ids.Contains(d.Id)).ExecuteUpdateAsync(
                    set => set.SetProperty(d => d.State, EventDeliveryState.Waiting).SetProperty(d => d.NextAt, now).SetProperty(d => d.Tries, 0), cancellationToken);
                if (count > 0)
                {
                    endpoint.RestsUntil = null;
                    await db.SaveChangesAsync(cancellationToken);
                    await audit.AddAsync(
                        db, actor, AuditActions.WebhookReplayed, AuditFacts.Made(endpoint.Name, ("Events", count.ToString(System.Globalization.CultureInfo.InvariantCulture))), cancellationToken);
                }

                return new EventReplayAnswer(EventReplayOutcome.Asked, count);
            },
            cancellationToken);
        signals.Wake();
        return answer;
    }
}
