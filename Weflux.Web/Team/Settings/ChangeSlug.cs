using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Settings;

/// <summary>An Admin gives the workspace another address. The old one leads to it from then on, and stays the workspace's own.</summary>
public sealed class ChangeSlug(WorkspaceEdits edits, WefluxDatabase database, TimeProvider time)
{
    public async Task<SlugAnswer> ExecuteAsync(Actor actor, string? text, CancellationToken cancellationToken = default)
    {
        var fault = WorkspaceSlug.Read(text, out var slug);
        if (!actor.May(Permission.ManageWorkspace) || fault != SlugFault.None)
        {
            return new SlugAnswer(actor.May(Permission.ManageWorkspace) ? SlugOutcome.Invalid : SlugOutcome.NotAllowed, fault);
        }

        var isTaken = false;
        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ManageWorkspace,
            AuditActions.WorkspaceMoved,
            async (db, workspace) =>
            {
                await db.LockInstallationAsync(cancellationToken);
                isTaken = await db.IsSlugTakenAsync(slug, workspace.Id, cancellationToken);
                if (isTaken || workspace.Slug == slug.Value)
                {
                    return null;
                }

                var value = slug.Value!;
                await db.Set<FormerSlug>().Where(s => s.Slug == value).ExecuteDeleteAsync(cancellationToken);
                db.Add(new FormerSlug { WorkspaceId = workspace.Id, Slug = workspace.Slug, LeftAt = time.GetUtcNow() });
                var facts = AuditFacts.Changed(workspace.Name, ("Address", workspace.Slug, value));
                workspace.Slug = value;
                return facts;
            },
            isForAll: true,
            cancellationToken);
        return outcome == EditOutcome.NotAllowed ? new SlugAnswer(SlugOutcome.NotAllowed)
            : isTaken ? new SlugAnswer(SlugOutcome.Taken)
            : new SlugAnswer(SlugOutcome.Saved, Slug: slug.Value);
    }

    /// <summary>Whether the address could be had, while somebody types it.</summary>
    public async Task<SlugAnswer> LookAsync(Actor actor, string? text, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return new SlugAnswer(SlugOutcome.NotAllowed);
        }

        if (WorkspaceSlug.Read(text, out var slug) is var fault && fault != SlugFault.None)
        {
            return new SlugAnswer(SlugOutcome.Invalid, fault);
        }

        await using var db = database.Open(actor.Workspace);
        return await db.IsSlugTakenAsync(slug, actor.Workspace, cancellationToken)
            ? new SlugAnswer(SlugOutcome.Taken)
            : new SlugAnswer(SlugOutcome.Saved, Slug: slug.Value);
    }
}

/// <param name="Outcome">What became of it, or would.</param>
/// <param name="Fault">Why the text is no slug.</param>
/// <param name="Slug">The address; null if there is none.</param>
public sealed record SlugAnswer(SlugOutcome Outcome, SlugFault Fault = SlugFault.None, string? Slug = null);

public enum SlugOutcome
{
    Saved,
    NotAllowed,
    Invalid,
    Taken,
}
