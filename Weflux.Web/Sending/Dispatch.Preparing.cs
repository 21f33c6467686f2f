using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Templates;

namespace Weflux.Web.Sending;

public sealed partial class Dispatch
{
    /// <summary>Everything before the call. What goes wrong here went wrong before anything left, so the message waits for another turn.</summary>
    private async Task<Call?> PrepareAsync(LaneLease lease, OutboundMessage row, CancellationToken ending)
    {
        try
        {
            // A file goes first, before there is an attempt: no message leaves by that, so nothing of it can stay in doubt.
            var files = await uploads.PrepareAsync(lease.Workspace, row.MessageId, MayLeaveAsync, CancellationToken.None);
            if (files?.Refusal is { } refusal)
            {
                await HoldAsync(lease, row, refusal);
                return null;
            }

            // Whatever the customer said until now counts, also a STOP that is only in the journal.
            await journal.HeardAsync(lease.MetaAppId, ending);
            ending.ThrowIfCancellationRequested();
            var (call, change) = await database.WriteAsync(
                lease.Workspace, db => BeginAsync(db, lease, row.MessageId, files?.PlatformIds), CancellationToken.None);
            if (change is not null)
            {
                await broadcaster.AnnounceAsync(lease.Workspace, [change]);
            }

            return call;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (exception is not LaneLostException)
        {
            // Each time later, and not without end: others of this conversation wait behind it.
            await HoldAsync(lease, row, new RetryLater(OwnFaults.Fault(OwnFaults.NotSendable)));
            throw;
        }
    }

    /// <summary>The decision before the upload, so that no file goes up for a message that stays; the one that counts comes with the attempt.</summary>
    private async Task<bool> MayLeaveAsync(WefluxDbContext db, Message message, Connection connection)
    {
        var conversationId = message.ConversationId;
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == conversationId);
        var contactId = conversation.ContactId;
        var contact = await db.Set<Contact>().AsNoTracking().Include(c => c.Identities).SingleAsync(c => c.Id == contactId);
        var circumstances = new SendCircumstances(conversation, contact, connection.State, message.Origin, time.GetUtcNow());
        return await DecideAgainAsync(db, message, circumstances, connection, To(contact, connection)) is null;
    }

    private static Recipient To(Contact contact, Connection connection) => new(contact.Phone?.E164, contact.UserIdIn(connection.IdentityScope));

    /// <summary>Why the message returns to its sender: what allowed it when it was written may have changed since. Null if it may leave.</summary>
    private static async Task<PlatformFault?> DecideAgainAsync(
        WefluxDbContext db, Message message, SendCircumstances circumstances, Connection connection, Recipient recipient)
    {
        var decision = SendPolicy.Decide(actor: null, circumstances, message.Content);
        return !decision.IsAllowed ? OwnFaults.Of(decision)
            : recipient is { Phone: null, UserId: null } ? OwnFaults.Fault(OwnFaults.NoAddress)
            : await TemplateUse.CheckWaitingAsync(db, connection, message.Content, circumstances.Contact.Consent, CancellationToken.None);
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
                    var fault = (refusal as RetryLater)?.Fault;
                    var connection = await db.Set<Connection>().AsNoTracking().SingleAsync(c => c.Id == row.ConnectionId);
                    var rest = fault is null ? null : await Holds.PlaceAsync(db, connection, fault.Code, now);
                    Requeue(db, message, row, fault, now, sequence, rest);
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
        var recipient = To(contact, connection);
        if (await DecideAgainAsync(db, message, new SendCircumstances(conversation, contact, connection.State, message.Origin, now), connection, recipient) is { } fault)
        {
            message.Fail(fault, now, sequence);
            db.Remove(row);
            return (null, await ShowAsync(db, message, conversation));
        }

        if (MediaLimits.FilesOf(message.Content).Any(f => f.FileId is { } id && platformIds?.ContainsKey(id) != true))
        {
            // It may be sent now and could not a moment ago, so its file is not there yet: the next round takes it.
            return (null, null);
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
}
