using System.Globalization;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Team.Settings;

namespace Weflux.Web.Assigning;

/// <summary>
/// A Manager or an Admin decides how long people have who are asked to take a conversation over, and when conversations are
/// taken off people who are not there.
/// </summary>
public sealed class ChangeAbsence(WorkspaceEdits edits)
{
    public async Task<SettingsOutcome> ExecuteAsync(
        Actor actor, int handOverMinutes, ReleasePolicy release, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ArrangeTeams))
        {
            return SettingsOutcome.NotAllowed;
        }

        if (!HandOverRules.IsSound(handOverMinutes) || !release.IsSound)
        {
            return SettingsOutcome.Invalid;
        }

        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ArrangeTeams,
            AuditActions.AbsenceChanged,
            (_, workspace) =>
            {
                var facts = AuditFacts.Changed(
                    "People who are not there",
                    ("Minutes to accept", Text(workspace.HandOverMinutes), Text(handOverMinutes)),
                    ("Released when away", AssigningWords.After(workspace.ReleaseAwayAfter), AssigningWords.After(release.AwayAfter)),
                    ("Released when offline", AssigningWords.After(workspace.ReleaseOfflineAfter), AssigningWords.After(release.OfflineAfter)));
                (workspace.HandOverMinutes, workspace.ReleaseAwayAfter, workspace.ReleaseOfflineAfter) = (handOverMinutes, release.AwayAfter, release.OfflineAfter);
                return Task.FromResult<AuditFacts?>(facts.After!.Count == 0 ? null : facts);
            },
            isForAll: false,
            cancellationToken);
        return outcome.ToSettings();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
