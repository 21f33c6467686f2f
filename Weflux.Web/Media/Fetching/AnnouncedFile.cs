using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Media.Fetching;

/// <summary>Notes that a customer's message has a file, in the transaction that stores the message, so that it is never forgotten.</summary>
internal static class AnnouncedFile
{
    /// <returns>Whether there is something to fetch.</returns>
    public static bool Note(WefluxDbContext db, Connection connection, Message message, DateTimeOffset now)
    {
        if (MediaLimits.MediaOf(message.Content) is not { Id.Length: > 0 } media || MediaLimits.KindOf(message.Content) is not { } kind)
        {
            return false;
        }

        var content = message.Content is EditContent edit ? edit.Content : message.Content;
        db.Add(new MessageFile
        {
            WorkspaceId = message.WorkspaceId,
            Message = message,
            File = new MediaFile
            {
                WorkspaceId = message.WorkspaceId,
                Key = Guid.NewGuid(),
                Kind = kind,
                State = MediaState.Fetching,
                CreatedAt = now,
                ConnectionId = connection.Id,
                PlatformId = media.Id,
                AnnouncedHash = media.Sha256.Length == 0 ? null : media.Sha256.Cut(128),
                FileName = content is DocumentContent document ? FileNames.Clean(document.FileName) : null,
                NextTryAt = now,
            },
        });
        return true;
    }
}
