using Weflux.Domain;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox;

/// <summary>What the list says of a conversation's newest message.</summary>
public static class LineWords
{
    /// <summary>The words of the line: the message's own, with the kind in front where words alone would mislead.</summary>
    public static string Line(ConversationRow row) => Line(row.LastKind, row.LastLine, row.LastDirection);

    public static string Line(string kind, string words, MessageDirection direction) => kind switch
    {
        "" => "No messages yet",
        "text" or "button" or "template" => words.IsBlank() ? Name(kind) : words,

        // The platform's words of a notice can spell out phone numbers.
        "system" => Name(kind),
        "reaction" => words.Length > 0 ? $"Reacted {words}" : "Took a reaction back",
        "edit" => words.Length > 0 ? $"Edited: {words}" : Name(kind),
        "revoke" => direction == MessageDirection.In ? "Deleted a message" : "Message deleted",
        "interactive" => words.Length > 0 ? words : direction == MessageDirection.In ? "Answer" : "Product",
        _ => words.Length > 0 ? $"{Name(kind)} · {words}" : Name(kind),
    };

    /// <summary>The kind in one or two words.</summary>
    public static string Name(string kind) => kind switch
    {
        "image" => "Photo",
        "video" => "Video",
        "audio" => "Audio",
        "voice" => "Voice message",
        "document" => "Document",
        "sticker" => "Sticker",
        "location" => "Location",
        "contacts" => "Contact card",
        "order" => "Order",
        "interactive" or "button" => "Answer",
        "template" => "Template",
        "reaction" => "Reaction",
        "edit" => "Edited message",
        "revoke" => "Deleted message",
        "text" => "Message",
        "system" => "Notice of WhatsApp",
        _ => "Message of another kind",
    };

    /// <summary>How far a message of ours came, in words.</summary>
    public static string Status(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Queued => "Waiting to be sent",
        DeliveryStatus.Sending => "Being sent",
        DeliveryStatus.NotConfirmed => "Not confirmed",
        DeliveryStatus.Sent => "Sent",
        DeliveryStatus.Failed => "Failed",
        DeliveryStatus.Delivered => "Delivered",
        DeliveryStatus.Read => "Read",
        DeliveryStatus.Played => "Played",
        _ => "",
    };

    /// <summary>A count for a badge.</summary>
    public static string Badge(int count) =>
        count > 99 ? "99+" : count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
