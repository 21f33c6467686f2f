using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Simulator.Graph.Templates;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>A template with its values in place, as the phone shows it.</summary>
internal sealed record FilledTemplate(string Category, JsonElement Shown)
{
    public static FilledTemplate Of(
        SimulatedTemplate template,
        string body,
        string? header,
        JsonElement? headerMedia,
        IReadOnlyDictionary<int, string> buttonValues,
        JsonArray cards)
    {
        var shown = new JsonObject { ["body"] = body };
        if (header is not null)
        {
            shown["header"] = header;
        }

        if (headerMedia is { } media)
        {
            shown["header_media"] = JsonNode.Parse(media.GetRawText());
            shown["header_format"] = template.Component("HEADER")?.Text("format")?.ToLowerInvariant();
        }

        if (template.Component("FOOTER")?.Text("text") is { } footer)
        {
            shown["footer"] = footer;
        }

        shown["buttons"] = new JsonArray([.. template.Buttons.Select((button, index) => (JsonNode)Button(button, buttonValues.GetValueOrDefault(index)))]);
        if (cards.Count > 0)
        {
            shown["cards"] = cards;
        }

        return new FilledTemplate(template.Category.ToLowerInvariant(), SimulatorJson.ToElement(shown));
    }

    public static JsonObject Button(JsonElement button, string? value)
    {
        var text = button.Text("text");
        return button.Text("type") switch
        {
            "QUICK_REPLY" => new JsonObject { ["type"] = "quick_reply", ["text"] = text, ["payload"] = value ?? text },
            "PHONE_NUMBER" => new JsonObject { ["type"] = "url", ["text"] = text, ["url"] = $"tel:{button.Text("phone_number")}" },
            "COPY_CODE" => new JsonObject { ["type"] = "code", ["text"] = text ?? "Copy offer code", ["code"] = value },
            "FLOW" => new JsonObject { ["type"] = "code", ["text"] = text, ["code"] = null },
            _ => new JsonObject { ["type"] = "url", ["text"] = text, ["url"] = button.Text("url")?.Replace("{{1}}", value, StringComparison.Ordinal) },
        };
    }
}
