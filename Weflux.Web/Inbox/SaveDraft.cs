using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox;

/// <summary>Keeps what a person has typed in a conversation.</summary>
public sealed class SaveDraft(WefluxDatabase database, SharedRows rows, TimeProvider time)
{
    /// <summary>More than a message may hold, so that an overlong draft is not cut while its writer shortens it.</summary>
    public const int MaxLength = 16_384;

    /// <param name="actor">The person.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="draftId">The id of the message it would become.</param>
    /// <param name="text">What is typed; empty to forget the draft.</param>
    /// <param name="known">The change counter that the screen had read when the writing began; 0 if that is not known.</param>
    /// <param name="cancellationToken">Ends the storing.</param>
    /// <returns>False if nothing is kept: the text is longer than <see cref="MaxLength"/>, the person may not see the conversation, or the draft was sent.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long conversationId, Guid draftId, string text, long known = 0, CancellationToken cancellationToken = default)
    {
        if (text.Length > MaxLength)
        {
            return false;
        }

        var isKept = await database.WriteAsync(
            actor.Workspace, db => SaveAsync(db, actor, conversationId, new DraftView(draftId, text, known), cancellationToken), cancellationToken);
        rows.Forget(actor.Workspace, conversationId);
        return isKept;
    }

    private async Task<bool> SaveAsync(
        WefluxDbContext db, Actor actor, long conversationId, DraftView written, CancellationToken cancellationToken)
    {
        var (draftId, text, known) = written;
        // Two tabs of one person would both find no draft and both add one.
        await db.LockWorkspaceAsync(cancellationToken);
        var conversation = await db.Set<Conversation>().Where(c => c.Id == conversationId)
            .Select(c => new { Holding = new Holding(c.AssigneeId, c.TeamId, c.AskedMemberId, c.AskedTeamId, c.Participants) }).SingleOrDefaultAsync(cancellationToken);
        if (conversation is null || !actor.MaySee(conversation.Holding) || !actor.May(Permission.WorkConversations))
        {
            return false;
        }

        // A draft that was sent or planned meanwhile must not come back from a late keystroke; the browser keeps what is newer.
        if (await db.Set<Message>().AnyAsync(m => m.DraftId == draftId, cancellationToken)
            || await db.Set<ScheduledMessage>().AnyAsync(s => s.DraftId == draftId, cancellationToken))
        {
            return false;
        }

        var me = actor.User;
        var draft = await db.Set<Draft>().SingleOrDefaultAsync(d => d.ConversationId == conversationId && d.UserId == me, cancellationToken);
        if (draft is null)
        {
            draft = new Draft
            {
                WorkspaceId = actor.Workspace,
                ConversationId = conversationId,
                UserId = me,
                DraftId = draftId,
                Text = text,
                UpdatedAt = time.GetUtcNow(),
            };
            db.Add(draft);
        }

        draft.DraftId = draftId;
        draft.Text = text;
        draft.UpdatedAt = time.GetUtcNow();
        draft.KnownSequence = known;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
