using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Settings;

/// <summary>An Admin decides whether everybody needs a second step to sign in.</summary>
public sealed class DemandTwoFactor(WorkspaceEdits edits)
{
    public async Task<SettingsOutcome> ExecuteAsync(Actor actor, bool isDemanded, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return SettingsOutcome.NotAllowed;
        }

        var lacksOwn = false;
        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ManageWorkspace,
            AuditActions.TwoFactorDemanded,
            async (db, workspace) =>
            {
                // Who demands it of others would be shut out first.
                var me = actor.User.Value;
                lacksOwn = isDemanded && !await db.Set<WefluxUser>().AnyAsync(u => u.Id == me && u.TwoFactorEnabled, cancellationToken);
                var before = workspace.RequiresTwoFactor;
                if (lacksOwn || before == isDemanded)
                {
                    return null;
                }

                workspace.RequiresTwoFactor = isDemanded;
                return AuditFacts.Changed("Second step", ("Needed", Word(before), Word(isDemanded)));
            },
            isForAll: true,
            cancellationToken);
        return lacksOwn ? SettingsOutcome.NeedsOwnSecondFactor : outcome.ToSettings();
    }

    private static string Word(bool isDemanded) => isDemanded ? "Yes" : "No";
}
