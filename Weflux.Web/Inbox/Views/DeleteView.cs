using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Inbox.Views;

/// <summary>Deletes a saved view. The conversations stay as they are.</summary>
public sealed class DeleteView(SavedViewEdits edits)
{
    public Task<ViewAnswer> ExecuteAsync(Actor actor, long viewId, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            (db, views) =>
            {
                if (views.Find(viewId) is not { } view)
                {
                    return Task.FromResult(ViewEdit.Refused(ViewOutcome.NotFound));
                }

                db.Remove(view);
                return Task.FromResult(new ViewEdit(
                    new ViewAnswer(ViewOutcome.Saved, viewId),
                    AuditActions.ViewDeleted,
                    view.IsShared ? AuditFacts.Gone(view.Name, ("For", ViewWords.Of(view.Audience))) : null));
            },
            cancellationToken);
}
