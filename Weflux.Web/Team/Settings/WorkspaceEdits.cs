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
    /// <param name="actor">Who acts; the caller has asked whether that is allowed.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="changeAsync">Makes the change and says what it was; null if nothing is to be changed.</param>
    /// <param name="isForAll">Whether open pages of all members must look again.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<bool> ApplyAsync(
        Actor actor, string action, Func<WefluxDbContext, Workspace, Task<AuditFacts?>> changeAsync, bool isForAll, CancellationToken cancellationToken)
    {
        List<UserId> told = [];
        var isChanged = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                var workspace = await db.Set<Workspace>().SingleAsync(w => w.Id == actor.Workspace, cancellationToken);
                if (await changeAsync(db, workspace) is not { } facts)
                {
                    return false;
                }

                await db.SaveChangesAsync(cancellationToken);
                if (isForAll)
                {
                    told = await db.Set<Membership>().Select(m => m.UserId).ToListAsync(cancellationToken);
                    told.ForEach(user => access.Record(db, user));
                }

                await audit.AddAsync(db, actor, action, facts, cancellationToken);
                return true;
            },
            cancellationToken);
        told.ForEach(access.Tell);
        return isChanged;
    }
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
