using Weflux.Domain;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox;

/// <summary>What the list says of a conversation's newest message.</summary>
public static class LineWords
{
    /// <summary>The words of the line: the message's own, with the kind in front where words alone would mislead.</summary>
    public static string Line(ConversationRow row)
    {
        var mark = row.IsGroup ? row.LastLine.IndexOf(Conversation.SpeakerMark, StringComparison.Ordinal) : -1;
        return mark < 0
            ? Line(row.LastKind, row.LastLine, row.LastDirection)
            : $"{row.LastLine[..mark]}: {Line(row.LastKind, row.LastLine[(mark + 1)..], row.LastDirection)}";
    }

    /// <summary>What a message says, or what it is, for quotes and everything else that tells it in a line.</summary>
    public static string Say(MessageContent content, MessageDirection direction) => content is TextContent { Body.Length: > 0 } text
        ? text.Body
        : Line(content.LineKind, content.Line, direction);

    public static string Line(string kind, string words, MessageDirection direction) => kind switch
    {
        "" => "No messages yet",
        "text" or "button" or "template" => words.IsBlank() ? Name(kind) : words,

        // Older rows hold the platform's words of a notice, which can spell out phone numbers.
        "system" => Notice(words) ?? Name(kind),
        "reaction" => words.Length > 0 ? $"Reacted {words}" : "Took a reaction back",
        "edit" => words.Length > 0 ? $"Edited: {words}" : Name(kind),
        "revoke" => direction == MessageDirection.In ? "Deleted a message" : "Message deleted",
        "edit" + Conversation.Refused => "Tried to edit a message that is not theirs",
        "revoke" + Conversation.Refused => "Tried to delete a message that is not theirs",
        "calls_allowed" or "calls_refused" => Name(kind),
        "unsupported" => UnsupportedWords.Line(words),
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
        "form" => "Form answered",
        "address" => "Address sent",
        "calls_allowed" => "Allowed calls",
        "calls_refused" => "Refused calls",
        "template" => "Template",
        "reaction" => "Reaction",
        "edit" => "Edited message",
        "revoke" => "Deleted message",
        "text" => "Message",
        "system" => "Notice of WhatsApp",
        _ => "Message of another kind",
    };

    /// <summary>What a notice of the platform tells; null if it is none that we know.</summary>
    public static string? Notice(string name) => name switch
    {
        "user_changed_number" => "Changed their phone number",
        "user_changed_user_id" => "Has a new user id at WhatsApp",
        "customer_identity_changed" => "Security code changed",
        _ => null,
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
