using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Work;

/// <summary>A Manager or an Admin adds a reason for closing that people can choose.</summary>
public sealed class AddCloseReason(LabelEdits edits)
{
    public Task<LabelOutcome> ExecuteAsync(Actor actor, string? name, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            AuditActions.CloseReasonAdded,
            async db =>
            {
                if (PlainName.Read(name, CloseReason.MaxName, out var plain) != NameFault.None)
                {
                    return (LabelOutcome.Invalid, null);
                }

                var key = Label.KeyOf(plain);
                if (await db.Set<CloseReason>().AnyAsync(r => r.NameKey == key, cancellationToken))
                {
                    return (LabelOutcome.Taken, null);
                }

                if (await db.Set<CloseReason>().CountAsync(cancellationToken) >= CloseReason.Most)
                {
                    return (LabelOutcome.Full, null);
                }

                db.Add(CloseReason.Make(actor.Workspace, plain));
                return (LabelOutcome.Saved, AuditFacts.Made(plain));
            },
            cancellationToken);
}
