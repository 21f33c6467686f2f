using Weflux.Domain;
using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Settings;

/// <summary>An Admin changes the name, the time zone and the languages of the workspace.</summary>
public sealed class ChangeWorkspaceProfile(WorkspaceEdits edits)
{
    public const int LongestName = 200;

    public async Task<SettingsOutcome> ExecuteAsync(
        Actor actor, string name, string timeZone, IReadOnlyCollection<string> languages, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return SettingsOutcome.NotAllowed;
        }

        if (PlainName.Read(name, LongestName, out var trimmed) != NameFault.None
            || !WorkspaceTime.IsKnown(timeZone) || languages.Count == 0 || !languages.All(WorkspaceLanguages.IsKnown))
        {
            return SettingsOutcome.Invalid;
        }

        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ManageWorkspace,
            AuditActions.WorkspaceRenamed,
            (_, workspace) =>
            {
                var facts = AuditFacts.Changed(
                    trimmed,
                    ("Name", workspace.Name, trimmed),
                    ("Time zone", workspace.TimeZone, timeZone),
                    ("Languages", workspace.Languages, WorkspaceLanguages.Write(languages)));
                (workspace.Name, workspace.TimeZone, workspace.Languages) = (trimmed, timeZone, WorkspaceLanguages.Write(languages));
                return Task.FromResult<AuditFacts?>(facts.After!.Count == 0 ? null : facts);
            },
            isForAll: true,
            cancellationToken);
        return outcome.ToSettings();
    }
}
