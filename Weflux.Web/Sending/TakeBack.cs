using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Live;
using Weflux.Web.Media;

namespace Weflux.Web.Sending;

/// <summary>What became of a message that its author wanted back.</summary>
public enum TakeBackOutcome
{
    /// <summary>There is no such message for this person.</summary>
    NotFound,

    /// <summary>It has begun to leave.</summary>
    TooLate,

    /// <summary>It is gone, and nobody got it.</summary>
    TakenBack,
}

/// <summary>What became of it, and what it said.</summary>
/// <param name="Outcome">Whether it is back.</param>
/// <param name="Content">What it said, to go back to where it was written; null unless it is back.</param>
/// <param name="Files">Its files, which are kept for a day.</param>
public sealed record TakeBackAnswer(TakeBackOutcome Outcome, MessageContent? Content = null, IReadOnlyList<MediaView>? Files = null);

/// <summary>
/// Whoever sent a message a moment ago takes it back before it leaves. Message, outbox row and ties to files go in one
/// transaction; once an attempt has begun nothing can be taken back.
/// </summary>
public sealed class TakeBack(WefluxDatabase database, InboxBroadcaster broadcaster, TimeProvider time)
{
    public async Task<TakeBackAnswer> ExecuteAsync(Actor actor, long messageId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SendMessages) || actor.Key is not null)
        {
            return new TakeBackAnswer(TakeBackOutcome.NotFound);
        }

        var (answer, change) = await database.WriteAsync(
            actor.Workspace, db => RemoveAsync(db, actor, messageId, cancellationToken), cancellationToken);
        if (change is not null)
        {
            await broadcaster.AnnounceAsync(actor.Workspace, [change]);
        }

        return answer;
    }

    private async Task<(TakeBackAnswer Answer, ConversationChange? Change)> RemoveAsync(
        WefluxDbContext db, Actor actor, long messageId, CancellationToken cancellationToken)
    {
        // The sender begins its attempt under the same lock.
        var sequence = await db.TakeSequenceAsync(1, cancellationToken);
        var message = await db.Set<Message>().SingleOrDefaultAsync(m => m.Id == messageId, cancellationToken);
        var conversationId = message?.ConversationId ?? 0;
        var conversation = await db.Set<Conversation>().SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        if (message is null || conversation is null || message.AuthorId != actor.User || !actor.MaySee(conversation.Holding))
        {
            return (new TakeBackAnswer(TakeBackOutcome.NotFound), null);
        }

        var row = await db.Set<OutboundMessage>().SingleOrDefaultAsync(o => o.MessageId == messageId, cancellationToken);
        if (row is not { State: OutboundState.Waiting, AttemptId: null, Before: { } before }
            || await db.Set<SendAttempt>().AnyAsync(a => a.MessageId == messageId, cancellationToken))
        {
            return (new TakeBackAnswer(TakeBackOutcome.TooLate), null);
        }

        var files = (await MediaViews.ReadAsync(db, [message], cancellationToken))[messageId].ToList();
        var newest = await db.Set<Message>().AsNoTracking().Where(m => m.ConversationId == conversationId && m.Id != messageId)
            .OrderByDescending(m => m.SaidAt).ThenByDescending(m => m.Sequence).FirstOrDefaultAsync(cancellationToken);
        var heldBefore = conversation.Holding;
        conversation.TakeBack(message, before, newest, sequence);
        var brought = message.Sequence;
        await db.Set<ConversationEvent>().Where(e => e.ConversationId == conversationId && e.Sequence == brought).ExecuteDeleteAsync(cancellationToken);
        db.Remove(row);
        db.Remove(message);
        await db.SaveChangesAsync(cancellationToken);
        await KeepWordsAsync(db, actor, message, cancellationToken);
        return (new TakeBackAnswer(TakeBackOutcome.TakenBack, message.Content, files), ConversationChange.Of(conversation, heldBefore));
    }

    /// <summary>The words are a draft again, unless something else has been typed since.</summary>
    private async Task KeepWordsAsync(WefluxDbContext db, Actor actor, Message message, CancellationToken cancellationToken)
    {
        if (message.Content is TextContent { Body: { } words })
        {
            await DraftWords.PutBackAsync(db, actor.Workspace, message.ConversationId, actor.User, words, time.GetUtcNow(), cancellationToken);
        }
    }
}
