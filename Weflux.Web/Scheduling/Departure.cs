using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Sending;
using Weflux.Web.Templates;

namespace Weflux.Web.Scheduling;

/// <summary>What the rules say of a scheduled message at the moment when it should leave.</summary>
/// <param name="Outcome">What happens.</param>
/// <param name="Refusal">The decision behind a refusal; null if it goes out, or there is none to show.</param>
internal sealed record Departure(DueOutcome Outcome, SendDecision? Refusal)
{
    /// <summary>What would be stored.</summary>
    private SendReply.Order? Order { get; init; }

    /// <summary>Whether it repeats a message that was sent again already, or that arrived after all.</summary>
    public static async Task<bool> IsNeedlessAsync(WefluxDbContext db, ScheduledMessage scheduled, CancellationToken cancellationToken) =>
        scheduled.ResendOfId is { } first && !await SendReply.MaySendAgainAsync(db, scheduled.ConversationId, first, cancellationToken);

    /// <summary>Decides anew, under the lock of the workspace.</summary>
    /// <param name="actor">In whose name it leaves; null if whoever wrote it is no member any more.</param>
    /// <param name="dueAt">When it was due; the time itself if somebody sends it now.</param>
    public static async Task<Departure> DecideAsync(
        WefluxDbContext db, SendReply sendReply, Actor? actor, ScheduledMessage scheduled, (DateTimeOffset DueAt, DateTimeOffset Now) when, CancellationToken cancellationToken)
    {
        var order = new SendReply.Order(scheduled.ConversationId, scheduled.Content, scheduled.DraftId, scheduled.ResendOfId, scheduled.QuotedId) { ScheduledId = scheduled.Id };
        var typed = actor is null ? null : (await sendReply.JudgeAsync(db, actor, order, cancellationToken))?.Decision;
        var instead = order with { Content = scheduled.Fallback ?? scheduled.Content, QuotedId = null };
        var fallback = actor is not null && typed is NeedsTemplate && scheduled.Fallback is not null
            ? (await sendReply.JudgeAsync(db, actor, instead, cancellationToken))?.Decision ?? new NotPermitted()
            : null;
        var outcome = SchedulePolicy.Decide(when.DueAt, when.Now, typed, fallback);
        return outcome switch
        {
            SendAsTyped => new Departure(outcome, null) { Order = order },
            SendFallback => new Departure(outcome, null) { Order = instead },
            _ => new Departure(await ExplainAsync(db, outcome, scheduled, (fallback is null ? order : instead).Content, cancellationToken), fallback ?? typed),
        };
    }

    /// <summary>Makes the message that leaves, and writes down that it did, in the same transaction.</summary>
    public async Task<SendReply.Stored> LeaveAsync(
        WefluxDbContext db, SendReply sendReply, Actor actor, ScheduledMessage scheduled, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stored = await sendReply.StoreAsync(db, actor, Order!, cancellationToken);
        var messageId = stored?.Result.MessageId ?? throw new InvalidOperationException("What was allowed a moment ago, under the same lock, was not stored.");
        scheduled.MarkSent(messageId, now, await db.TakeSequenceAsync(1, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        return stored;
    }

    /// <summary>A template that is no more what it was has a better reason than "could not be sent as it was".</summary>
    private static async Task<DueOutcome> ExplainAsync(
        WefluxDbContext db, DueOutcome outcome, ScheduledMessage scheduled, MessageContent content, CancellationToken cancellationToken)
    {
        if (outcome is not ComeBack { Fault.Code: OwnFaults.NotSendable } || content is not TemplateContent)
        {
            return outcome;
        }

        var (connectionId, conversationId) = (scheduled.ConnectionId, scheduled.ConversationId);
        var connection = await db.Set<Connection>().AsNoTracking().SingleAsync(c => c.Id == connectionId, cancellationToken);
        var contact = await db.Set<Contact>().AsNoTracking()
            .SingleAsync(c => db.Set<Conversation>().Any(t => t.Id == conversationId && t.ContactId == c.Id), cancellationToken);
        return await TemplateUse.CheckWaitingAsync(db, connection, content, contact.Consent, cancellationToken) is { } fault ? new ComeBack(fault) : outcome;
    }
}
