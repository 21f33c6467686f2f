using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Media.Sending;

/// <summary>The files of a message that somebody sends: whose they are, and what the message says of them.</summary>
internal static class SentFile
{
    /// <summary>
    /// The message with what the store knows of its files, whatever the sender said of them; or why it cannot be sent. A
    /// message without a file stays as it is.
    /// </summary>
    /// <param name="db">The transaction that stores the message.</param>
    /// <param name="actor">Who sends.</param>
    /// <param name="content">What is said.</param>
    /// <param name="source">Where it comes from: the files there may be sent by whoever may see it.</param>
    public static async Task<(MessageContent Content, Invalid? Refusal)> ResolveAsync(
        WefluxDbContext db, Actor actor, MessageContent content, FileSource source, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, MediaFile>();
        foreach (var (media, kind) in Wanted(content))
        {
            var (file, refusal) = await FindAsync(db, actor, media.FileId, kind, source, cancellationToken);
            if (file is null)
            {
                return (content, refusal);
            }

            found[file.Id] = file;
        }

        return (found.Count == 0 ? content : Tell(content, found), null);
    }

    /// <summary>
    /// Whether two messages say the same words with the same files. The name of a document does not count: the stored one was
    /// made from the file, and stands for the words where there are none.
    /// </summary>
    public static bool IsSame(MessageContent one, MessageContent other) => (one, other) switch
    {
        (TemplateContent first, TemplateContent second) => string.Equals(Bare(first), Bare(second), StringComparison.Ordinal),
        _ => MediaLimits.KindOf(one) == MediaLimits.KindOf(other)
            && MediaLimits.MediaOf(one)?.FileId == MediaLimits.MediaOf(other)?.FileId
            && string.Equals(MediaLimits.CaptionOf(one) ?? "", MediaLimits.CaptionOf(other) ?? "", StringComparison.Ordinal),
    };

    /// <summary>Ties a stored message to its files.</summary>
    public static void Attach(WefluxDbContext db, Message message) =>
        db.AddRange(MediaLimits.FilesOf(message.Content).Select(f => f.FileId).OfType<long>().Distinct()
            .Select(fileId => new MessageFile { WorkspaceId = message.WorkspaceId, MessageId = message.Id, FileId = fileId }));

    /// <summary>Ties a stored scheduled message to its files, and to no others any more.</summary>
    public static async Task AttachAsync(WefluxDbContext db, ScheduledMessage scheduled, CancellationToken cancellationToken)
    {
        var id = scheduled.Id;
        await db.Set<ScheduledFile>().Where(l => l.ScheduledId == id).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(MediaLimits.FilesOf(scheduled.Content).Concat(scheduled.Fallback?.Files() ?? []).Select(f => f.FileId).OfType<long>().Distinct()
            .Select(fileId => new ScheduledFile { WorkspaceId = scheduled.WorkspaceId, ScheduledId = id, FileId = fileId }));
    }

    private static IEnumerable<(MediaReference Media, MediaKind Kind)> Wanted(MessageContent content) => content switch
    {
        TemplateContent template => template.FileHeaders()
            .Select(h => (((FileValue)h.Value).Media!, MediaLimits.KindOf(h.Format) ?? MediaKind.Document)),
        _ when MediaLimits.MediaOf(content) is { } media && MediaLimits.KindOf(content) is { } kind => [(media, kind)],
        _ => [],
    };

    private static async Task<(MediaFile? File, Invalid? Refusal)> FindAsync(
        WefluxDbContext db, Actor actor, long? id, MediaKind kind, FileSource source, CancellationToken cancellationToken)
    {
        var file = await db.Set<MediaFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.State == MediaState.Ready, cancellationToken);

        // What stands in a note is for the team alone, also where its author asks for it.
        var isTheirs = file is not null && !await db.Set<NoteFile>().AnyAsync(l => l.FileId == id, cancellationToken) && (file.IsOf(actor)
            || (source.ResendOfId is { } first && await db.Set<MessageFile>().AnyAsync(l => l.MessageId == first && l.FileId == file.Id, cancellationToken))
            || (source.ScheduledId is { } scheduled && await db.Set<ScheduledFile>().AnyAsync(l => l.ScheduledId == scheduled && l.FileId == file.Id, cancellationToken))
            || await db.HasFileAsync(actor, file.Id, cancellationToken));
        if (!isTheirs)
        {
            return (null, new Invalid(InvalidReason.FileMissing));
        }

        // What may be a voice note may be a sound as well.
        return file!.Kind == kind || (file.Kind == MediaKind.Voice && kind == MediaKind.Audio)
            ? (file, null)
            : (null, new Invalid(InvalidReason.FileNotFitting));
    }

    private static MessageContent Tell(MessageContent content, IReadOnlyDictionary<long, MediaFile> files)
    {
        switch (content)
        {
            case TemplateContent template:
                return template.WithFileValues((format, value) => value with
                {
                    Media = Reference(files[value.Media!.FileId!.Value]),
                    FileName = format == TemplateHeaderFormat.Document ? Name(value.FileName, files[value.Media.FileId.Value]) : null,
                });
            case DocumentContent document:
                var file = files[document.Media.FileId!.Value];
                return document with { Media = Reference(file), FileName = Name(document.FileName, file) };
            default:
                return MediaLimits.With(content, Reference(files[MediaLimits.MediaOf(content)!.FileId!.Value]));
        }
    }

    private static MediaReference Reference(MediaFile file) => new("", file.MimeType, Convert.ToHexStringLower(file.Hash ?? []), file.Id);

    private static string Name(string? given, MediaFile file) =>
        FileNames.Fit(given ?? file.FileName, file.MimeType, MediaWords.Fallback(MediaKind.Document));

    // Apart from what the store adds.
    private static string Bare(TemplateContent template) => JsonSerializer.Serialize<MessageContent>(
        template.WithFileValues((_, file) => new FileValue(new MediaReference("", "", "", file.Media!.FileId), null)), JsonColumns.Options);
}

/// <summary>What files a message may carry beside its sender's own.</summary>
/// <param name="ResendOfId">The message that is sent again; null if none.</param>
/// <param name="ScheduledId">The scheduled message that it is; null if it is none.</param>
internal readonly record struct FileSource(long? ResendOfId, long? ScheduledId);
