using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Simulator.Graph.Templates;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>The cards of a carousel: exactly as many as were approved, each filled in.</summary>
internal static class TemplateCards
{
    public static GraphError? Read(SimulatedTemplate template, IReadOnlyList<JsonElement> given, Func<string, JsonElement, GraphError?> checkFile, out JsonArray shown)
    {
        shown = [];
        var cards = given.Where(component => component.Text("type") == "carousel").SelectMany(component => component.Items("cards")).ToList();
        if (cards.Count != template.Cards.Count)
        {
            return TemplateVariables.WrongCount("carousel", cards.Count, template.Cards.Count);
        }

        for (var i = 0; i < cards.Count; i++)
        {
            if (cards[i].Member("card_index")?.ToString() != i.ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                return GraphError.Invalid("carousel: card_index must count from 0");
            }

            if (Card(template, template.Cards[i], cards[i].Items("components"), checkFile, shown) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static GraphError? Card(SimulatedTemplate template, JsonElement approved, IReadOnlyList<JsonElement> given, Func<string, JsonElement, GraphError?> checkFile, JsonArray shown)
    {
        var parts = approved.Items("components");
        var text = Part(parts, "BODY")?.Text("text") ?? "";
        if (TemplateVariables.Fill("body", text, Parameters(given, "body"), template.IsNamed, out var body) is { } wrongBody)
        {
            return wrongBody;
        }

        var format = Part(parts, "HEADER")?.Text("format")?.ToLowerInvariant();
        var file = Parameters(given, "header") is [var header] && header.Text("type") == format ? header.Object(format ?? "") : null;
        if (format is not null && file is null)
        {
            return new GraphError(132012, "(#132012) Parameter format does not match format in the created template", $"carousel: a header of the type {format} is expected on every card");
        }

        if (file is { } content && checkFile(format!, content) is { } wrongFile)
        {
            return wrongFile;
        }

        var buttons = Part(parts, "BUTTONS")?.Items("buttons") ?? [];
        if (TemplateButtons.Read(buttons, given, out var values) is { } wrongButtons)
        {
            return wrongButtons;
        }

        shown.Add(new JsonObject
        {
            ["body"] = body,
            ["header_media"] = file is { } media ? JsonNode.Parse(media.GetRawText()) : null,
            ["header_format"] = format,
            ["buttons"] = new JsonArray([.. buttons.Select((button, i) => (JsonNode)FilledTemplate.Button(button, values.GetValueOrDefault(i)))]),
        });
        return null;
    }

    private static JsonElement? Part(IReadOnlyList<JsonElement> parts, string type) =>
        parts.Where(part => part.Text("type") == type).Select(part => (JsonElement?)part).FirstOrDefault();

    private static IReadOnlyList<JsonElement> Parameters(IReadOnlyList<JsonElement> components, string type) =>
        [.. components.Where(component => component.Text("type") == type).SelectMany(component => component.Items("parameters"))];
}
