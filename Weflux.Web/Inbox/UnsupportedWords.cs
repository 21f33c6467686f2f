using Weflux.Domain;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox;

/// <summary>Names in plain words what the platform does not hand over, or what Weflux does not know yet.</summary>
public static class UnsupportedWords
{
    private const int Longest = 40;

    /// <summary>For a line of the list and for the API.</summary>
    public static string Line(string kind) => kind switch
    {
        "edit" => "Edited a message; WhatsApp does not tell the new text",
        "pin" => "Pinned a message",
        "keep_in_chat" => "Kept a message",
        "poll_update" => "Voted in a poll",
        "revoke" => "Deleted a message",
        "" or "unsupported" or "unknown" or "errors" => "Message that WhatsApp does not hand over",
        _ => $"{Name(kind)} that cannot be shown",
    };

    /// <summary>The kind in a few words.</summary>
    public static string Name(string kind) => kind switch
    {
        "edit" => "Edited message",
        "poll_creation" => "Poll",
        "poll_update" => "Vote in a poll",
        "gif" => "GIF",
        "group_invite" => "Invitation to a group",
        "hsm" or "template" => "Template message",
        "image" => "Photo",
        "video" => "Video",
        "audio" or "voice" => "Audio",
        "document" => "Document",
        "sticker" => "Sticker",
        "interactive" => "Message with buttons",
        "keep_in_chat" => "Kept message",
        "link_preview" => "Link with a preview",
        "list" => "List",
        "location" => "Location",
        "contacts" => "Contact card",
        "media_placeholder" => "File",
        "order" => "Order",
        "pin" => "Pinned message",
        "product" => "Product",
        "reaction" => "Reaction",
        "event" => "Event",
        "call" => "Call",
        _ => $"Message of the kind “{Clean(kind)}”",
    };

    /// <summary>What can be done about it; empty if nothing, or if the business said it itself.</summary>
    public static string Advice(string kind, MessageDirection direction) => kind switch
    {
        "edit" => "WhatsApp does not tell the new text. If it matters, ask what they meant.",
        _ when direction == MessageDirection.Out => "It was sent on the phone. Open WhatsApp there to see it.",
        "pin" or "keep_in_chat" or "poll_update" or "reaction" => "",
        _ => "Weflux keeps it, but cannot show it. Ask the customer to send it another way.",
    };

    private static string Clean(string kind) => string.Concat(kind.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')).Replace('_', ' ').Cut(Longest);
}
