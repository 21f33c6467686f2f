using System.Globalization;
using System.Text.Json;
using Weflux.Simulator.Chats;
using Weflux.Simulator.Graph.Media;

namespace Weflux.Simulator.Graph.Sending;

internal static class TextRules
{
    private const int BodyLimit = 4096;

    public static GraphError? Check(JsonElement text) => text.Text("body") switch
    {
        null or "" => GraphError.Parameter("The parameter text['body'] is required."),
        { Length: > BodyLimit } => GraphError.Parameter($"Param text['body'] must be at most {BodyLimit} characters long."),
        var body when string.IsNullOrWhiteSpace(body) => GraphError.Parameter("The parameter text['body'] is required."),
        _ => null,
    };
}

internal static class LocationRules
{
    public static GraphError? Check(JsonElement location) =>
        Within(location, "latitude", 90) ?? Within(location, "longitude", 180);

    private static GraphError? Within(JsonElement location, string name, double limit)
    {
        if (location.Member(name) is not { } member)
        {
            return GraphError.Parameter($"The parameter location['{name}'] is required.");
        }

        var text = member.ValueKind is JsonValueKind.String or JsonValueKind.Number ? member.ToString() : "";
        return double.TryParse(text, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= limit
            ? null
            : GraphError.Parameter($"Param location['{name}'] must be a number between -{limit} and {limit}.");
    }
}

internal static class ContactRules
{
    private const int CardLimit = 257;

    public static GraphError? Check(JsonElement contacts)
    {
        var cards = contacts.GetArrayLength();
        if (cards is 0 or > CardLimit)
        {
            return GraphError.Parameter($"Param contacts must be an array of 1 to {CardLimit} items.");
        }

        return contacts.EnumerateArray().Any(card => string.IsNullOrEmpty(card.Object("name")?.Text("formatted_name")))
            ? GraphError.Missing("Parameter 'formatted_name' is mandatory for every contact name")
            : null;
    }
}

internal sealed class ReactionRules(ChatBook chats)
{
    public GraphError? Check(SimulatedNumber number, JsonElement reaction)
    {
        if (reaction.Text("message_id") is not { Length: > 0 } wamid || reaction.Text("emoji") is null)
        {
            return GraphError.Missing("Parameters 'message_id' and 'emoji' are mandatory for type 'reaction'");
        }

        return chats.Find(wamid) is { } target && target.Chat.PhoneNumberId == number.PhoneNumberId
            ? null
            : GraphError.Invalid("Reaction message_id does not belong to a message of this phone number");
    }
}

internal sealed class MediaRules(MediaShelf shelf)
{
    private const int CaptionLimit = 1024;

    public GraphError? Check(SimulatedNumber number, string type, JsonElement media)
    {
        if (media.Text("caption") is { } caption)
        {
            if (type is "audio" or "sticker")
            {
                return GraphError.Parameter($"Param {type} does not accept a caption.");
            }

            if (caption.Length > CaptionLimit)
            {
                return GraphError.Parameter($"Param {type}['caption'] must be at most {CaptionLimit} characters long.");
            }
        }

        return (media.Text("id"), media.Text("link")) switch
        {
            (null, null) => GraphError.Parameter($"Param {type} must contain one of 'id' or 'link'."),
            (not null, not null) => GraphError.Parameter($"Param {type} must contain only one of 'id' and 'link'."),
            (null, { } link) => IsWebAddress(link) ? null : GraphError.Parameter($"Param {type}['link'] is not a valid URI."),
            ({ } id, null) => shelf.Find(id)?.PhoneNumberId == number.PhoneNumberId
                ? null
                : GraphError.Parameter($"Param {type}['id'] is not a valid whatsapp business account media attachment ID"),
        };
    }

    private static bool IsWebAddress(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";
}
