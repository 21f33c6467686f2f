using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Work.Notes;

namespace Weflux.Web.Inbox.Views;

/// <summary>A person saw the notes of a conversation that mention them. It changes nothing for others.</summary>
public sealed class MarkMentionsSeen(WefluxDatabase database, InboxBroadcaster broadcaster)
{
    /// <param name="actor">The person.</param>
    /// <param name="conversationId">What was looked at.</param>
    /// <param name="upTo">The change counter up to which the screen showed notes.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Whether there were any that had not been seen.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long conversationId, long upTo, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations) || actor.Key is not null || await FindAsync(actor, conversationId, upTo, cancellationToken) is not { } hint)
        {
            return false;
        }

        var marked = await database.WriteAsync(
            actor.Workspace,
            db => Unseen(db, actor, conversationId, upTo).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsSeen, true), cancellationToken),
            cancellationToken);
        if (marked > 0)
        {
            await broadcaster.TellPersonAsync(actor.Workspace, actor.User, hint);
        }

        return marked > 0;
    }

    /// <summary>Mostly there is nothing to mark, and nobody who writes need wait for that.</summary>
    private async Task<ConversationHint?> FindAsync(Actor actor, long conversationId, long upTo, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await Unseen(db, actor, conversationId, upTo).AnyAsync(cancellationToken)
            && await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken) is { } conversation
            && actor.MaySee(conversation.Holding)
                ? ConversationHint.Of(conversation) with { IsOwn = true }
                : null;
    }

    private static IQueryable<NoteMention> Unseen(WefluxDbContext db, Actor actor, long conversationId, long upTo)
    {
        var me = actor.User;
        return db.Set<NoteMention>().Where(m => m.UserId == me && !m.IsSeen
            && db.Set<Note>().Any(n => n.Id == m.NoteId && n.ConversationId == conversationId && n.ChangeSequence <= upTo));
    }
}
