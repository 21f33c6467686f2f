using System.Collections.Frozen;
using Weflux.Domain.Conversations;

namespace Weflux.Domain.Sending;

/// <summary>As what a file is sent.</summary>
public enum MediaKind
{
    /// <summary>A picture.</summary>
    Image = 1,

    /// <summary>A film.</summary>
    Video = 2,

    /// <summary>A sound file.</summary>
    Audio = 3,

    /// <summary>A sound that the customer sees as a voice note.</summary>
    Voice = 4,

    /// <summary>A file to keep.</summary>
    Document = 5,

    /// <summary>A sticker.</summary>
    Sticker = 6,
}

/// <summary>What a file's own bytes say of it. Its name and what its sender claims do not count.</summary>
/// <param name="MimeType">What it is; empty if that could not be told.</param>
/// <param name="Size">Its length in bytes.</param>
public sealed record MediaFacts(string MimeType, long Size)
{
    /// <summary>The width of a picture or film, in pixels; null if it has none.</summary>
    public int? Width { get; init; }

    /// <summary>The height of a picture or film, in pixels; null if it has none.</summary>
    public int? Height { get; init; }

    /// <summary>Whether it is a picture that moves.</summary>
    public bool IsAnimated { get; init; }

    /// <summary>How many channels of sound it has, where that is known and matters; null otherwise.</summary>
    public int? Channels { get; init; }

    /// <summary>Whether what is in the container is what the platform plays: Opus in OGG, H.264 and AAC in MP4, 8-bit RGB in a picture.</summary>
    public bool IsPlayable { get; init; } = true;

    /// <summary>How many pixels a picture has.</summary>
    public long Pixels => (long)(Width ?? 0) * (Height ?? 0);
}

/// <summary>Why a file cannot be sent.</summary>
public enum MediaRefusal
{
    /// <summary>There is nothing in it.</summary>
    Empty = 1,

    /// <summary>It is larger than <see cref="MediaLimits.Largest"/>.</summary>
    TooLarge = 2,

    /// <summary>It is of a type that the platform does not take for this kind.</summary>
    WrongType = 3,

    /// <summary>It is a picture of more pixels than anybody can look at, such as a bomb.</summary>
    TooManyPixels = 4,

    /// <summary>The container is right and what is in it is not.</summary>
    WrongCoding = 5,
}

/// <summary>Which files the platform takes: types and sizes for each kind, and what may stand beside a file.</summary>
/// <remarks>Platform rule: Cloud API, "Media" (supported media types) and "Send messages" (captions).</remarks>
public static class MediaLimits
{
    /// <summary>The most characters (UTF-16 units) of a caption.</summary>
    public const int CaptionLength = 1024;

    /// <summary>The largest file of any kind, in or out.</summary>
    public const long LargestOfAll = 100 * Mebibyte;

    /// <summary>A picture of more pixels is not decoded and not shown.</summary>
    public const long MostPixels = 50_000_000;

    /// <summary>A picture with a longer side is not decoded and not shown.</summary>
    public const int LongestSide = 16_384;

    private const long Kibibyte = 1024;
    private const long Mebibyte = 1024 * Kibibyte;

    private static readonly FrozenDictionary<MediaKind, FrozenSet<string>> Accepted = new Dictionary<MediaKind, FrozenSet<string>>
    {
        [MediaKind.Image] = Set("image/jpeg", "image/png"),
        [MediaKind.Video] = Set("video/mp4", "video/3gpp"),
        [MediaKind.Audio] = Set("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
        [MediaKind.Voice] = Set("audio/ogg"),
        [MediaKind.Sticker] = Set("image/webp"),
        [MediaKind.Document] = Set(
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    }.ToFrozenDictionary();

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<MediaKind> Kinds { get; } = Enum.GetValues<MediaKind>();

    /// <summary>The types that the platform takes for a kind, in order; none for an unknown kind.</summary>
    public static IReadOnlyList<string> Types(MediaKind kind) =>
        Accepted.TryGetValue(kind, out var types) ? [.. types.Order(StringComparer.Ordinal)] : [];

    /// <summary>The most bytes of a file of this kind; 0 for an unknown kind.</summary>
    /// <param name="kind">As what it is sent.</param>
    /// <param name="isAnimated">Whether it moves, which stickers may be larger for.</param>
    public static long Largest(MediaKind kind, bool isAnimated = false) => kind switch
    {
        MediaKind.Image => 5 * Mebibyte,
        MediaKind.Video or MediaKind.Audio or MediaKind.Voice => 16 * Mebibyte,
        MediaKind.Document => LargestOfAll,
        MediaKind.Sticker => (isAnimated ? 500 : 100) * Kibibyte,
        _ => 0,
    };

    /// <summary>As what a file of this type is sent unless somebody says otherwise; null if the platform does not take the type.</summary>
    public static MediaKind? KindOf(string mimeType) =>
        Kinds.Where(kind => kind != MediaKind.Voice && Accepted[kind].Contains(mimeType)).Select(kind => (MediaKind?)kind).FirstOrDefault();

    /// <summary>Why a file cannot be sent as a kind; null if it can.</summary>
    public static MediaRefusal? Check(MediaKind kind, MediaFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Size <= 0)
        {
            return MediaRefusal.Empty;
        }

        if (!Accepted.TryGetValue(kind, out var types) || !types.Contains(facts.MimeType))
        {
            return MediaRefusal.WrongType;
        }

        if (facts.Size > Largest(kind, facts.IsAnimated))
        {
            return MediaRefusal.TooLarge;
        }

        if (!IsDrawable(facts))
        {
            return MediaRefusal.TooManyPixels;
        }

        // A voice note is mono, or phones do not show it as one.
        var isCodedWell = facts.IsPlayable && (facts.MimeType != "audio/ogg" || facts.Channels is null or 1);
        return isCodedWell ? null : MediaRefusal.WrongCoding;
    }

    /// <summary>Whether a picture is small enough to be decoded; true for what is no picture.</summary>
    public static bool IsDrawable(MediaFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Pixels <= MostPixels && Math.Max(facts.Width ?? 0, facts.Height ?? 0) <= LongestSide;
    }

    /// <summary>What is wrong with a message that carries a file, apart from the file itself; null if nothing is.</summary>
    /// <param name="content">The message; one without a file is never wrong here.</param>
    public static Invalid? CheckContent(MessageContent content)
    {
        if (MediaOf(content) is not { } media)
        {
            return null;
        }

        if (media.FileId is null && media.Id.Length == 0)
        {
            return new Invalid(InvalidReason.FileMissing);
        }

        return CaptionOf(content) is { Length: > CaptionLength } caption ? new Invalid(InvalidReason.CaptionTooLong, caption.Length, CaptionLength) : null;
    }

    /// <summary>The file of a message; null if it has none.</summary>
    public static MediaReference? MediaOf(MessageContent? content) => content switch
    {
        ImageContent image => image.Media,
        VideoContent video => video.Media,
        AudioContent audio => audio.Media,
        DocumentContent document => document.Media,
        StickerContent sticker => sticker.Media,
        EditContent edit => MediaOf(edit.Content),
        _ => null,
    };

    /// <summary>As what a message sends its file; null if it has none.</summary>
    public static MediaKind? KindOf(MessageContent? content) => content switch
    {
        ImageContent => MediaKind.Image,
        VideoContent => MediaKind.Video,
        AudioContent { IsVoice: true } => MediaKind.Voice,
        AudioContent => MediaKind.Audio,
        DocumentContent => MediaKind.Document,
        StickerContent => MediaKind.Sticker,
        EditContent edit => KindOf(edit.Content),
        _ => null,
    };

    /// <summary>As what a template's header sends its file; null if it is no file.</summary>
    public static MediaKind? KindOf(TemplateHeaderFormat format) => format switch
    {
        TemplateHeaderFormat.Image => MediaKind.Image,
        TemplateHeaderFormat.Video => MediaKind.Video,
        TemplateHeaderFormat.Document => MediaKind.Document,
        _ => null,
    };

    /// <summary>As what a file in this place of a template is sent; null if the place takes none.</summary>
    public static MediaKind? KindOf(TemplateSlotKind slot) => slot switch
    {
        TemplateSlotKind.Image => MediaKind.Image,
        TemplateSlotKind.Video => MediaKind.Video,
        TemplateSlotKind.Document => MediaKind.Document,
        _ => null,
    };

    /// <summary>Every file of a message: its own, or those of a template's header and cards, in order.</summary>
    public static IReadOnlyList<MediaReference> FilesOf(MessageContent? content) => content is TemplateContent template
        ? [.. template.Files()]
        : MediaOf(content) is { } media ? [media] : [];

    /// <summary>The same message with every reference to a file replaced.</summary>
    public static MessageContent WithFiles(MessageContent content, Func<MediaReference, MediaReference> replace)
    {
        ArgumentNullException.ThrowIfNull(replace);
        return content is TemplateContent template ? template.WithFiles(replace)
            : MediaOf(content) is { } media ? With(content, replace(media))
            : content;
    }

    /// <summary>The words under a file; null if there are none, or none are possible.</summary>
    public static string? CaptionOf(MessageContent? content) => content switch
    {
        ImageContent image => image.Caption,
        VideoContent video => video.Caption,
        DocumentContent document => document.Caption,
        EditContent edit => CaptionOf(edit.Content),
        _ => null,
    };

    /// <summary>The same message with another reference to its file; a message without one stays as it is.</summary>
    public static MessageContent With(MessageContent content, MediaReference media) => content switch
    {
        ImageContent image => image with { Media = media },
        VideoContent video => video with { Media = media },
        AudioContent audio => audio with { Media = media },
        DocumentContent document => document with { Media = media },
        StickerContent sticker => sticker with { Media = media },
        _ => content,
    };

    private static FrozenSet<string> Set(params string[] types) => types.ToFrozenSet(StringComparer.Ordinal);
}
