using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Media;

/// <summary>The messages that carry a file.</summary>
internal static class MessagesOfFiles
{
    /// <summary>Marks them as changed, so that every open thread reads them again, and saves.</summary>
    /// <returns>What to announce after the commit.</returns>
    public static async Task<IReadOnlyList<ConversationChange>> ShowAsync(
        WefluxDbContext db, long fileId, long sequence, CancellationToken cancellationToken)
    {
        var messages = await (
            from link in db.Set<MessageFile>()
            join message in db.Set<Message>() on link.MessageId equals message.Id
            where link.FileId == fileId
            select message).ToListAsync(cancellationToken);
        var changes = new List<ConversationChange>();
        foreach (var message in messages)
        {
            message.ShowFile(sequence);
            var conversationId = message.ConversationId;
            var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == conversationId, cancellationToken);
            conversation.ShowStatus(message);
            changes.Add(ConversationChange.Of(conversation));
        }

        await db.SaveChangesAsync(cancellationToken);
        return [.. changes.DistinctBy(c => c.Hint.ConversationId)];
    }
}
