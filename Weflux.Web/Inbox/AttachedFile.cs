using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.Inbox;

/// <summary>A file that a person sends with the composer, as its script names it.</summary>
/// <param name="DraftId">The id of the message that it becomes: sending it twice makes one message.</param>
/// <param name="FileId">The file in the store.</param>
/// <param name="Kind">As what it is sent.</param>
/// <param name="Caption">The words under it; empty for none.</param>
/// <param name="Known">The change counter that the screen had read when it was attached; 0 if that is not known.</param>
public sealed record AttachedFile(Guid DraftId, long FileId, string Kind, string Caption, long Known = 0)
{
    /// <summary>The message; null if the kind is none.</summary>
    internal MessageContent? ToContent()
    {
        // What the file is, the store knows.
        var media = new MediaReference("", "", "", FileId);
        var caption = string.IsNullOrWhiteSpace(Caption) ? null : Caption.Trim();
        return Enum.TryParse<MediaKind>(Kind, ignoreCase: true, out var kind)
            ? kind switch
            {
                MediaKind.Image => new ImageContent(media, caption),
                MediaKind.Video => new VideoContent(media, caption),
                MediaKind.Audio => new AudioContent(media, IsVoice: false),
                MediaKind.Voice => new AudioContent(media, IsVoice: true),
                MediaKind.Document => new DocumentContent(media, null, caption),
                MediaKind.Sticker => new StickerContent(media, IsAnimated: false),
                _ => null,
            }
            : null;
    }
}
