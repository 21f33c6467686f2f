using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Scheduling;

/// <summary>Who may do what with a scheduled message: its author, and whoever sees every conversation.</summary>
internal static class ScheduledAccess
{
    /// <summary>Whether the person may change it, provided that the person may see the conversation.</summary>
    public static bool MayChange(Actor actor, UserId author) =>
        actor.Key is null && actor.May(Permission.SendMessages) && (author == actor.User || actor.May(Permission.AssignToOthers));

    /// <summary>An open one that this person may change, and its thread, read under the lock of the workspace; null if there is none.</summary>
    public static async Task<(ScheduledMessage Scheduled, Conversation Conversation)?> FindAsync(
        WefluxDbContext db, Actor actor, long id, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var scheduled = await db.Set<ScheduledMessage>().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (scheduled is not { IsOpen: true } || !MayChange(actor, scheduled.AuthorId))
        {
            return null;
        }

        var conversationId = scheduled.ConversationId;
        var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == conversationId, cancellationToken);
        return actor.MaySee(conversation.Holding) ? (scheduled, conversation) : null;
    }
}
