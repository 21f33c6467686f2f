using Microsoft.EntityFrameworkCore;
using Polly;
using Polly.Retry;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Media.Sending;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Sending.Watch;
using Weflux.Web.Templates;

namespace Weflux.Web.Sending;

/// <summary>
/// One message's way out: decide again, commit the attempt, call once, commit what came of it. The attempt is durable
/// before the first byte leaves, so that whatever ends the process, nobody sends the message a second time.
/// </summary>
public sealed partial class Dispatch(
    WefluxDatabase database,
    CloudApiClient cloudApi,
    PlatformUploads uploads,
    SendBreakers breakers,
    ILaneJournal journal,
    InboxBroadcaster broadcaster,
    ConnectionSignals connections,
    ReadReceiptSender receipts,
    SendingMeter meter,
    TimeProvider time)
{
    /// <summary>How long a message whose answer was lost waits for a status.</summary>
    internal static readonly TimeSpan ConfirmationPatience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A process that was stopped for longer, between committing the attempt and calling, does not call any more: others
    /// hold the message for doubtful by now, and may have shown it so.
    /// </summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>What the platform answered is known only here until it is stored, so storing it is worth some patience.</summary>
    private readonly ResiliencePipeline _settling = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<System.Data.Common.DbException>().Handle<DbUpdateException>().Handle<DatabaseUnavailableException>(),
            MaxRetryAttempts = 6,
            Delay = TimeSpan.FromSeconds(1),
            BackoffType = DelayBackoffType.Exponential,
        })
        .Build();

    /// <param name="lease">The lane.</param>
    /// <param name="row">The message.</param>
    /// <param name="isTrial">Whether it is the message that tries whether its number may go on after a rest.</param>
    /// <param name="ending">Once it ends, nothing new begins; a call that has begun is not cut off.</param>
    public async Task ExecuteAsync(LaneLease lease, OutboundMessage row, bool isTrial, CancellationToken ending)
    {
        if (await PrepareAsync(lease, row, ending) is not { } call)
        {
            return;
        }

        await FailPoint.PassAsync(FailPoint.AttemptCommitted, database.Gate);
        call = call with { IsTrial = isTrial };
        var waited = row.Refusals == 0 ? time.GetUtcNow() - row.NextAt : (TimeSpan?)null;
        var result = await breakers.CallAsync(call.Connection.Id, () => CallAsync(call));
        meter.Called(call.Connection.Id, result, waited);
        FailPoint.Pass(FailPoint.CallAnswered);
        var settled = await _settling.ExecuteAsync(
            async token => await database.WriteAsync(lease.Workspace, db => SettleAsync(db, call, result), token), CancellationToken.None);
        if (settled is not null)
        {
            await broadcaster.AnnounceAsync(lease.Workspace, [settled]);
        }

        if (result is Accepted && call.AnswersAsPerson)
        {
            receipts.Answered(lease.Workspace, call.ConversationId);
        }

        if (IsRefusedNumber(result))
        {
            connections.Ask(call.Connection.Id);
        }
    }

    /// <summary>The one POST of an attempt.</summary>
    private async Task<SendResult> CallAsync(Call call) =>
        TimeProvider.System.GetElapsedTime(call.BegunAt) > LongestPause
            ? new NotSent("This process stood still between the attempt and its call.")
            : await cloudApi.SendAsync(call.Connection, call.Recipient, call.Content, call.AttemptId, call.QuotedWhatsAppId, CancellationToken.None);

    /// <summary>Nobody confirmed the message in time.</summary>
    public async Task GiveUpAsync(LaneLease lease, long messageId)
    {
        var change = await database.WriteAsync(
            lease.Workspace,
            async db =>
            {
                await lease.FenceAsync(db, CancellationToken.None);
                var removed = await db.Set<OutboundMessage>()
                    .Where(o => o.MessageId == messageId && o.State == OutboundState.Unknown).ExecuteDeleteAsync();
                if (removed == 0)
                {
                    return null;
                }

                var sequence = await db.TakeSequenceAsync(1, CancellationToken.None);
                var message = await db.Set<Message>().SingleAsync(m => m.Id == messageId);
                message.GiveUpConfirmation(sequence);
                return await ShowAsync(db, message);
            },
            CancellationToken.None);
        if (change is not null)
        {
            await broadcaster.AnnounceAsync(lease.Workspace, [change]);
        }
    }

    private static bool AnswersAsPerson(Message message) =>
        message.Origin is MessageOrigin.Person or MessageOrigin.Api && message.Content is not ReactionContent;

    private async Task<ConversationChange?> SettleAsync(WefluxDbContext db, Call call, SendResult result)
    {
        var now = time.GetUtcNow();
        var sequence = await db.TakeSequenceAsync(1, CancellationToken.None);
        var attempt = await db.Set<SendAttempt>().SingleAsync(a => a.Id == call.AttemptId);
        attempt.EndedAt = now;
        var message = await db.Set<Message>().SingleAsync(m => m.Id == call.MessageId);

        // A node that lost its lease meanwhile still knows the truth about its own attempt, but the row is no longer its own.
        var row = await db.Set<OutboundMessage>().SingleOrDefaultAsync(o => o.MessageId == call.MessageId && o.AttemptId == call.AttemptId);
        switch (result)
        {
            case Accepted accepted:
                attempt.Outcome = AttemptOutcome.Accepted;
                message.Accept(accepted.WhatsAppId, sequence);
                await ApplyEarlyAsync(db, message, accepted.WhatsAppId, sequence);
                Remove(db, row);
                await EndRestAsync(db, call);
                break;
            case Rejected rejected:
                attempt.Outcome = AttemptOutcome.Rejected;
                attempt.ErrorCode = rejected.Fault.Code;
                message.Fail(rejected.Fault, now, sequence);
                Remove(db, row);
                await PlatformUploads.ForgetRefusedAsync(db, message, rejected.Fault.Code, CancellationToken.None);
                await CheckNumberAsync(db, call.Connection.Id, result, now);
                if (await Holds.PlaceAsync(db, call.Connection, rejected.Fault.Code, now) is null)
                {
                    await EndRestAsync(db, call);
                }

                break;
            case RetryLater refused:
                attempt.Outcome = AttemptOutcome.RetryLater;
                attempt.ErrorCode = refused.Fault.Code;
                Requeue(db, message, row, refused.Fault, now, sequence, await Holds.PlaceAsync(db, call.Connection, refused.Fault.Code, now));
                break;
            case NotSent notSent:
                attempt.Outcome = AttemptOutcome.NotSent;
                attempt.Detail = notSent.Detail;
                Requeue(db, message, row, fault: null, now, sequence, await RestAsync(db, call, now));
                break;
            case Unknown unknown:
                attempt.Outcome = AttemptOutcome.Unknown;
                attempt.Detail = unknown.Detail;
                await RestAsync(db, call, now);
                if (message.Status.IsSettled())
                {
                    Remove(db, row);
                }
                else if (row is not null)
                {
                    row.State = OutboundState.Unknown;
                }

                break;
        }

        return await ShowAsync(db, message);
    }

    /// <summary>The number rests if its breaker opened, or if this message tried and had no answer either.</summary>
    private async Task<DateTimeOffset?> RestAsync(WefluxDbContext db, Call call, DateTimeOffset now) =>
        call.IsTrial || breakers.IsOpen(call.Connection.Id) ? await Holds.PlaceAsync(db, call.Connection, OwnFaults.NotReached, now) : null;

    private static Task EndRestAsync(WefluxDbContext db, Call call) =>
        call.IsTrial ? Holds.LiftAsync(db, call.Connection.Id) : Task.CompletedTask;

    /// <summary>Not the message was refused but the token or the number: somebody must look.</summary>
    private static bool IsRefusedNumber(SendResult result) =>
        result is Rejected rejected
        && (rejected.Fault.Code == OwnFaults.TokenUnreadable || PlatformErrors.Classify(rejected.Fault.Code) == PlatformErrorClass.ConnectionBroken);

    /// <summary>Written down, so that whoever is up looks at the number even if this process ends now.</summary>
    private static async Task CheckNumberAsync(WefluxDbContext db, long id, SendResult result, DateTimeOffset now)
    {
        if (IsRefusedNumber(result))
        {
            await db.Set<ConnectionCheckup>().Where(c => c.ConnectionId == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.NextAt, now));
        }
    }

    private static void Requeue(
        WefluxDbContext db, Message message, OutboundMessage? row, PlatformFault? fault, DateTimeOffset now, long sequence, DateTimeOffset? rest = null)
    {
        if (row is null || message.Status.IsSettled())
        {
            Remove(db, row);
            if (message.Status == DeliveryStatus.NotConfirmed)
            {
                // Others held it for doubtful meanwhile. It certainly did not arrive.
                message.Fail(OwnFaults.Fault(fault is null ? OwnFaults.NotReached : OwnFaults.GaveUp), now, sequence);
            }

            return;
        }

        if (row.Refusals >= Backoff.MostRefusals(fault))
        {
            message.Fail(fault is { Code: < 0 } ? fault : OwnFaults.Fault(fault is null ? OwnFaults.NotReached : OwnFaults.GaveUp), now, sequence);
            Remove(db, row);
            return;
        }

        row.State = OutboundState.Waiting;
        row.AttemptId = null;
        row.NextAt = rest ?? now + Backoff.After(fault, row.Refusals);
        row.Refusals++;
        message.ReturnToQueue(sequence);
    }

    private static async Task ApplyEarlyAsync(WefluxDbContext db, Message message, string whatsAppId, long sequence)
    {
        var connection = message.ConnectionId;
        var early = await db.Set<EarlyStatus>().Where(s => s.ConnectionId == connection && s.WhatsAppId == whatsAppId).ToListAsync();
        foreach (var status in early)
        {
            await StatusHistory.ApplyAsync(
                db, message, new StatusReport(status.Status, status.At, whatsAppId, status.Fault), status.ReceivedAt, sequence, CancellationToken.None);
            db.Remove(status);
            if (status is { Status: DeliveryStatus.Failed, Fault: { } fault })
            {
                await PlatformUploads.ForgetRefusedAsync(db, message, fault.Code, CancellationToken.None);
            }
        }
    }

    private static void Remove(WefluxDbContext db, OutboundMessage? row)
    {
        if (row is not null)
        {
            db.Remove(row);
        }
    }

    private async Task<ConversationChange?> ShowAsync(WefluxDbContext db, Message message, Conversation? conversation = null)
    {
        conversation ??= await db.Set<Conversation>().SingleAsync(c => c.Id == message.ConversationId);
        conversation.ShowStatus(message);
        var before = db.Entry(message).Property(m => m.Status).OriginalValue;
        await TroubleRows.FollowAsync(db, message, before, time.GetUtcNow(), message.ChangeSequence, CancellationToken.None);
        await db.SaveChangesAsync();
        return ConversationChange.Of(conversation);
    }

    private sealed record Call(
        long MessageId, Guid AttemptId, Connection Connection, Recipient Recipient, MessageContent Content, string? QuotedWhatsAppId, long ConversationId, bool AnswersAsPerson)
    {
        /// <summary>When the attempt was about to be committed (a monotonic timestamp).</summary>
        public long BegunAt { get; } = TimeProvider.System.GetTimestamp();

        public bool IsTrial { get; init; }
    }
}
