using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Weflux.Web.Media;

namespace Weflux.Web.Api.Reading;

/// <summary>A file as the API tells it.</summary>
[Description("A file: one that a customer sent, or one that was put here to be sent.")]
public sealed record ApiMedia(
    [property: Description("The file's id. Its bytes are at `/api/v1/media/{id}/content` once it is ready.")]
    long Id,
    [property: Description("As what it came or is sent.")]
    [property: AllowedValues("image", "video", "audio", "voice", "document", "sticker")]
    string Kind,
    [property: Description("`fetching`: not here yet. `ready`: here and checked. `gone`: WhatsApp has it no more. `failed`: it could not be fetched; somebody may ask for it again in the inbox.")]
    [property: AllowedValues("fetching", "ready", "gone", "failed")]
    string State,
    [property: Description("What it is by its bytes; empty if that cannot be told or it is not here yet.")]
    string MimeType,
    [property: Description("Its length in bytes; 0 while it is not here.")]
    long Size,
    [property: Description("Its name, made harmless; null if it has none.")]
    string? FileName,
    [property: Description("SHA-256 in hex; null while it is not here.")]
    string? Sha256,
    int? Width,
    int? Height,
    DateTime CreatedAt)
{
    internal static ApiMedia Of(MediaFile file) => new(
        file.Id,
        MediaWords.Spell(file.Kind),
        file.State.ToString().ToLowerInvariant(),
        file.MimeType,
        file.Size,
        file.FileName,
        file.Hash is null ? null : Convert.ToHexStringLower(file.Hash),
        file.Width,
        file.Height,
        file.CreatedAt.UtcDateTime);
}
