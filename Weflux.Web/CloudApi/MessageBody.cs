using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Domain.Conversations;

namespace Weflux.Web.CloudApi;

/// <summary>Whom a message goes to.</summary>
/// <param name="Phone">The number with its plus; null if the contact hides it.</param>
/// <param name="UserId">The business-scoped user id, used when there is no number.</param>
public sealed record Recipient(string? Phone, string? UserId);

/// <summary>Writes the body of a send call.</summary>
internal static class MessageBody
{
    public static byte[] Write(Recipient recipient, MessageContent content, Guid attemptId, string? quotedWhatsAppId = null)
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["recipient_type"] = "individual",
        };
        if (recipient.Phone is { } phone)
        {
            body["to"] = phone;
        }
        else
        {
            body["recipient"] = recipient.UserId;
        }

        body["biz_opaque_callback_data"] = attemptId.ToString("N");
        if (quotedWhatsAppId is not null)
        {
            body["context"] = new JsonObject { ["message_id"] = quotedWhatsAppId };
        }

        switch (content)
        {
            case TextContent text:
                body["type"] = "text";
                body["text"] = new JsonObject { ["preview_url"] = text.PreviewUrl, ["body"] = text.Body };
                break;
            case TemplateContent template:
                body["type"] = "template";
                body["template"] = TemplateBody.Write(template);
                break;
            case ImageContent or VideoContent or AudioContent or DocumentContent or StickerContent:
                MediaBody.Write(body, content);
                break;
            case LocationContent location:
                body["type"] = "location";
                body["location"] = PlainBody.Of(location);
                break;
            case ContactCardsContent cards:
                body["type"] = "contacts";
                body["contacts"] = PlainBody.Of(cards);
                break;
            case ReactionContent reaction:
                body["type"] = "reaction";
                body["reaction"] = PlainBody.Of(reaction);
                break;
            case var other when InteractiveBody.Of(other) is { } interactive:
                body["type"] = "interactive";
                body["interactive"] = interactive;
                break;
            default:
                throw new NotSupportedException($"A message of the kind {content.Kind} cannot be sent.");
        }

        return JsonSerializer.SerializeToUtf8Bytes(body);
    }
}
