using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Simulator.Chats;

namespace Weflux.Simulator.Phone;

/// <summary>A message as seen from the customer's hand: "out" is what the customer wrote.</summary>
internal static class PhoneView
{
    /// <summary>What the business sent is on the phone only once it was delivered.</summary>
    public static bool IsOnPhone(ChatMessage message) =>
        message.FromCustomer || message.Status is MessageStatus.Delivered or MessageStatus.Read;

    public static PhoneSignal SignalOf(ChatMessage message) =>
        new("message", SimulatorJson.Write(Of(message)), message.Version);

    public static JsonObject Of(ChatMessage message)
    {
        var view = new JsonObject
        {
            ["wamid"] = message.Wamid,
            ["direction"] = message.FromCustomer ? "out" : "in",
            ["type"] = message.Type,
            ["text"] = TextOf(message),
            ["status"] = message.Status.ToString().ToLowerInvariant(),
            ["at"] = message.At.ToString("O"),
            ["version"] = message.Version,
            ["content"] = JsonNode.Parse(message.Content.GetRawText()),
        };
        if (message.Shown is { } shown)
        {
            view["shown"] = JsonNode.Parse(shown.GetRawText());
        }

        if (message.CallbackData is { } callback)
        {
            view["biz_opaque_callback_data"] = callback;
        }

        if (message.ErrorCode is { } code)
        {
            view["error_code"] = code;
        }

        return view;
    }

    private static string? TextOf(ChatMessage message)
    {
        if (message.Shown is { } shown)
        {
            return shown.Text("body");
        }

        if (message.Content.Object(message.Type) is not { } content)
        {
            return null;
        }

        return message.Type switch
        {
            "text" => content.Text("body"),
            "reaction" => content.Text("emoji"),
            "button" => content.Text("text"),
            "location" => content.Text("name"),
            "interactive" => InteractiveText(content),
            _ => content.Text("caption"),
        };
    }

    private static string? InteractiveText(JsonElement content) =>
        content.Object("body")?.Text("text")
        ?? content.Object("button_reply")?.Text("title")
        ?? content.Object("list_reply")?.Text("title");
}
