using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Media.Sending;

/// <summary>The file of a message that somebody sends: whose it is, and what the message says of it.</summary>
internal static class SentFile
{
    /// <summary>
    /// The message with what the store knows of its file, whatever the sender said of it; or why it cannot be sent. A message
    /// without a file stays as it is.
    /// </summary>
    /// <param name="db">The transaction that stores the message.</param>
    /// <param name="actor">Who sends.</param>
    /// <param name="content">What is said.</param>
    /// <param name="resendOfId">The message that is sent again, whose file may be sent by whoever may see it; null if none.</param>
    public static async Task<(MessageContent Content, Invalid? Refusal)> ResolveAsync(
        WefluxDbContext db, Actor actor, MessageContent content, long? resendOfId, CancellationToken cancellationToken)
    {
        if (MediaLimits.MediaOf(content) is not { } media || MediaLimits.KindOf(content) is not { } kind)
        {
            return (content, null);
        }

        var id = media.FileId;
        var file = await db.Set<MediaFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.State == MediaState.Ready, cancellationToken);
        var isTheirs = file is not null && (file.IsOf(actor)
            || (resendOfId is { } first && await db.Set<MessageFile>().AnyAsync(l => l.MessageId == first && l.FileId == file.Id, cancellationToken)));
        if (!isTheirs)
        {
            return (content, new Invalid(InvalidReason.FileMissing));
        }

        // What may be a voice note may be a sound as well.
        if (file!.Kind != kind && !(file.Kind == MediaKind.Voice && kind == MediaKind.Audio))
        {
            return (content, new Invalid(InvalidReason.FileNotFitting));
        }

        var known = MediaLimits.With(content, new MediaReference("", file.MimeType, Convert.ToHexStringLower(file.Hash ?? []), file.Id));
        return (known is DocumentContent document
            ? document with { FileName = FileNames.Fit(document.FileName ?? file.FileName, file.MimeType, MediaWords.Fallback(kind)) }
            : known, null);
    }

    /// <summary>
    /// Whether two messages say the same words with the same file. The name of a document does not count: the stored one was
    /// made from the file, and stands for the words where there are none.
    /// </summary>
    public static bool IsSame(MessageContent one, MessageContent other) =>
        MediaLimits.KindOf(one) == MediaLimits.KindOf(other)
        && MediaLimits.MediaOf(one)?.FileId == MediaLimits.MediaOf(other)?.FileId
        && string.Equals(MediaLimits.CaptionOf(one) ?? "", MediaLimits.CaptionOf(other) ?? "", StringComparison.Ordinal);

    /// <summary>Ties a stored message to its file.</summary>
    public static void Attach(WefluxDbContext db, Message message)
    {
        if (MediaLimits.MediaOf(message.Content)?.FileId is { } fileId)
        {
            db.Add(new MessageFile { WorkspaceId = message.WorkspaceId, MessageId = message.Id, FileId = fileId });
        }
    }
}
