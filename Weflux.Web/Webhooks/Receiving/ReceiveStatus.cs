using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Connections;
using Weflux.Web.Media.Sending;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>The platform says how far a message of ours came. Our own mark finds the message even before the answer to its send.</summary>
internal static class ReceiveStatus
{
    private const int MarketingStopped = 131050;

    public static async Task ApplyAsync(
        ReceiveContext context, StatusItem item, Connection connection, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var message = context.Targets.Find(item);
        if (message is null)
        {
            KeepEarly(context, item, connection, receivedAt);
            return;
        }

        var isKept = !context.Targets.Reported.Add((message.Id, item.Report.Status));
        var (before, sequence) = (message.Status, context.NextSequence());
        StatusHistory.Apply(context.Db, message, item.Report, receivedAt, sequence, isKept);
        await TroubleRows.FollowAsync(context.Db, message, before, context.Now, sequence, cancellationToken);
        if (item.Report is { Status: DeliveryStatus.Failed, Fault: { } fault })
        {
            await PlatformUploads.ForgetRefusedAsync(context.Db, message, fault.Code, cancellationToken);
        }

        if (context.ConversationOf(message) is { } conversation)
        {
            conversation.ShowStatus(message);
            context.Touch(conversation);
            if (item.Report.Fault?.Code == MarketingStopped)
            {
                await RecordRefusalAsync(context, conversation, item.Report, cancellationToken);
            }
        }
    }

    private static async Task RecordRefusalAsync(
        ReceiveContext context, Conversation conversation, StatusReport report, CancellationToken cancellationToken)
    {
        var contact = await context.Db.Set<Contact>().SingleAsync(c => c.Id == conversation.ContactId, cancellationToken);
        var entry = contact.HearMarketingPreference(isStopped: true, ConsentSource.PlatformRefusal, report.Fault!.Title, report.At);
        if (entry is not null)
        {
            context.Db.Add(entry);
        }
    }

    /// <summary>The answer to the send may still be on its way; or the message is not ours, and the row goes with time.</summary>
    private static void KeepEarly(ReceiveContext context, StatusItem item, Connection connection, DateTimeOffset receivedAt)
    {
        if (context.Targets.Early.Add((connection.Id, item.WhatsAppId, item.Report.Status)))
        {
            context.Db.Add(new EarlyStatus
            {
                WorkspaceId = context.Workspace.Id,
                ConnectionId = connection.Id,
                WhatsAppId = item.WhatsAppId,
                Status = item.Report.Status,
                At = item.Report.At,
                ReceivedAt = receivedAt,
                Fault = item.Report.Fault,
            });
        }
    }
}
