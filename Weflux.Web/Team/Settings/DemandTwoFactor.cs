using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Settings;

/// <summary>An Admin decides whether everybody needs a second step to sign in.</summary>
public sealed class DemandTwoFactor(WorkspaceEdits edits, Actors actors)
{
    public async Task<SettingsOutcome> ExecuteAsync(Actor actor, bool isDemanded, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return SettingsOutcome.NotAllowed;
        }

        if (isDemanded && !await actors.HasSecondFactorAsync(actor.User, cancellationToken))
        {
            return SettingsOutcome.NeedsOwnSecondFactor;
        }

        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ManageWorkspace,
            AuditActions.TwoFactorDemanded,
            (_, workspace) =>
            {
                var before = workspace.RequiresTwoFactor;
                workspace.RequiresTwoFactor = isDemanded;
                return Task.FromResult(before == isDemanded ? null : AuditFacts.Changed("Second step", ("Needed", Word(before), Word(isDemanded))));
            },
            isForAll: true,
            cancellationToken);
        return outcome.ToSettings();
    }

    private static string Word(bool isDemanded) => isDemanded ? "Yes" : "No";
}
