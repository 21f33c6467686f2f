using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Weflux.Simulator.Graph.Templates;

/// <summary>Lists templates in pages, by cursor.</summary>
internal sealed class TemplateList(TemplateCatalogue catalogue)
{
    private const int DefaultLimit = 25;
    private static readonly string[] DefaultFields = ["name", "parameter_format", "components", "language", "status", "category"];

    public GraphAnswer Answer(string waba, GraphRequest request)
    {
        if (StartOf(request.Query("after")) is not { } start)
        {
            return new GraphError(131059, "(#131059) Invalid cursor", "The paging cursor is not valid. Start again without it.");
        }

        var limit = int.TryParse(request.Query("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : DefaultLimit;
        var matching = catalogue.Of(waba).Where(template => Matches(template, request)).ToList();
        var page = matching.Skip(start).Take(limit).ToList();
        var fields = FieldSelection.Names(request.Query("fields")) ?? DefaultFields;
        var answer = new JsonObject
        {
            ["data"] = new JsonArray([.. page.Select(template => (JsonNode)FieldSelection.Select(Fields(template), fields))]),
        };
        if (page.Count > 0)
        {
            answer["paging"] = Paging(request, start, start + page.Count, start + page.Count < matching.Count);
        }

        return GraphAnswer.Ok(answer);
    }

    private static bool Matches(SimulatedTemplate template, GraphRequest request) =>
        IsWanted(request.Query("name"), template.Name)
        && IsWanted(request.Query("language"), template.Language)
        && IsWanted(request.Query("status"), template.Status)
        && IsWanted(request.Query("category"), template.Category);

    private static bool IsWanted(string? filter, string value) =>
        string.IsNullOrEmpty(filter) || string.Equals(filter, value, StringComparison.OrdinalIgnoreCase);

    public static JsonObject Fields(SimulatedTemplate template) => new()
    {
        ["name"] = template.Name,
        ["parameter_format"] = template.ParameterFormat,
        ["components"] = JsonNode.Parse(template.Components.GetRawText()),
        ["language"] = template.Language,
        ["status"] = template.Status,
        ["category"] = template.Category,
        ["quality_score"] = new JsonObject { ["score"] = template.QualityScore },
        ["rejected_reason"] = template.RejectedReason ?? "NONE",
        ["id"] = template.Id,
    };

    private static JsonObject Paging(GraphRequest request, int start, int end, bool hasMore)
    {
        var paging = new JsonObject
        {
            ["cursors"] = new JsonObject { ["before"] = CursorOf(start), ["after"] = CursorOf(end) },
        };
        if (hasMore)
        {
            var query = request.Http.Request.Query
                .Where(parameter => parameter.Key is not ("after" or "access_token"))
                .ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value.ToString());
            query["after"] = CursorOf(end);
            paging["next"] = QueryHelpers.AddQueryString(request.AddressOf($"graph/{request.Version}/{request.Path}"), query);
        }

        return paging;
    }

    private static string CursorOf(int position) =>
        WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"template:{position}")));

    private static int? StartOf(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return 0;
        }

        try
        {
            var text = Encoding.ASCII.GetString(WebEncoders.Base64UrlDecode(cursor));
            return text.StartsWith("template:", StringComparison.Ordinal)
                && int.TryParse(text["template:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                ? start
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
