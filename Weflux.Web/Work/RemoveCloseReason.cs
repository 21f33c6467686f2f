using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Work;

/// <summary>A Manager or an Admin takes a reason for closing from the list. What was closed for it keeps its words.</summary>
public sealed class RemoveCloseReason(LabelEdits edits)
{
    public Task<LabelOutcome> ExecuteAsync(Actor actor, long reasonId, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            AuditActions.CloseReasonRemoved,
            async db =>
            {
                var reason = await db.Set<CloseReason>().SingleOrDefaultAsync(r => r.Id == reasonId, cancellationToken);
                if (reason is null)
                {
                    return (LabelOutcome.NotFound, null);
                }

                db.Remove(reason);
                return (LabelOutcome.Saved, AuditFacts.Gone(reason.Name));
            },
            cancellationToken);
}
