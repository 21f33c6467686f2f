using System.Text.Json;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>Reads one message of a customer.</summary>
internal static class MessageReader
{
    private static readonly string[] CommonMembers =
        ["id", "timestamp", "type", "from", "from_user_id", "from_parent_user_id", "context", "referral", "errors", "group_id", "to", "to_user_id", "to_parent_user_id", "history_context"];

    private const int NameLength = 200;

    private static readonly HeardPerson Nobody = new(null, null, null, null, null);

    private static readonly string[] ContextMembers = ["from", "id", "forwarded", "frequently_forwarded", "referred_product", "user_id", "from_user_id"];

    private static readonly string[] ProductMembers = ["catalog_id", "product_retailer_id"];

    private static readonly string[] ReferralMembers =
    [
        "source_type", "source_id", "source_url", "headline", "body", "ctwa_clid",
        "media_type", "image_url", "video_url", "thumbnail_url", "welcome_message",
    ];

    public static WebhookItem Read(
        ItemRoute route,
        JsonElement message,
        HeardPeople people,
        IReadOnlyList<PlatformFault> outside,
        DateTimeOffset receivedAt)
    {
        if (message.ValueKind != JsonValueKind.Object || PersonReader.Id(message.Text("id")) is not { } id)
        {
            return new BrokenItem("The message has no usable id.");
        }

        if (message.Member("group_id") is { } group && !(group.ValueKind == JsonValueKind.String && group.GetString()!.Length == 0))
        {
            return ReadInGroup(route, message, id, people, outside, receivedAt);
        }

        var type = ContentReader.Kind(message);
        var sender = PersonReader.ReadSender(message, people);
        if (!sender.HasIdentity)
        {
            // Nobody wrote a notice, so nothing is lost if it does not say whom it is about.
            return type == "system"
                ? new OtherItem(route, "messages.system", message.GetRawText())
                : new BrokenItem("The message does not say who sent it.");
        }

        var content = ContentReader.Read(type, message, outside);
        if (content is SystemContent { NewWhatsAppId: { } number } notice && people.Find(null, number)?.UserId is { } named)
        {
            // A contact beside the notice that has the new number has the new user id too.
            content = notice with { NewUserId = notice.NewUserId ?? named };
            sender = string.Equals(sender.UserId, named, StringComparison.Ordinal) && sender.WhatsAppId is not null ? sender with { UserId = null } : sender;
        }

        var keepRaw = KeepsRaw(message, type, content);
        return new MessageItem(route, sender, new InboundMessage(
            id,
            content,
            ReadContext(message),
            message.Time("timestamp") ?? receivedAt,
            receivedAt,
            keepRaw ? message.GetRawText() : null));
    }

    /// <summary>What somebody said in a group stands in the group's own thread, under the name of who said it.</summary>
    private static WebhookItem ReadInGroup(
        ItemRoute route, JsonElement message, string id, HeardPeople people, IReadOnlyList<PlatformFault> outside, DateTimeOffset receivedAt)
    {
        if (PersonReader.Id(message.Text("group_id")) is not { } groupId)
        {
            return new OtherItem(route, "messages.group", message.GetRawText());
        }

        var type = ContentReader.Kind(message);
        var sender = PersonReader.ReadSender(message, people);
        var content = ContentReader.Read(type, message, outside);
        var context = ReadContext(message) ?? new MessageContext();
        return new MessageItem(route, Nobody, new InboundMessage(
            id,
            content,
            context with { Participant = new GroupParticipant(sender.ProfileName?.Cut(NameLength), sender.WhatsAppId) },
            message.Time("timestamp") ?? receivedAt,
            receivedAt,
            KeepsRaw(message, type, content) ? message.GetRawText() : null))
        {
            GroupId = groupId,
        };
    }

    private static bool HasUnknown(JsonElement message, string type) =>
        message.HasOthersThan([.. CommonMembers, type, "identity"])
        || (message.Object("context") is { } context
            && (context.HasOthersThan(ContextMembers) || (context.Object("referred_product")?.HasOthersThan(ProductMembers) ?? false)))
        || (message.Object("referral") is { } ad
            && (ad.HasOthersThan(ReferralMembers) || (ad.Object("welcome_message")?.HasOthersThan("text") ?? false)))
        || ContentReader.HasUnknown(type, message);

    internal static bool KeepsRaw(JsonElement message, string type, MessageContent content) =>
        content is UnsupportedContent or EditContent { Content: UnsupportedContent } || HasUnknown(message, type);

    internal static MessageContext? ReadContext(JsonElement message)
    {
        var context = message.Object("context");
        var referral = message.Object("referral");
        if (context is null && referral is null)
        {
            return null;
        }

        var frequently = context?.Flag("frequently_forwarded") ?? false;
        return new MessageContext(
            PersonReader.Id(context?.Text("id")),
            frequently || (context?.Flag("forwarded") ?? false),
            frequently,
            context?.Object("referred_product")?.Text("product_retailer_id"),
            referral is { } ad ? ReadReferral(ad) : null);
    }

    private static Referral ReadReferral(JsonElement ad)
    {
        var media = new ReferralMedia(ad.Text("media_type"), ad.Text("image_url"), ad.Text("video_url"), ad.Text("thumbnail_url"));
        return new Referral(
            ad.Text("source_type") ?? "",
            ad.Text("source_id") ?? "",
            ad.Text("source_url") ?? "",
            ad.Text("headline"),
            ad.Text("body"),
            ad.Text("ctwa_clid"),
            media == new ReferralMedia(null, null, null, null) ? null : media,
            ad.Object("welcome_message")?.Text("text") ?? ad.Text("welcome_message"));
    }
}
