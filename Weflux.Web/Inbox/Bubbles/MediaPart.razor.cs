using System.Globalization;
using Microsoft.AspNetCore.Components;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Media;

namespace Weflux.Web.Inbox.Bubbles;

/// <summary>The file of a message: shown or played in place if we looked into it, else offered to save, else what became of it.</summary>
public sealed partial class MediaPart
{
    private const int LongestSide = 300;
    private const int ShortestSide = 120;
    private bool _isBusy;

    private enum Shapes
    {
        Card,
        Picture,
        Sticker,
        Film,
        Sound,
    }

    [Parameter, EditorRequired]
    public MessageContent Content { get; set; } = null!;

    [Parameter, EditorRequired]
    public long MessageId { get; set; }

    /// <summary>What is known of the file; null for messages from before files were fetched.</summary>
    [Parameter]
    public MediaView? File { get; set; }

    [CascadingParameter]
    public BubblePlace? Place { get; set; }

    private string? Caption => MediaLimits.CaptionOf(Content);

    private string Title => Content switch
    {
        ImageContent => "Photo",
        VideoContent => "Video",
        AudioContent { IsVoice: true } => "Voice message",
        AudioContent => "Audio",
        StickerContent { IsAnimated: true } => "Animated sticker",
        StickerContent => "Sticker",
        DocumentContent document => File?.FileName ?? FileNames.Clean(document.FileName) ?? "Document",
        _ => File?.FileName ?? "File",
    };

    /// <summary>Whether what stands above the caption has a width of its own.</summary>
    private bool IsWide => File is { State: MediaState.Ready } ready && Place is not null && Shape(ready) is Shapes.Picture or Shapes.Film;

    /// <summary>Why a picture is only offered to save; null for what is no picture.</summary>
    private string? Why(MediaView file) => Content is not (ImageContent or StickerContent) || file.IsRisky ? null
        : (long)(file.Width ?? 0) * (file.Height ?? 0) > MediaLimits.MostPixels || Math.Max(file.Width ?? 0, file.Height ?? 0) > MediaLimits.LongestSide
            ? "Not shown: the picture has too many pixels."
        : file.MimeType is "image/jpeg" or "image/png" or "image/webp" ? "Not shown: the picture is damaged or too large to be drawn."
        : "Not shown: WhatsApp does not allow this format as a picture.";

    private string State => File switch
    {
        null => "This file was not fetched.",
        { State: MediaState.Fetching, Trouble: null } => "Being fetched …",
        { State: MediaState.Fetching } => $"{File.Trouble} It is tried again.",
        { State: MediaState.Gone } => File.Trouble ?? "WhatsApp has this file no more.",
        { State: MediaState.Failed } => File.Trouble ?? "The file could not be fetched.",
        _ => "",
    };

    private Shapes Shape(MediaView file) => (Content, file) switch
    {
        (_, { IsShowable: false }) => Shapes.Card,
        (DocumentContent, _) => Shapes.Card,
        (StickerContent, _) => Shapes.Sticker,
        (_, { HasThumbnail: true }) => Shapes.Picture,
        _ when file.MimeType.StartsWith("video/", StringComparison.Ordinal) => Shapes.Film,
        _ when file.MimeType.StartsWith("audio/", StringComparison.Ordinal) => Shapes.Sound,
        _ => Shapes.Card,
    };

    /// <summary>The room is kept before the picture is there, so that nothing jumps.</summary>
    private static string? Size(MediaView file)
    {
        if (file is not { Width: > 0 and var width, Height: > 0 and var height })
        {
            return null;
        }

        var scale = Math.Min(1.0, (double)LongestSide / Math.Max(width, height));
        var (w, h) = (Math.Max(ShortestSide, width * scale), Math.Clamp(height * scale, 40, LongestSide * 1.2));
        return string.Create(CultureInfo.InvariantCulture, $"width:{w:0}px;aspect-ratio:{w:0}/{h:0}");
    }

    private async Task AskAgainAsync()
    {
        if (_isBusy || Place is null)
        {
            return;
        }

        _isBusy = true;
        await Place.FetchAgain(MessageId);
        _isBusy = false;
    }
}
