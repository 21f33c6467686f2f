using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Inbox.Views;

/// <summary>A saved view shows something else from now on: its owner changes it, or, if it is shared, a Manager or an Admin does.</summary>
public sealed class ReplaceView(SavedViewEdits edits)
{
    public Task<ViewAnswer> ExecuteAsync(Actor actor, long viewId, InboxView view, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            (_, views) =>
            {
                if (views.Find(viewId) is not { } saved)
                {
                    return Task.FromResult(ViewEdit.Refused(ViewOutcome.NotFound));
                }

                if (!view.IsSound)
                {
                    return Task.FromResult(ViewEdit.Refused(ViewOutcome.Invalid));
                }

                var facts = AuditFacts.Changed(saved.Name, ("Shows", ViewAddress.Query(saved.View), ViewAddress.Query(view)));
                saved.View = view;
                return Task.FromResult(new ViewEdit(
                    new ViewAnswer(ViewOutcome.Saved, viewId), AuditActions.ViewEdited, saved.IsShared && facts.After!.Count > 0 ? facts : null));
            },
            cancellationToken);
}
