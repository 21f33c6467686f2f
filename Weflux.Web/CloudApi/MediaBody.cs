using System.Text.Json.Nodes;
using Weflux.Domain.Conversations;

namespace Weflux.Web.CloudApi;

/// <summary>The part of a send call's body that names a file.</summary>
internal static class MediaBody
{
    /// <exception cref="InvalidOperationException">The file was not uploaded yet.</exception>
    public static void Write(JsonObject body, MessageContent content)
    {
        var (type, media) = content switch
        {
            ImageContent image => ("image", Media(image.Media, image.Caption)),
            VideoContent video => ("video", Media(video.Media, video.Caption)),
            AudioContent audio => ("audio", Audio(audio)),
            DocumentContent document => ("document", Document(document)),
            StickerContent sticker => ("sticker", Media(sticker.Media, caption: null)),
            _ => throw new ArgumentException($"A message of the kind {content.Kind} carries no file.", nameof(content)),
        };
        body["type"] = type;
        body[type] = media;
    }

    private static JsonObject Audio(AudioContent audio)
    {
        var media = Media(audio.Media, caption: null);
        if (audio.IsVoice)
        {
            media["voice"] = true;
        }

        return media;
    }

    private static JsonObject Document(DocumentContent document)
    {
        var media = Media(document.Media, document.Caption);
        if (!string.IsNullOrEmpty(document.FileName))
        {
            media["filename"] = document.FileName;
        }

        return media;
    }

    private static JsonObject Media(MediaReference reference, string? caption)
    {
        if (reference.Id.Length == 0)
        {
            throw new InvalidOperationException("A file is uploaded before the message that carries it is sent.");
        }

        var media = new JsonObject { ["id"] = reference.Id };
        if (!string.IsNullOrWhiteSpace(caption))
        {
            media["caption"] = caption;
        }

        return media;
    }
}
