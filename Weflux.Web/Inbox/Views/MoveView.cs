using Weflux.Domain.Team;

namespace Weflux.Web.Inbox.Views;

/// <summary>Moves a saved view one place up or down in its list.</summary>
public sealed class MoveView(SavedViewEdits edits)
{
    public Task<ViewAnswer> ExecuteAsync(Actor actor, long viewId, bool isUp, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            (_, views) =>
            {
                if (views.Find(viewId) is not { } view)
                {
                    return Task.FromResult(ViewEdit.Refused(ViewOutcome.NotFound));
                }

                var beside = views.Beside(view.IsShared);
                var at = beside.IndexOf(view);
                var to = Math.Clamp(isUp ? at - 1 : at + 1, 0, beside.Count - 1);
                (beside[at], beside[to]) = (beside[to], beside[at]);

                // All are numbered anew: views that were made at once may have the same place.
                for (var i = 0; i < beside.Count; i++)
                {
                    beside[i].Position = i + 1;
                }

                return Task.FromResult(new ViewEdit(new ViewAnswer(ViewOutcome.Saved, viewId)));
            },
            cancellationToken);
}
