using System.Collections.Frozen;
using System.Text.Json;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Web.CloudApi;
using Weflux.Web.Media;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>Reads what a message says. What cannot be understood becomes <see cref="UnsupportedContent"/> under its own name.</summary>
internal static class ContentReader
{
    /// <summary>More cards or lines than a person sends in one message; the rest stays in the message as it came.</summary>
    private const int MostParts = 300;

    private static readonly string[] Media = ["id", "mime_type", "sha256", "url", "caption"];

    private static readonly FrozenDictionary<string, string[]> Known = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["text"] = ["body"],
        ["image"] = Media,
        ["video"] = Media,
        ["audio"] = [.. Media, "voice"],
        ["voice"] = [.. Media, "voice"],
        ["document"] = [.. Media, "filename"],
        ["sticker"] = [.. Media, "animated"],
        ["location"] = ["latitude", "longitude", "name", "address", "url"],
        ["button"] = ["payload", "text"],
        ["order"] = ["catalog_id", "text", "product_items"],
        ["reaction"] = ["message_id", "emoji"],
        ["system"] =
        [
            "body", "type", "wa_id", "new_wa_id", "user_id", "parent_user_id", "previous_user_id", "previous_parent_user_id",
        ],
        ["edit"] = ["original_message_id", "message"],
        ["revoke"] = ["original_message_id"],
        ["interactive"] = ["type", "button_reply", "list_reply", "nfm_reply", "call_permission_reply"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether the object of this type has members that are not kept in the content.</summary>
    public static bool HasUnknown(string type, JsonElement message) => type switch
    {
        "contacts" => CardReader.HasUnknown(message),
        _ when message.Object(type) is { } body => !Known.TryGetValue(type, out var members)
            || body.HasOthersThan(members)
            || HasUnknownInside(type, body),
        _ => false,
    };

    private static bool HasUnknownInside(string type, JsonElement body) => type switch
    {
        "order" => body.Array("product_items").Skip(MostParts).Any()
            || body.Array("product_items").Any(item => item.HasOthersThan("product_retailer_id", "quantity", "item_price", "currency")),
        "interactive" => (body.Object("button_reply")?.HasOthersThan("id", "title") ?? false)
            || (body.Object("list_reply")?.HasOthersThan("id", "title", "description") ?? false)
            || (body.Object("nfm_reply")?.HasOthersThan("name", "body", "response_json") ?? false)
            || (body.Object("call_permission_reply")?.HasOthersThan("response", "expiration_timestamp", "response_source") ?? false),
        "edit" => body.Object("message") is { } message
            && (message.HasOthersThan("type", "context", Kind(message)) || (Kind(message) is not "edit" and var kind && HasUnknown(kind, message))),
        _ => false,
    };

    /// <summary>The kind of a message: what it says, or else the one known object in it.</summary>
    public static string Kind(JsonElement message) => message.Text("type")
        ?? (message.Array("contacts").Any() ? "contacts" : Known.Keys.Order(StringComparer.Ordinal).FirstOrDefault(kind => message.Object(kind) is not null))
        ?? "unknown";

    /// <param name="type">The kind's name.</param>
    /// <param name="message">The message.</param>
    /// <param name="outside">The faults beside the message, which explain it if it has none of its own.</param>
    public static MessageContent Read(string type, JsonElement message, IReadOnlyList<PlatformFault> outside)
    {
        var errors = FaultReader.Read(message);
        var body = message.Object(type);
        MessageContent? content = type switch
        {
            "contacts" => CardReader.Read(message),
            _ when body is null => null,
            "text" => body.Value.Text("body") is { } text ? new TextContent(text) : null,
            "image" => ReadMedia(body.Value) is { } media ? new ImageContent(media, body.Value.Text("caption")) : null,
            "video" => ReadMedia(body.Value) is { } media ? new VideoContent(media, body.Value.Text("caption")) : null,
            "audio" => ReadMedia(body.Value) is { } media ? new AudioContent(media, body.Value.Flag("voice")) : null,
            "document" => ReadMedia(body.Value) is { } media
                ? new DocumentContent(media, FileNames.Clean(body.Value.Text("filename")), body.Value.Text("caption"))
                : null,
            "voice" => ReadMedia(body.Value) is { } media ? new AudioContent(media, IsVoice: true) : null,
            "sticker" => ReadMedia(body.Value) is { } media ? new StickerContent(media, body.Value.Flag("animated")) : null,
            "location" => ReadLocation(body.Value),
            "interactive" => InteractiveReader.Read(body.Value),
            "button" => (body.Value.Text("text") ?? body.Value.Text("payload")) is { } label
                ? new TemplateButtonContent(body.Value.Text("payload") ?? "", label)
                : null,
            "order" => ReadOrder(body.Value),
            "reaction" => body.Value.Text("message_id") is { } target ? new ReactionContent(target, body.Value.Text("emoji")) : null,
            "system" => ReadSystem(body.Value),
            "edit" => ReadEdit(body.Value, outside),
            "revoke" => body.Value.Text("original_message_id") is { } original ? new RevokeContent(original) : null,
            _ => null,
        };
        return content ?? ReadUnsupported(type, message, errors.Count > 0 ? errors : outside);
    }

    private static UnsupportedContent ReadUnsupported(string type, JsonElement message, IReadOnlyList<PlatformFault> errors)
    {
        var name = type switch
        {
            "unsupported" or "unknown" => message.Object("unsupported")?.Text("type") ?? type,
            "interactive" => message.Object(type)?.Text("type") ?? type,
            _ => type,
        };
        return new UnsupportedContent(name.Cut(100), errors);
    }

    private static MediaReference? ReadMedia(JsonElement body) =>
        PersonReader.Id(body.Text("id")) is { } id
            ? new MediaReference(id, body.Text("mime_type") ?? "", body.Text("sha256") ?? "")
            : null;

    private static LocationContent? ReadLocation(JsonElement body) =>
        body.Number("latitude") is { } latitude and >= -90 and <= 90 && body.Number("longitude") is { } longitude and >= -180 and <= 180
            ? new LocationContent(latitude, longitude, body.Text("name"), body.Text("address"), body.Text("url"))
            : null;

    private static OrderContent ReadOrder(JsonElement body) => new(
        body.Text("catalog_id") ?? "",
        body.Text("text"),
        [.. body.Array("product_items").Take(MostParts).Select(item => new OrderItem(
            item.Text("product_retailer_id") ?? "",
            item.Amount("quantity") ?? 0,
            item.Amount("item_price"),
            item.Text("currency") ?? ""))]);

    private static SystemContent ReadSystem(JsonElement body) => new(
        body.Text("type") ?? "system",
        body.Text("body") ?? "",
        PersonReader.WhatsAppId(body.Text("wa_id") ?? body.Text("new_wa_id")),
        PersonReader.Id(body.Text("user_id")));

    private static EditContent? ReadEdit(JsonElement body, IReadOnlyList<PlatformFault> outside)
    {
        if (body.Text("original_message_id") is not { } original)
        {
            return null;
        }

        if (body.Object("message") is not { } message)
        {
            return new EditContent(original, new UnsupportedContent("edit", outside));
        }

        var type = Kind(message);

        // An edit inside an edit is no message; it would only nest without end.
        var content = type is "edit" or "revoke" ? new UnsupportedContent(type, []) : Read(type, message, outside);
        return new EditContent(original, content);
    }
}
