using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Work.Labels;

/// <summary>A Manager or an Admin deletes a label; it goes from every conversation that carries it.</summary>
public sealed class DeleteLabel(LabelEdits edits)
{
    public Task<LabelOutcome> ExecuteAsync(Actor actor, long labelId, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            AuditActions.LabelDeleted,
            async db =>
            {
                var label = await db.Set<Label>().SingleOrDefaultAsync(l => l.Id == labelId, cancellationToken);
                if (label is null)
                {
                    return (LabelOutcome.NotFound, null);
                }

                await db.Set<ConversationLabel>().Where(l => l.LabelId == labelId).ExecuteDeleteAsync(cancellationToken);
                db.Remove(label);
                return (LabelOutcome.Saved, AuditFacts.Gone(label.Name));
            },
            cancellationToken);
}
