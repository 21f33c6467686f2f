using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Work.Labels;

/// <summary>A Manager or an Admin gives a label another name or colour, wherever it is on.</summary>
public sealed class EditLabel(LabelEdits edits)
{
    public Task<LabelOutcome> ExecuteAsync(Actor actor, long labelId, string? name, LabelColor color, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            AuditActions.LabelEdited,
            async db =>
            {
                var label = await db.Set<Label>().SingleOrDefaultAsync(l => l.Id == labelId, cancellationToken);
                if (label is null)
                {
                    return (LabelOutcome.NotFound, null);
                }

                if (PlainName.Read(name, Label.MaxName, out var plain) != NameFault.None || !Enum.IsDefined(color))
                {
                    return (LabelOutcome.Invalid, null);
                }

                var key = Label.KeyOf(plain);
                if (await db.Set<Label>().AnyAsync(l => l.NameKey == key && l.Id != labelId, cancellationToken))
                {
                    return (LabelOutcome.Taken, null);
                }

                var facts = AuditFacts.Changed(label.Name, ("Name", label.Name, plain), ("Colour", label.Color.ToString(), color.ToString()));
                label.Change(plain, color);
                return (LabelOutcome.Saved, facts.After!.Count == 0 ? null : facts);
            },
            cancellationToken);
}
