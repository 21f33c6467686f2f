using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Views;

/// <summary>A change of saved views: what to put on record if others have the view too.</summary>
internal sealed record ViewEdit(ViewAnswer Answer, string Action = "", AuditFacts? Facts = null)
{
    public static ViewEdit Refused(ViewOutcome outcome) => new(new ViewAnswer(outcome));
}

/// <summary>How saved views are changed: one person at a time, those that are shared only by who may and on record, with every open screen reading again.</summary>
public sealed class SavedViewEdits(WefluxDatabase database, AuditLog audit, ChangeBeat beat)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="changeAsync">Makes the change of those that the actor may change, in their order.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<ViewAnswer> ChangeAsync(
        Actor actor, Func<WefluxDbContext, ChangeableViews, Task<ViewEdit>> changeAsync, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.WorkConversations) || actor.Key is not null)
        {
            return new ViewAnswer(ViewOutcome.NotAllowed);
        }

        var answer = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, Permission.WorkConversations, cancellationToken))
                {
                    return new ViewAnswer(ViewOutcome.NotAllowed);
                }

                var me = actor.User;
                var mayShare = await db.StillMayAsync(actor, Permission.ShareViews, cancellationToken);
                var all = await db.Set<SavedView>().Where(v => v.OwnerId == me || v.Audience != ViewAudience.Me)
                    .OrderBy(v => v.Position).ThenBy(v => v.Id).ToListAsync(cancellationToken);
                var edit = await changeAsync(db, new ChangeableViews(all, mayShare));
                if (edit.Answer.Outcome != ViewOutcome.Saved)
                {
                    return edit.Answer;
                }

                await db.SaveChangesAsync(cancellationToken);
                await db.TakeSequenceAsync(1, cancellationToken);
                if (edit.Facts is { } facts)
                {
                    await audit.AddAsync(db, actor, edit.Action, facts, cancellationToken);
                }

                return edit.Answer;
            },
            cancellationToken);
        if (answer.Outcome == ViewOutcome.Saved)
        {
            await beat.NudgeAsync(actor.Workspace, cancellationToken);
        }

        return answer;
    }
}

/// <summary>The saved views of the actor and of the workspace.</summary>
internal sealed record ChangeableViews(List<SavedView> All, bool MayShare)
{
    /// <summary>One that the actor may change; null if there is none.</summary>
    public SavedView? Find(long id) => All.Find(v => v.Id == id && (!v.IsShared || MayShare));

    public List<SavedView> Beside(bool isShared) => All.FindAll(v => v.IsShared == isShared);

    /// <summary>Whether this can be called so, for these people.</summary>
    /// <param name="view">The view; null for a new one.</param>
    /// <param name="name">The name as it was typed.</param>
    /// <param name="audience">For whom.</param>
    /// <param name="plain">The name without spaces around it.</param>
    public ViewOutcome Judge(SavedView? view, string? name, ViewAudience audience, out string plain)
    {
        if (PlainName.Read(name, SavedView.MaxName, out plain) != NameFault.None || !Enum.IsDefined(audience))
        {
            return ViewOutcome.Invalid;
        }

        var isShared = audience != ViewAudience.Me;
        if (isShared && !MayShare)
        {
            return ViewOutcome.NotAllowed;
        }

        var wanted = plain;
        var others = Beside(isShared).Where(v => v != view).ToList();
        return others.Exists(v => string.Equals(v.Name, wanted, StringComparison.OrdinalIgnoreCase)) ? ViewOutcome.Taken
            : others.Count >= SavedView.Most ? ViewOutcome.Full
            : ViewOutcome.Saved;
    }

    public int NextPlace(bool isShared) => Beside(isShared).Select(v => v.Position).DefaultIfEmpty().Max() + 1;
}
