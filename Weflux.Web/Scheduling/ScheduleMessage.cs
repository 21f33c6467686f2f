using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Live;
using Weflux.Web.Media.Sending;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Web.Scheduling;

/// <summary>
/// A person writes something that is to go out later. The policy is asked now as well, so that nobody plans what certainly
/// may not be sent, such as to somebody who asked for silence.
/// </summary>
public sealed class ScheduleMessage(WefluxDatabase database, SendReply sendReply, InboxBroadcaster broadcaster, TimeProvider time)
{
    /// <param name="actor">Who writes.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="content">What to say.</param>
    /// <param name="plan">When, and what if the window is closed then.</param>
    /// <param name="draftId">The draft it comes from: planning the same draft twice makes one message.</param>
    /// <param name="quotedId">The message of the same conversation that it answers; null if none.</param>
    /// <param name="resendOfId">The message that went wrong and that it repeats, which needs no decision any more then; null if none.</param>
    public async Task<ScheduleAnswer> ExecuteAsync(
        Actor actor,
        long conversationId,
        MessageContent content,
        SchedulePlan plan,
        Guid draftId,
        long? quotedId = null,
        long? resendOfId = null,
        CancellationToken cancellationToken = default)
    {
        if (actor.Key is not null || content is ReactionContent)
        {
            return new ScheduleAnswer(ScheduleOutcome.NotFound);
        }

        var (answer, change) = await database.WriteAsync(
            actor.Workspace,
            db => StoreAsync(db, actor, new SendReply.Order(conversationId, content, draftId, resendOfId, quotedId) { IsPlanned = true }, plan, cancellationToken),
            cancellationToken);
        if (change is not null)
        {
            await broadcaster.AnnounceAsync(actor.Workspace, [change]);
        }

        return answer;
    }

    private async Task<(ScheduleAnswer Answer, ConversationChange? Change)> StoreAsync(
        WefluxDbContext db, Actor actor, SendReply.Order order, SchedulePlan plan, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var (conversationId, draftId) = (order.ConversationId, order.DraftId);
        if (await db.Set<Message>().AnyAsync(m => m.DraftId == draftId, cancellationToken))
        {
            return (new ScheduleAnswer(ScheduleOutcome.AlreadySent), null);
        }

        var me = actor.User;
        var earlier = await db.Set<ScheduledMessage>().Where(s => s.DraftId == draftId)
            .Select(s => new { s.Id, s.AuthorId, s.ConversationId }).SingleOrDefaultAsync(cancellationToken);
        if (earlier is not null)
        {
            return (earlier.AuthorId == me && earlier.ConversationId == conversationId
                ? new ScheduleAnswer(ScheduleOutcome.Done, earlier.Id)
                : new ScheduleAnswer(ScheduleOutcome.NotFound), null);
        }

        if (order.ResendOfId is { } firstId
            && await db.Set<ScheduledMessage>().AnyAsync(s => s.ResendOfId == firstId && s.ConversationId == conversationId && s.State == ScheduledState.Waiting, cancellationToken))
        {
            return (new ScheduleAnswer(ScheduleOutcome.NotFound), null);
        }

        var judged = await Judging.PlanAsync(db, sendReply, actor, order, plan, time.GetUtcNow(), cancellationToken);
        if (judged.Refusal is { } refusal)
        {
            return (refusal, null);
        }

        if (await db.Set<ScheduledMessage>().CountAsync(s => s.ConversationId == conversationId && s.State == ScheduledState.Waiting, cancellationToken)
            >= SchedulePolicy.MostWaiting)
        {
            return (new ScheduleAnswer(ScheduleOutcome.TooMany), null);
        }

        return await AddAsync(db, actor, judged, order, cancellationToken);
    }

    private async Task<(ScheduleAnswer Answer, ConversationChange? Change)> AddAsync(
        WefluxDbContext db, Actor actor, Judging judged, SendReply.Order order, CancellationToken cancellationToken)
    {
        var sequence = await db.TakeSequenceAsync(1, cancellationToken);
        var scheduled = ScheduledMessage.Make(
            judged.Conversation!, actor.User, judged.Content!, judged.Plan!, order.DraftId, order.QuotedId, order.ResendOfId, sequence, time.GetUtcNow());
        db.Add(scheduled);
        if (order.ResendOfId is { } first)
        {
            await TroubleRows.ForgetAsync(db, first, cancellationToken);
        }

        judged.Conversation!.ShowScheduled();
        await db.SaveChangesAsync(cancellationToken);
        await SentFile.AttachAsync(db, scheduled, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var (me, words, conversationId, draftId) = (actor.User, scheduled.Content.Text, order.ConversationId, order.DraftId);
        await db.Set<Draft>().Where(d => d.ConversationId == conversationId && d.UserId == me && (d.DraftId == draftId || d.Text == words))
            .ExecuteDeleteAsync(cancellationToken);
        return (new ScheduleAnswer(ScheduleOutcome.Done, scheduled.Id), ConversationChange.Of(judged.Conversation));
    }
}
