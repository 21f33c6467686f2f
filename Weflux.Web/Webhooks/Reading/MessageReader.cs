using System.Text.Json;
using Weflux.Domain.Conversations;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>Reads one message of a customer.</summary>
internal static class MessageReader
{
    private static readonly string[] CommonMembers =
        ["id", "timestamp", "type", "from", "from_user_id", "from_parent_user_id", "context", "referral", "errors"];

    private static readonly string[] ContextMembers = ["from", "id", "forwarded", "frequently_forwarded", "referred_product", "user_id", "from_user_id"];

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
            return new OtherItem(route, "messages.group", message.GetRawText());
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
        var keepRaw = content is UnsupportedContent || HasUnknown(message, type);
        return new MessageItem(route, sender, new InboundMessage(
            id,
            content,
            ReadContext(message),
            message.Time("timestamp") ?? receivedAt,
            receivedAt,
            keepRaw ? message.GetRawText() : null));
    }

    private static bool HasUnknown(JsonElement message, string type) =>
        message.HasOthersThan([.. CommonMembers, type, "identity"])
        || (message.Object("context") is { } context && context.HasOthersThan(ContextMembers))
        || ContentReader.HasUnknown(type, message);

    private static MessageContext? ReadContext(JsonElement message)
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
            referral is { } ad
                ? new Referral(
                    ad.Text("source_type") ?? "", ad.Text("source_id") ?? "", ad.Text("source_url") ?? "",
                    ad.Text("headline"), ad.Text("body"), ad.Text("ctwa_clid"))
                : null);
    }
}
