using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Reading;

/// <summary>The conversations of a workspace by id, so that a walk through them meets each once however they change meanwhile.</summary>
public sealed class ConversationsQuery(WefluxDatabase database, TimeProvider time)
{
    /// <returns>Null if the actor may not see all conversations.</returns>
    public async Task<ApiList<ApiConversation>?> GetAsync(Actor actor, PageRequest page, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeAllConversations))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var after = page.After;
        var rows = await db.Set<Conversation>().AsNoTracking()
            .Where(c => c.Id > after).OrderBy(c => c.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        var shapes = await ConversationShapes.ReadAsync(db, rows, time.GetUtcNow(), cancellationToken);
        return ApiList<ApiConversation>.Cut(shapes, page.Limit, c => c, c => c.Id);
    }

    /// <returns>Null if there is none of that id that the actor may see.</returns>
    public async Task<ApiConversation?> FindAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        var found = await db.Set<Conversation>().AsNoTracking().Where(c => c.Id == id).ToListAsync(cancellationToken);
        return found is [var conversation] && actor.MaySee(conversation.Holding)
            ? (await ConversationShapes.ReadAsync(db, found, time.GetUtcNow(), cancellationToken))[0]
            : null;
    }
}
