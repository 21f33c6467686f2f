using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Work.Labels;

/// <summary>A Manager or an Admin makes a label.</summary>
public sealed class MakeLabel(LabelEdits edits)
{
    public Task<LabelOutcome> ExecuteAsync(Actor actor, string? name, LabelColor color, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            AuditActions.LabelMade,
            async db =>
            {
                if (PlainName.Read(name, Label.MaxName, out var plain) != NameFault.None || !Enum.IsDefined(color))
                {
                    return (LabelOutcome.Invalid, null);
                }

                var key = Label.KeyOf(plain);
                if (await db.Set<Label>().AnyAsync(l => l.NameKey == key, cancellationToken))
                {
                    return (LabelOutcome.Taken, null);
                }

                if (await db.Set<Label>().CountAsync(cancellationToken) >= Label.Most)
                {
                    return (LabelOutcome.Full, null);
                }

                db.Add(Label.Make(actor.Workspace, plain, color));
                return (LabelOutcome.Saved, AuditFacts.Made(plain, ("Colour", color.ToString())));
            },
            cancellationToken);
}
