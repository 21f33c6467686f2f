using System.Globalization;
using System.Text.Json;
using Weflux.Simulator.Graph.Templates;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>Checks a template send against the approved template and fills it in.</summary>
internal sealed class TemplateRules(TemplateCatalogue catalogue, MediaRules files)
{
    private const int BodyLimit = 1024;

    public GraphError? Fill(SimulatedNumber number, JsonElement send, out FilledTemplate? filled)
    {
        filled = null;
        var name = send.Text("name");
        var language = send.Object("language")?.Text("code");
        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(language))
        {
            return GraphError.Missing("Parameters 'name' and 'language' with its 'code' are mandatory for type 'template'");
        }

        if (catalogue.Find(number.WabaId, name, language) is not { } template)
        {
            return new GraphError(132001, "(#132001) Template name does not exist in the translation", $"template name ({name}) does not exist in {language}");
        }

        return template.Status switch
        {
            "APPROVED" => Fill(number, template, send, out filled),
            "PAUSED" => new GraphError(132015, "(#132015) Template is paused", "Template is paused due to low quality and cannot be sent."),
            _ => new GraphError(132001, "(#132001) Template name does not exist in the translation", $"template name ({name}) is not approved in {language}"),
        };
    }

    private GraphError? Fill(SimulatedNumber number, SimulatedTemplate template, JsonElement send, out FilledTemplate? filled)
    {
        filled = null;
        var given = send.Items("components");
        var bodyText = template.Component("BODY")?.Text("text") ?? "";
        if (TemplateVariables.Fill("body", bodyText, Parameters(given, "body"), template.IsNamed, out var body) is { } wrongBody)
        {
            return wrongBody;
        }

        if (body.Length > BodyLimit)
        {
            return new GraphError(132005, "(#132005) Translated text too long", $"body: text is longer than {BodyLimit} characters");
        }

        if (Header(number, template, Parameters(given, "header"), out var header, out var headerMedia) is { } wrongHeader)
        {
            return wrongHeader;
        }

        if (TemplateButtons.Read(template.Buttons, given, out var buttonValues) is { } wrongButtons)
        {
            return wrongButtons;
        }

        if (TemplateCards.Read(template, given, (format, file) => files.Check(number, format, file), out var cards) is { } wrongCards)
        {
            return wrongCards;
        }

        filled = FilledTemplate.Of(template, body, header, headerMedia, buttonValues, cards);
        return null;
    }

    private GraphError? Header(SimulatedNumber number, SimulatedTemplate template, IReadOnlyList<JsonElement> given, out string? text, out JsonElement? media)
    {
        (text, media) = (null, null);
        if (template.Component("HEADER") is not { } header)
        {
            return given.Count == 0 ? null : TemplateVariables.WrongCount("header", given.Count, 0);
        }

        if (header.Text("format") == "TEXT")
        {
            return TemplateVariables.Fill("header", header.Text("text") ?? "", given, template.IsNamed, out text);
        }

        var format = header.Text("format")!.ToLowerInvariant();
        if (given.Count != 1 || given[0].Text("type") != format || given[0].Object(format) is not { } content)
        {
            var received = given.Count == 0 ? "UNKNOWN" : given[0].Text("type")?.ToUpperInvariant() ?? "UNKNOWN";
            return new GraphError(132012, "(#132012) Parameter format does not match format in the created template", $"header: Format mismatch, expected {format.ToUpperInvariant()}, received {received}");
        }

        media = content;
        return format == "location" ? null : files.Check(number, format, content);
    }

    private static IReadOnlyList<JsonElement> Parameters(IReadOnlyList<JsonElement> components, string type) =>
        [.. components.Where(component => component.Text("type") == type).SelectMany(component => component.Items("parameters"))];
}
