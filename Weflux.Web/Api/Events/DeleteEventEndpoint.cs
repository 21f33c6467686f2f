using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Events;

/// <summary>An Admin takes a webhook away, with everything that was kept for it.</summary>
public sealed class DeleteEventEndpoint(EventEndpointEdits edits, WefluxDatabase database)
{
    private const int AtOnce = 500;

    public async Task<EventEndpointAnswer> ExecuteAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        // First nothing is added any more, then what there is goes bit by bit, so that nobody waits long for the turn to write.
        var off = await edits.ChangeAsync(
            actor,
            id,
            AuditActions.WebhookSwitched,
            (_, endpoint) =>
            {
                endpoint.State = EventEndpointState.Off;
                return Task.FromResult<(EventEndpointAnswer, AuditFacts?)>((
                    new EventEndpointAnswer(EventEndpointOutcome.Saved), AuditFacts.Made(endpoint.Name, ("On", EventFacts.YesNo(false)))));
            },
            cancellationToken);
        if (!off.IsDone)
        {
            return off;
        }

        while (await ForgetSomeAsync(actor.Workspace, id, cancellationToken) == AtOnce)
        {
            await Task.Yield();
        }

        return await edits.ChangeAsync(
            actor,
            id,
            AuditActions.WebhookDeleted,
            (db, endpoint) =>
            {
                db.Remove(endpoint);
                return Task.FromResult<(EventEndpointAnswer, AuditFacts?)>((
                    new EventEndpointAnswer(EventEndpointOutcome.Saved), AuditFacts.Gone(endpoint.Name, ("Host", EventEndpointEdits.Host(endpoint.Address)))));
            },
            cancellationToken);
    }

    private async Task<int> ForgetSomeAsync(WorkspaceId workspace, long id, CancellationToken cancellationToken)
    {
        List<long> ids;
        await using (var db = database.Open(workspace))
        {
            ids = await db.Set<EventDelivery>().Where(d => d.EndpointId == id).OrderBy(d => d.Id).Take(AtOnce).Select(d => d.Id).ToListAsync(cancellationToken);
        }

        if (ids.Count > 0)
        {
            await database.WriteAsync(
                workspace, db => db.Set<EventDelivery>().Where(d => ids.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }

        return ids.Count;
    }
}
