using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Drafts;

/// <summary>Somebody throws away what they had begun to write in a conversation.</summary>
public sealed class ThrowAwayDraft(WefluxDatabase database, SharedRows rows)
{
    /// <returns>Whether there was one.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default)
    {
        if (actor.Key is not null || !actor.May(Permission.WorkConversations))
        {
            return false;
        }

        var me = actor.User;
        var gone = await database.WriteAsync(
            actor.Workspace,
            db => db.Set<Draft>().Where(d => d.ConversationId == conversationId && d.UserId == me).ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
        rows.Forget(actor.Workspace, conversationId);
        return gone > 0;
    }
}
