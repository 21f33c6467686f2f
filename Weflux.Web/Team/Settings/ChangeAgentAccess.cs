using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Settings;

/// <summary>An Admin decides what Agents see. Open inboxes take it in at once.</summary>
public sealed class ChangeAgentAccess(WorkspaceEdits edits)
{
    public async Task<SettingsOutcome> ExecuteAsync(Actor actor, AgentSettings settings, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return SettingsOutcome.NotAllowed;
        }

        if (settings.Visibility is not (AgentVisibility.Own or AgentVisibility.OwnAndUnassigned or AgentVisibility.All))
        {
            return SettingsOutcome.Invalid;
        }

        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ManageWorkspace,
            AuditActions.AgentAccessChanged,
            (_, workspace) =>
            {
                var facts = AuditFacts.Changed(
                    "Agents",
                    ("Conversations", SettingsWords.Of(workspace.AgentVisibility), SettingsWords.Of(settings.Visibility)),
                    ("Phone numbers", Masked(workspace.MaskPhoneNumbers), Masked(settings.MaskPhoneNumbers)),
                    ("May reveal a number", YesNo(workspace.AgentsMayReveal), YesNo(settings.MayReveal)));
                (workspace.AgentVisibility, workspace.MaskPhoneNumbers, workspace.AgentsMayReveal) =
                    (settings.Visibility, settings.MaskPhoneNumbers, settings.MayReveal);
                return Task.FromResult<AuditFacts?>(facts.After!.Count == 0 ? null : facts);
            },
            isForAll: true,
            cancellationToken);
        return outcome.ToSettings();
    }

    private static string Masked(bool isMasked) => isMasked ? "Masked" : "Shown in full";

    private static string YesNo(bool value) => value ? "Yes" : "No";
}
