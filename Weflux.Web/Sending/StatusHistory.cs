using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Web.Data;

namespace Weflux.Web.Sending;

/// <summary>Reports a status to its message and keeps it in the message's history, once for each status.</summary>
internal static class StatusHistory
{
    public static async Task ApplyAsync(
        WefluxDbContext db, Message message, StatusReport report, DateTimeOffset receivedAt, long changeSequence, CancellationToken cancellationToken)
    {
        var (id, status) = (message.Id, report.Status);
        var isKept = db.Set<MessageStatusEntry>().Local.Any(s => s.MessageId == id && s.Status == status)
            || await db.Set<MessageStatusEntry>().AnyAsync(s => s.MessageId == id && s.Status == status, cancellationToken);
        Apply(db, message, report, receivedAt, changeSequence, isKept);
    }

    public static void Apply(
        WefluxDbContext db, Message message, StatusReport report, DateTimeOffset receivedAt, long changeSequence, bool isKept)
    {
        message.Report(report, changeSequence);
        if (!isKept)
        {
            db.Add(new MessageStatusEntry
            {
                WorkspaceId = message.WorkspaceId,
                MessageId = message.Id,
                Status = report.Status,
                At = report.At,
                ReceivedAt = receivedAt,
                Fault = report.Fault,
            });
        }
    }
}
