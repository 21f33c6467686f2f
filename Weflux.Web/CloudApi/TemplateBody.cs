using System.Globalization;
using System.Text.Json.Nodes;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.CloudApi;

/// <summary>Writes the object <c>template</c> of a send call.</summary>
internal static class TemplateBody
{
    public static JsonObject Write(TemplateContent template)
    {
        var written = new JsonObject
        {
            ["name"] = template.Name,
            ["language"] = new JsonObject { ["code"] = template.Language },
        };
        var components = Components(template.Header, template.BodyParameters, template.ParameterNames, template.ButtonValues);
        if (template.Cards is { Count: > 0 } cards)
        {
            components.Add(new JsonObject
            {
                ["type"] = "carousel",
                ["cards"] = new JsonArray([.. cards.Select((card, i) => (JsonNode)new JsonObject
                {
                    ["card_index"] = i,
                    ["components"] = Components(card.Header, card.BodyParameters, card.ParameterNames ?? [], card.Buttons),
                })]),
            });
        }

        if (components.Count > 0)
        {
            written["components"] = components;
        }

        return written;
    }

    private static JsonArray Components(
        TemplateHeaderValue? header, IReadOnlyList<string> body, IReadOnlyList<string> names, IReadOnlyList<TemplateButtonValue>? buttons)
    {
        var components = new JsonArray();
        if (header is not null)
        {
            components.Add(new JsonObject { ["type"] = "header", ["parameters"] = new JsonArray(Header(header)) });
        }

        if (body.Count > 0)
        {
            components.Add(new JsonObject
            {
                ["type"] = "body",
                ["parameters"] = new JsonArray([.. body.Select((value, i) => (JsonNode)Words(value, names.Count > 0 ? names[i] : null))]),
            });
        }

        foreach (var button in buttons ?? [])
        {
            components.Add(Button(button));
        }

        return components;
    }

    private static JsonObject Header(TemplateHeaderValue header)
    {
        switch (header.Value)
        {
            case TextValue text:
                return Words(text.Text, header.ParameterName);
            case LocationValue place:
                var location = new JsonObject { ["latitude"] = place.Latitude, ["longitude"] = place.Longitude };
                AddIfSaid(location, "name", place.Name);
                AddIfSaid(location, "address", place.Address);
                return new JsonObject { ["type"] = "location", ["location"] = location };
            case FileValue file:
                var kind = header.Format switch
                {
                    TemplateHeaderFormat.Image => "image",
                    TemplateHeaderFormat.Video => "video",
                    _ => "document",
                };
                return new JsonObject { ["type"] = kind, [kind] = File(file, header.Format) };
            default:
                throw new NotSupportedException($"A header cannot be filled with a {header.Value.GetType().Name}.");
        }
    }

    private static JsonObject File(FileValue file, TemplateHeaderFormat format)
    {
        var written = file switch
        {
            { Media.Id.Length: > 0 } => new JsonObject { ["id"] = file.Media.Id },
            { Link: { Length: > 0 } link } => new JsonObject { ["link"] = link },
            _ => throw new InvalidOperationException("The file of a template's header has not been handed to the platform."),
        };
        if (format == TemplateHeaderFormat.Document)
        {
            AddIfSaid(written, "filename", file.FileName);
        }

        return written;
    }

    private static JsonObject Button(TemplateButtonValue button)
    {
        var (subType, parameter) = button.Kind switch
        {
            TemplateButtonKind.CopyCode => ("copy_code", new JsonObject { ["type"] = "coupon_code", ["coupon_code"] = button.Value }),
            TemplateButtonKind.Flow => ("flow", new JsonObject { ["type"] = "action", ["action"] = new JsonObject() }),
            _ => ("url", Words(button.Value, null)),
        };
        return new JsonObject
        {
            ["type"] = "button",
            ["sub_type"] = subType,
            ["index"] = button.Index.ToString(CultureInfo.InvariantCulture),
            ["parameters"] = new JsonArray(parameter),
        };
    }

    private static JsonObject Words(string text, string? name)
    {
        var parameter = new JsonObject { ["type"] = "text" };
        AddIfSaid(parameter, "parameter_name", name);
        parameter["text"] = text;
        return parameter;
    }

    private static void AddIfSaid(JsonObject written, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            written[name] = value;
        }
    }
}
