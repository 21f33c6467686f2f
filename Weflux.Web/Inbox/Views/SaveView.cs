using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Inbox.Views;

/// <summary>A member gives a view a name, for themselves, or a Manager or an Admin does for others.</summary>
public sealed class SaveView(SavedViewEdits edits)
{
    public Task<ViewAnswer> ExecuteAsync(Actor actor, string? name, InboxView view, ViewAudience audience, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            async (db, views) =>
            {
                if (!view.IsSound)
                {
                    return ViewEdit.Refused(ViewOutcome.Invalid);
                }

                if (views.Judge(null, name, audience, out var plain) is not ViewOutcome.Saved and var fault)
                {
                    return ViewEdit.Refused(fault);
                }

                var saved = new SavedView
                {
                    WorkspaceId = actor.Workspace,
                    OwnerId = actor.User,
                    Name = plain,
                    Audience = audience,
                    Position = views.NextPlace(audience != ViewAudience.Me),
                    View = view,
                };
                db.Add(saved);
                await db.SaveChangesAsync(cancellationToken);
                return new ViewEdit(
                    new ViewAnswer(ViewOutcome.Saved, saved.Id),
                    AuditActions.ViewShared,
                    saved.IsShared ? AuditFacts.Made(plain, ("For", ViewWords.Of(audience))) : null);
            },
            cancellationToken);
}
