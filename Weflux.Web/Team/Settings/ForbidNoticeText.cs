using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Settings;

/// <summary>An Admin decides whether notices may show what customers wrote to those who want it.</summary>
public sealed class ForbidNoticeText(WorkspaceEdits edits)
{
    /// <param name="actor">Who decides.</param>
    /// <param name="isForbidden">Whether notices never show it, whatever a person chose.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<SettingsOutcome> ExecuteAsync(Actor actor, bool isForbidden, CancellationToken cancellationToken = default)
    {
        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ManageWorkspace,
            AuditActions.NoticesChanged,
            (_, workspace) =>
            {
                var facts = AuditFacts.Changed("Notices", ("What customers wrote", Say(workspace.ForbidsNoticeText), Say(isForbidden)));
                workspace.ForbidsNoticeText = isForbidden;
                return Task.FromResult<AuditFacts?>(facts.After!.Count == 0 ? null : facts);
            },
            isForAll: true,
            cancellationToken);
        return outcome.ToSettings();
    }

    private static string Say(bool isForbidden) => isForbidden ? "Never shown" : "As each person chooses";
}
