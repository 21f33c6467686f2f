using System.Text.Json.Nodes;

namespace Weflux.Simulator.Graph;

/// <summary>The <c>fields</c> parameter: only what was asked for, always with the id.</summary>
internal static class FieldSelection
{
    public static GraphAnswer Answer(JsonObject node, string? fields, IReadOnlyList<string> defaults, string nodeType)
    {
        var wanted = Names(fields) ?? defaults;
        return wanted.FirstOrDefault(name => !node.ContainsKey(name)) is { } unknown
            ? new GraphError(100, $"(#100) Tried accessing nonexisting field ({unknown}) on node type ({nodeType})")
            : GraphAnswer.Ok(Select(node, wanted));
    }

    public static JsonObject Select(JsonObject node, IReadOnlyList<string> wanted)
    {
        var selected = new JsonObject();
        foreach (var (name, value) in node)
        {
            if (name == "id" || wanted.Contains(name))
            {
                selected[name] = value?.DeepClone();
            }
        }

        return selected;
    }

    /// <summary>Names at the top level; what stands in braces chooses inside of a field and is given whole here.</summary>
    public static IReadOnlyList<string>? Names(string? fields)
    {
        if (string.IsNullOrWhiteSpace(fields))
        {
            return null;
        }

        var depth = 0;
        var flat = string.Concat(fields.Where(letter =>
        {
            depth += letter switch { '{' => 1, '}' => -1, _ => 0 };
            return depth == 0 && letter != '}';
        }));
        return flat.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
