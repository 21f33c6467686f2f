using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Views;

/// <summary>The saved views of one reader: the reader's own, and those that are shared with the reader.</summary>
public sealed class SavedViewsQuery(WefluxDatabase database)
{
    /// <returns>Own ones first, each list in its order; nothing for those who work no conversations.</returns>
    public async Task<IReadOnlyList<SavedViewLine>> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations) || actor.Key is not null)
        {
            return [];
        }

        await using var db = database.Open(actor.Workspace);
        var me = actor.User;
        var views = await db.Set<SavedView>().AsNoTracking().Where(v => v.OwnerId == me || v.Audience != ViewAudience.Me).ToListAsync(cancellationToken);
        return
        [
            .. from view in views
               where view.IsShared ? IsFor(actor.Role, view.Audience) || actor.May(Permission.ShareViews) : view.OwnerId == me
               orderby view.IsShared, view.Position, view.Id
               select new SavedViewLine(
                   view.Id, view.Name, view.View, view.Audience, !view.IsShared || IsFor(actor.Role, view.Audience), !view.IsShared || actor.May(Permission.ShareViews)),
        ];
    }

    private static bool IsFor(Role role, ViewAudience audience) => audience switch
    {
        ViewAudience.Everybody => true,
        ViewAudience.Agents => role == Role.Agent,
        ViewAudience.Managers => role == Role.Manager,
        ViewAudience.Admins => role == Role.Admin,
        _ => false,
    };
}
