using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Work.Labels;

/// <summary>How the labels of a workspace, and its reasons for closing, are changed: on record, and with every open screen reading again.</summary>
public sealed class LabelEdits(WefluxDatabase database, AuditLog audit, ChangeBeat beat)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="changeAsync">Makes the change and says what it was; without facts nothing is stored.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<LabelOutcome> ChangeAsync(
        Actor actor, string action, Func<WefluxDbContext, Task<(LabelOutcome Outcome, AuditFacts? Facts)>> changeAsync, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.EditLabels))
        {
            return LabelOutcome.NotAllowed;
        }

        var (outcome, changed) = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, Permission.EditLabels, cancellationToken))
                {
                    return (LabelOutcome.NotAllowed, false);
                }

                var (outcome, facts) = await changeAsync(db);
                if (facts is null)
                {
                    return (outcome, false);
                }

                await db.TakeSequenceAsync(1, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await audit.AddAsync(db, actor, action, facts, cancellationToken);
                return (outcome, true);
            },
            cancellationToken);
        if (changed)
        {
            await beat.NudgeAsync(actor.Workspace, cancellationToken);
        }

        return outcome;
    }
}
