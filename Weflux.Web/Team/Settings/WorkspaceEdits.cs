using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Settings;

/// <summary>How a setting of a workspace is changed: one Admin at a time, on record, and with everybody told whom it concerns.</summary>
public sealed class WorkspaceEdits(WefluxDatabase database, AuditLog audit, AccessWatch access)
{
    /// <summary>Changes the workspace in one transaction.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="permission">What the actor needs, when looked up and still when the change is made.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="changeAsync">Makes the change and says what it was; null if nothing is to be changed.</param>
    /// <param name="isForAll">Whether open pages of all members must look again.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<EditOutcome> ApplyAsync(
        Actor actor,
        Permission permission,
        string action,
        Func<WefluxDbContext, Workspace, Task<AuditFacts?>> changeAsync,
        bool isForAll,
        CancellationToken cancellationToken)
    {
        if (!actor.May(permission))
        {
            return EditOutcome.NotAllowed;
        }

        List<UserId> told = [];
        var outcome = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, permission, cancellationToken))
                {
                    return EditOutcome.NotAllowed;
                }

                var workspace = await db.Set<Workspace>().SingleAsync(w => w.Id == actor.Workspace, cancellationToken);
                if (await changeAsync(db, workspace) is not { } facts)
                {
                    return EditOutcome.Unchanged;
                }

                await db.SaveChangesAsync(cancellationToken);
                if (isForAll)
                {
                    told = await db.Set<Membership>().Select(m => m.UserId).ToListAsync(cancellationToken);
                    told.ForEach(user => access.Record(db, user));
                }

                await audit.AddAsync(db, actor, action, facts, cancellationToken);
                return EditOutcome.Changed;
            },
            cancellationToken);
        told.ForEach(access.Tell);
        return outcome;
    }
}

/// <summary>What became of a change of a workspace.</summary>
internal enum EditOutcome
{
    Changed,

    /// <summary>There was nothing to change.</summary>
    Unchanged,

    NotAllowed,
}

/// <summary>What became of a change of settings.</summary>
public enum SettingsOutcome
{
    Saved,
    NotAllowed,

    /// <summary>A value is none that can be taken; nothing was changed.</summary>
    Invalid,

    /// <summary>Whoever demands a second step from others has one.</summary>
    NeedsOwnSecondFactor,
}

internal static class EditOutcomes
{
    public static SettingsOutcome ToSettings(this EditOutcome outcome) =>
        outcome == EditOutcome.NotAllowed ? SettingsOutcome.NotAllowed : SettingsOutcome.Saved;
}
