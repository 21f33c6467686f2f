using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Contacts;

/// <summary>A Manager or Admin makes a lifecycle stage, or renames one.</summary>
public sealed class SaveStage(CatalogEdits edits)
{
    public Task<ContactAnswer> ExecuteAsync(Actor actor, long? stageId, string? typed, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        async db =>
        {
            var all = await db.Set<LifecycleStage>().ToListAsync(cancellationToken);
            var stage = stageId is { } id ? all.Find(s => s.Id == id) : null;
            if (stageId is not null && stage is null)
            {
                return null;
            }

            if (FaultOf(typed, stage, all, out var name) is { } fault)
            {
                return CatalogEdit.Refused(fault);
            }

            if (stage is not null)
            {
                var facts = AuditFacts.Changed(name, ("Name", stage.Name, name));
                stage.Name = name;
                return new CatalogEdit(AuditActions.StageSaved, facts);
            }

            db.Add(new LifecycleStage { WorkspaceId = actor.Workspace, Name = name, Position = all.Select(s => s.Position).DefaultIfEmpty().Max() + 1 });
            return new CatalogEdit(AuditActions.StageSaved, AuditFacts.Made(name, ("Name", name)));
        },
        cancellationToken);

    private static string? FaultOf(string? typed, LifecycleStage? stage, List<LifecycleStage> all, out string name) =>
        PlainName.Read(typed, LifecycleStage.NameLength, out name) switch
        {
            NameFault.Blank => "Give the stage a name.",
            NameFault.TooLong => $"A stage has at most {LifecycleStage.NameLength} characters.",
            NameFault.Controls => "A stage is one line, without control characters.",
            _ when IsTaken(all, stage, name) => "There is a stage of this name already.",
            _ when stage is null && all.Count(s => s.ArchivedAt is null) >= ContactFieldRules.MostFields => $"There are {ContactFieldRules.MostFields} stages already. Put one away first.",
            _ => null,
        };

    internal static bool IsTaken(List<LifecycleStage> all, LifecycleStage? own, string name) =>
        all.Exists(s => s != own && s.ArchivedAt is null && string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));
}
