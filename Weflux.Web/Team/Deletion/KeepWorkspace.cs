using System.Globalization;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Team.Settings;

namespace Weflux.Web.Team.Deletion;

/// <summary>An Admin keeps a workspace that was to be deleted.</summary>
public sealed class KeepWorkspace(WorkspaceEdits edits)
{
    /// <returns>False if there is nothing to stop, or it is too late.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, CancellationToken cancellationToken = default) =>
        actor.May(Permission.ManageWorkspace) && await edits.ApplyAsync(
            actor,
            Permission.ManageWorkspace,
            AuditActions.DeletionStopped,
            (_, workspace) =>
            {
                if (workspace.DeletionDueAt is not { } due || workspace.ErasingSince is not null)
                {
                    return Task.FromResult<AuditFacts?>(null);
                }

                (workspace.DeletionDueAt, workspace.DeletionAskedBy) = (null, null);
                return Task.FromResult<AuditFacts?>(AuditFacts.Gone(workspace.Name, ("Erased from", due.ToString("u", CultureInfo.InvariantCulture))));
            },
            isForAll: true,
            cancellationToken) == EditOutcome.Changed;
}
