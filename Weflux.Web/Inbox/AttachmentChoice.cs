using System.Globalization;
using Weflux.Domain.Sending;

namespace Weflux.Web.Inbox;

/// <summary>One line of the menu that attaches files, with its limits said before somebody meets them.</summary>
/// <param name="Kind">What the files are sent as; empty to decide from each file.</param>
/// <param name="Name">What the line says.</param>
/// <param name="Accept">Which files the browser offers.</param>
/// <param name="Icon">What is drawn beside it.</param>
/// <param name="Limits">What the platform takes.</param>
internal sealed record AttachmentChoice(string Kind, string Name, string Accept, string Icon, string Limits)
{
    private const long Mebibyte = 1024 * 1024;

    public static IReadOnlyList<AttachmentChoice> All { get; } =
    [
        new("", "Photos and videos", "image/*,video/mp4,video/3gpp", "image", $"Photos up to {Size(MediaKind.Image)}, videos (MP4, 3GP) up to {Size(MediaKind.Video)}"),
        new("document", "Document", ".pdf,.txt,.doc,.docx,.xls,.xlsx,.ppt,.pptx", "document", $"PDF, Word, Excel, PowerPoint, text up to {Size(MediaKind.Document)}"),
        new("audio", "Audio file", Types(MediaKind.Audio), "audio", $"AAC, AMR, MP3, M4A, OGG up to {Size(MediaKind.Audio)}"),
        new("sticker", "Sticker", Types(MediaKind.Sticker), "sticker", "WebP, 512 × 512 pixels, up to 100 KB, moving up to 500 KB"),
    ];

    /// <summary>What the script needs to know of each kind, by its name on the way to the server.</summary>
    public static IReadOnlyDictionary<string, object> LimitsByKind { get; } = MediaLimits.Kinds.ToDictionary(
        kind => kind.ToString().ToLowerInvariant(),
        object (kind) => new { max = MediaLimits.Largest(kind, isAnimated: true), types = MediaLimits.Types(kind), words = Words(kind) },
        StringComparer.Ordinal);

    private static string Types(MediaKind kind) => string.Join(',', MediaLimits.Types(kind));

    private static string Size(MediaKind kind) => string.Create(CultureInfo.InvariantCulture, $"{MediaLimits.Largest(kind) / Mebibyte} MB");

    private static string Words(MediaKind kind) => kind switch
    {
        MediaKind.Image => "photos",
        MediaKind.Video => "videos",
        MediaKind.Audio => "audio files",
        MediaKind.Voice => "voice notes",
        MediaKind.Sticker => "stickers",
        _ => "documents",
    };
}
