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
using Weflux.Web.Templates;

namespace Weflux.Web.Sending;

/// <summary>
/// One message's way out: decide again, commit the attempt, call once, commit what came of it. The attempt is durable
/// before the first byte leaves, so that whatever ends the process, nobody sends the message a second time.
/// </summary>
public sealed class Dispatch(
    WefluxDatabase database,
    CloudApiClient cloudApi,
    PlatformUploads uploads,
    InboxBroadcaster broadcaster,
    ConnectionSignals connections,
    ReadReceiptSender receipts,
    TimeProvider time)
{
    private static readonly TimeSpan ConfirmationPatience = TimeSpan.FromMinutes(5);

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

    public async Task ExecuteAsync(LaneLease lease, OutboundMessage row)
    {
        // A file goes first, before there is an attempt: no message leaves by that, so nothing of it can stay in doubt.
        var files = await uploads.PrepareAsync(lease.Workspace, row.MessageId, CancellationToken.None);
        if (files?.Refusal is { } refusal)
        {
            await HoldAsync(lease, row, refusal);
            return;
        }

        var (call, change) = await database.WriteAsync(
            lease.Workspace, db => BeginAsync(db, lease, row.MessageId, files?.PlatformIds), CancellationToken.None);
        if (change is not null)
        {
            await broadcaster.AnnounceAsync(lease.Workspace, [change]);
        }

        if (call is null)
        {
            return;
        }

        FailPoint.Pass(FailPoint.AttemptCommitted);
        var result = await cloudApi.SendAsync(call.Connection, call.Recipient, call.Content, call.AttemptId, call.QuotedWhatsAppId, CancellationToken.None);
        FailPoint.Pass(FailPoint.CallAnswered);
        var settled = await _settling.ExecuteAsync(
            async token => await database.WriteAsync(lease.Workspace, db => SettleAsync(db, call, result), token));
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

    /// <summary>The file was not taken: the message fails, or waits for its next turn.</summary>
    private async Task HoldAsync(LaneLease lease, OutboundMessage waiting, SendResult refusal)
    {
        var messageId = waiting.MessageId;
        var change = await database.WriteAsync(
            lease.Workspace,
            async db =>
            {
                await lease.FenceAsync(db, CancellationToken.None);
                var row = await db.Set<OutboundMessage>().SingleOrDefaultAsync(o => o.MessageId == messageId && o.State == OutboundState.Waiting);
                if (row is null)
                {
                    return null;
                }

                var now = time.GetUtcNow();
                var sequence = await db.TakeSequenceAsync(1, CancellationToken.None);
                var message = await db.Set<Message>().SingleAsync(m => m.Id == messageId);
                if (refusal is Rejected rejected)
                {
                    message.Fail(rejected.Fault, now, sequence);
                    Remove(db, row);
                    await CheckNumberAsync(db, waiting.ConnectionId, refusal, now);
                }
                else
                {
                    Requeue(db, message, row, (refusal as RetryLater)?.Fault, now, sequence);
                }

                return await ShowAsync(db, message);
            },
            CancellationToken.None);
        if (change is not null)
        {
            await broadcaster.AnnounceAsync(lease.Workspace, [change]);
        }

        if (IsRefusedNumber(refusal))
        {
            connections.Ask(waiting.ConnectionId);
        }
    }

    private async Task<(Call? Call, ConversationChange? Change)> BeginAsync(
        WefluxDbContext db, LaneLease lease, long messageId, IReadOnlyDictionary<long, string>? platformIds)
    {
        await lease.FenceAsync(db, CancellationToken.None);
        var row = await db.Set<OutboundMessage>().SingleOrDefaultAsync(o => o.MessageId == messageId && o.State == OutboundState.Waiting);
        if (row is null)
        {
            return (null, null);
        }

        var sequence = await db.TakeSequenceAsync(1, CancellationToken.None);
        var message = await db.Set<Message>().SingleAsync(m => m.Id == messageId);
        var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == message.ConversationId);
        var contact = await db.Set<Contact>().Include(c => c.Identities).SingleAsync(c => c.Id == conversation.ContactId);
        var connection = await db.Set<Connection>().AsNoTracking().SingleAsync(c => c.Id == message.ConnectionId);
        var now = time.GetUtcNow();
        var recipient = new Recipient(contact.Phone?.E164, contact.UserIdIn(connection.IdentityScope));
        if (await DecideAgainAsync(db, message, new SendCircumstances(conversation, contact, connection.State, message.Origin, now), connection, recipient) is { } fault)
        {
            message.Fail(fault, now, sequence);
            db.Remove(row);
            return (null, await ShowAsync(db, message, conversation));
        }

        var attempt = new SendAttempt
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = lease.Workspace,
            MessageId = messageId,
            StartedAt = now,
        };
        db.Add(attempt);
        row.State = OutboundState.InFlight;
        row.AttemptId = attempt.Id;
        row.NextAt = now + ConfirmationPatience;
        message.BeginSending(sequence);
        var content = platformIds is null ? message.Content : MediaLimits.WithFiles(
            message.Content, media => media.FileId is { } fileId && platformIds.TryGetValue(fileId, out var id) ? media with { Id = id } : media);
        return (new Call(messageId, attempt.Id, connection, recipient, content, message.Context?.QuotedWhatsAppId, message.ConversationId, AnswersAsPerson(message)), await ShowAsync(db, message, conversation));
    }

    /// <summary>Why the message returns to its sender: what allowed it when it was written may have changed since. Null if it may leave.</summary>
    private static async Task<PlatformFault?> DecideAgainAsync(
        WefluxDbContext db, Message message, SendCircumstances circumstances, Connection connection, Recipient recipient)
    {
        var decision = SendPolicy.Decide(actor: null, circumstances, message.Content);
        return !decision.IsAllowed ? OwnFaults.Of(decision)
            : recipient is { Phone: null, UserId: null } ? OwnFaults.Fault(OwnFaults.NoAddress)
            : await TemplateUse.CheckWaitingAsync(db, connection, message.Content, circumstances.Contact.Consent, CancellationToken.None);
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
                break;
            case Rejected rejected:
                attempt.Outcome = AttemptOutcome.Rejected;
                attempt.ErrorCode = rejected.Fault.Code;
                message.Fail(rejected.Fault, now, sequence);
                Remove(db, row);
                await CheckNumberAsync(db, call.Connection.Id, result, now);
                break;
            case RetryLater refused:
                attempt.Outcome = AttemptOutcome.RetryLater;
                attempt.ErrorCode = refused.Fault.Code;
                Requeue(db, message, row, refused.Fault, now, sequence);
                break;
            case NotSent notSent:
                attempt.Outcome = AttemptOutcome.NotSent;
                attempt.Detail = notSent.Detail;
                Requeue(db, message, row, fault: null, now, sequence);
                break;
            case Unknown unknown:
                attempt.Outcome = AttemptOutcome.Unknown;
                attempt.Detail = unknown.Detail;
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
        WefluxDbContext db, Message message, OutboundMessage? row, PlatformFault? fault, DateTimeOffset now, long sequence)
    {
        if (row is null || message.Status.IsSettled())
        {
            Remove(db, row);
            return;
        }

        if (row.Refusals >= Backoff.MostRefusals)
        {
            message.Fail(OwnFaults.Fault(fault is null ? OwnFaults.NotReached : OwnFaults.GaveUp), now, sequence);
            Remove(db, row);
            return;
        }

        row.State = OutboundState.Waiting;
        row.AttemptId = null;
        row.NextAt = now + Backoff.After(fault, row.Refusals);
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
        }
    }

    private static void Remove(WefluxDbContext db, OutboundMessage? row)
    {
        if (row is not null)
        {
            db.Remove(row);
        }
    }

    private static async Task<ConversationChange?> ShowAsync(WefluxDbContext db, Message message, Conversation? conversation = null)
    {
        conversation ??= await db.Set<Conversation>().SingleAsync(c => c.Id == message.ConversationId);
        conversation.ShowStatus(message);
        await db.SaveChangesAsync();
        return ConversationChange.Of(conversation);
    }

    private sealed record Call(long MessageId, Guid AttemptId, Connection Connection, Recipient Recipient, MessageContent Content, string? QuotedWhatsAppId, long ConversationId, bool AnswersAsPerson);
}
