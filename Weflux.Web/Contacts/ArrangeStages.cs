using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Contacts;

/// <summary>A Manager or Admin puts a lifecycle stage away or takes it back, or moves it in the order. Contacts keep the stage that they are at.</summary>
public sealed class ArrangeStages(CatalogEdits edits, TimeProvider time)
{
    public Task<ContactAnswer> ArchiveAsync(Actor actor, long stageId, bool isArchived, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        async db =>
        {
            var all = await db.Set<LifecycleStage>().ToListAsync(cancellationToken);
            if (all.Find(s => s.Id == stageId) is not { } stage)
            {
                return null;
            }

            if (!isArchived && SaveStage.IsTaken(all, stage, stage.Name))
            {
                return CatalogEdit.Refused("A stage of this name is in use. Rename that one first.");
            }

            var facts = AuditFacts.Changed(
                stage.Name, ("In use", ArrangeContactFields.Words(stage.ArchivedAt is null), ArrangeContactFields.Words(!isArchived)));
            stage.ArchivedAt = isArchived ? stage.ArchivedAt ?? time.GetUtcNow() : null;
            return new CatalogEdit(AuditActions.StageArchived, facts);
        },
        cancellationToken);

    public Task<ContactAnswer> MoveAsync(Actor actor, long stageId, bool isUp, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        async db =>
        {
            var used = await db.Set<LifecycleStage>().Where(s => s.ArchivedAt == null).OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(cancellationToken);
            return Places.Swap(used, used.FindIndex(s => s.Id == stageId), isUp, (s, place) => s.Position = place) ? new CatalogEdit("", null) : null;
        },
        cancellationToken);
}
