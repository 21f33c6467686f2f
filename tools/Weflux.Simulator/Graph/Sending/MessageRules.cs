using System.Text.Json;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>Checks the content of a send as Meta would, by its type.</summary>
internal sealed class MessageRules(MediaRules media, ReactionRules reactions)
{
    private static readonly string[] Types =
        ["audio", "contacts", "document", "image", "interactive", "location", "reaction", "sticker", "template", "text", "video"];

    public GraphError? Check(SimulatedNumber number, JsonElement body)
    {
        if (body.Member("type") is { ValueKind: not JsonValueKind.String })
        {
            return GraphError.Parameter("Param type must be a string.");
        }

        var type = body.Text("type") ?? "text";
        if (!Types.Contains(type))
        {
            return GraphError.Parameter($"Param type must be one of {{{string.Join(", ", Types).ToUpperInvariant()}}} - got \"{type}\".");
        }

        if (body.Member(type) is not { } content)
        {
            return GraphError.Missing($"Parameter '{type}' is mandatory for type '{type}'");
        }

        var expected = type == "contacts" ? JsonValueKind.Array : JsonValueKind.Object;
        if (content.ValueKind != expected)
        {
            return GraphError.Parameter($"Param {type} must be a JSON {expected.ToString().ToLowerInvariant()}.");
        }

        return type switch
        {
            "text" => TextRules.Check(content),
            "location" => LocationRules.Check(content),
            "contacts" => ContactRules.Check(content),
            "interactive" => InteractiveRules.Check(content),
            "reaction" => reactions.Check(number, content),
            "template" => null,
            _ => media.Check(number, type, content),
        };
    }
}
