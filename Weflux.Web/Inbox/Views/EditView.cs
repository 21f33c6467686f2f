using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Inbox.Views;

/// <summary>Gives a saved view another name, or other people.</summary>
public sealed class EditView(SavedViewEdits edits)
{
    public Task<ViewAnswer> ExecuteAsync(Actor actor, long viewId, string? name, ViewAudience audience, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            (_, views) =>
            {
                if (views.Find(viewId) is not { } view)
                {
                    return Task.FromResult(ViewEdit.Refused(ViewOutcome.NotFound));
                }

                // What others made and share does not vanish into somebody else's own list.
                if (view.OwnerId != actor.User && audience == ViewAudience.Me)
                {
                    return Task.FromResult(ViewEdit.Refused(ViewOutcome.NotAllowed));
                }

                if (views.Judge(view, name, audience, out var plain) is not ViewOutcome.Saved and var fault)
                {
                    return Task.FromResult(ViewEdit.Refused(fault));
                }

                var facts = AuditFacts.Changed(
                    view.Name, ("Name", view.Name, plain), ("For", ViewWords.Of(view.Audience), ViewWords.Of(audience)));
                var isOnRecord = view.IsShared || audience != ViewAudience.Me;
                if (view.IsShared != (audience != ViewAudience.Me))
                {
                    view.Position = views.NextPlace(audience != ViewAudience.Me);
                }

                (view.Name, view.Audience) = (plain, audience);
                return Task.FromResult(new ViewEdit(
                    new ViewAnswer(ViewOutcome.Saved, viewId), AuditActions.ViewEdited, isOnRecord && facts.After!.Count > 0 ? facts : null));
            },
            cancellationToken);
}
