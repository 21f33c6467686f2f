using System.Globalization;
using Weflux.Domain.Sending;

namespace Weflux.Web.Media;

/// <summary>What screens and answers say of files.</summary>
public static class MediaWords
{
    private const double Step = 1024;

    /// <summary>What WhatsApp takes, in one sentence.</summary>
    public const string Taken =
        "WhatsApp takes JPEG and PNG pictures, MP4 and 3GP videos, AAC, AMR, MP3, M4A and OGG sounds, WebP stickers, PDF, text, Word, Excel and PowerPoint files.";

    /// <summary>What <c>kind</c> of an upload may say.</summary>
    public const string Kinds = "'kind' is image, video, audio, voice, document or sticker.";

    /// <summary>The kind as the address bar and the API spell it.</summary>
    public static string Spell(MediaKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kind that somebody named; null if there is none of that name.</summary>
    public static MediaKind? Read(string? word) => MediaLimits.Kinds.Where(k => Spell(k) == word).Select(k => (MediaKind?)k).FirstOrDefault();

    /// <summary>A name for a file that came without one.</summary>
    public static string Fallback(MediaKind kind) => kind switch
    {
        MediaKind.Image => "photo",
        MediaKind.Video => "video",
        MediaKind.Audio => "audio",
        MediaKind.Voice => "voice message",
        MediaKind.Sticker => "sticker",
        _ => "document",
    };

    /// <summary>A size for people.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Step:0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Step / Step:0.0} MB"),
    };

    /// <summary>The type for people, such as <c>PDF</c>.</summary>
    public static string Type(string mimeType) => mimeType switch
    {
        "application/pdf" => "PDF",
        "text/plain" => "Text",
        "application/msword" or "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "Word",
        "application/vnd.ms-excel" or "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "Excel",
        "application/vnd.ms-powerpoint" or "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "PowerPoint",
        "application/zip" => "Archive",
        "image/jpeg" => "JPEG",
        "image/png" => "PNG",
        "image/webp" => "WebP",
        "image/gif" => "GIF",
        "image/heic" => "HEIC",
        "video/mp4" => "MP4",
        "video/3gpp" => "3GP",
        "video/quicktime" => "QuickTime",
        "audio/mpeg" => "MP3",
        "audio/mp4" => "M4A",
        "audio/ogg" => "OGG",
        "audio/aac" => "AAC",
        "audio/amr" => "AMR",
        "audio/wav" => "WAV",
        Reading.FileProbe.Html => "Web page",
        Reading.FileProbe.Svg => "SVG",
        Reading.FileProbe.Program => "Program",
        Reading.FileProbe.Macros => "Office file with macros",
        _ => "File",
    };

    /// <summary>Why a file cannot be sent, and what to do.</summary>
    /// <param name="refusal">What is wrong.</param>
    /// <param name="kind">As what it would be sent.</param>
    /// <param name="facts">What it is.</param>
    /// <param name="wasAsked">Whether somebody wanted it to be sent as that kind: then only what that kind takes is of interest.</param>
    public static string Explain(MediaRefusal refusal, MediaKind kind, MediaFacts facts, bool wasAsked = true) => refusal switch
    {
        MediaRefusal.Empty => "The file is empty.",
        MediaRefusal.TooLarge => $"The file has {Size(facts.Size)}. WhatsApp takes {Plural(kind)} up to {Size(MediaLimits.Largest(kind, facts.IsAnimated))}.",
        MediaRefusal.TooManyPixels => "The picture has more pixels than can be shown. Make it smaller and try again.",
        MediaRefusal.WrongCoding => Coding(facts),
        _ when facts.MimeType == "video/quicktime" =>
            "This is a QuickTime video (.mov). WhatsApp takes videos as MP4 or 3GP, in H.264 with AAC sound. Export or convert it to MP4 and try again.",
        _ => $"{Is(facts.MimeType)} {(wasAsked ? TakenAs(kind) : Taken)}",
    };

    private static string Is(string mimeType) => mimeType switch
    {
        "" => "It cannot be told what this file is.",
        Reading.FileProbe.Html => "This is a web page.",
        Reading.FileProbe.Program => "This is a program.",
        Reading.FileProbe.Macros => "This is an office file with macros.",
        "application/zip" => "This is an archive.",
        "text/plain" => "This is a text file.",
        _ when Type(mimeType) is var type && type != "File" => $"This is {(type is "MP4" or "MP3" or "M4A" or "OGG" or "SVG" or "AAC" or "AMR" or "Excel" ? "an" : "a")} {type} file.",
        _ => "This file is of another type.",
    };

    private static string TakenAs(MediaKind kind) => $"WhatsApp takes {Plural(kind)} as {kind switch
    {
        MediaKind.Image => "JPEG or PNG",
        MediaKind.Video => "MP4 or 3GP",
        MediaKind.Audio => "AAC, AMR, MP3, M4A or OGG",
        MediaKind.Voice => "OGG with Opus",
        MediaKind.Sticker => "WebP",
        _ => "PDF, text, Word, Excel or PowerPoint",
    }}.";

    private static string Coding(MediaFacts facts) => facts.MimeType switch
    {
        "image/png" or "image/jpeg" => "WhatsApp takes pictures with 8 bits for each colour (RGB). Save it as an ordinary JPEG and try again.",
        "audio/ogg" => "WhatsApp takes OGG sounds only in Opus with one channel.",
        _ when facts.MimeType.StartsWith("audio/", StringComparison.Ordinal) =>
            "WhatsApp plays sounds of this type in AAC with one track. Save it as MP3 or as M4A with AAC and try again.",
        _ => "WhatsApp plays videos in H.264 with AAC sound. Convert the file and try again.",
    };

    private static string Plural(MediaKind kind) => kind switch
    {
        MediaKind.Image => "pictures",
        MediaKind.Video => "videos",
        MediaKind.Audio => "sounds",
        MediaKind.Voice => "voice messages",
        MediaKind.Sticker => "stickers",
        _ => "documents",
    };
}
