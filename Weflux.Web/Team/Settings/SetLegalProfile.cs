using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Settings;

/// <summary>An Admin says whose law the workspace lives under.</summary>
public sealed class SetLegalProfile(WorkspaceEdits edits)
{
    public async Task<SettingsOutcome> ExecuteAsync(Actor actor, LegalProfile profile, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManagePrivacy))
        {
            return SettingsOutcome.NotAllowed;
        }

        if (profile is not (LegalProfile.EuUk or LegalProfile.India or LegalProfile.Other))
        {
            return SettingsOutcome.Invalid;
        }

        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ManagePrivacy,
            AuditActions.LegalProfileChanged,
            (_, workspace) =>
            {
                var before = workspace.LegalProfile;
                workspace.LegalProfile = profile;
                return Task.FromResult(before == profile ? null : AuditFacts.Changed("Legal profile", ("Law", SettingsWords.Of(before), SettingsWords.Of(profile))));
            },
            isForAll: false,
            cancellationToken);
        return outcome.ToSettings();
    }
}
