using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.OpenApi;

namespace Weflux.Web.Api.Reference;

/// <summary>The document as the reader page shows it.</summary>
internal sealed record ReferenceView(string Origin, IReadOnlyList<ReferenceGroup> Groups)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ReferenceView Of(OpenApiDocument document)
    {
        var origin = document.Servers?.FirstOrDefault()?.Url ?? "";
        var operations = document.Paths
            .SelectMany(path => path.Value.Operations ?? [], (path, operation) => (path.Key, Method: operation.Key, Operation: operation.Value));
        return new ReferenceView(origin,
        [
            .. operations.GroupBy(o => o.Operation.Tags?.FirstOrDefault()?.Name ?? "")
                .Select(group => new ReferenceGroup(group.Key, [.. group.Select(o => Endpoint(origin, o.Key, o.Method, o.Operation))])),
        ]);
    }

    private static ReferenceEndpoint Endpoint(string origin, string path, HttpMethod method, OpenApiOperation operation)
    {
        var answer = (operation.Responses ?? []).FirstOrDefault(r => r.Key.StartsWith('2'));
        var schema = answer.Value?.Content?.Values.FirstOrDefault()?.Schema;
        return new ReferenceEndpoint(
            operation.OperationId ?? path,
            method.Method,
            path,
            operation.Summary ?? "",
            operation.Description ?? "",
            [.. (operation.Parameters ?? []).Select(Parameter)],
            schema is null ? [] : [.. Fields(Item(schema), "")],
            [.. (operation.Responses ?? []).Where(r => !r.Key.StartsWith('2')).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new ReferenceError(r.Key, r.Value.Description ?? ""))],
            Curl(origin, path, method, operation.OperationId),
            answer.Key ?? "",
            ApiExamples.For(operation.OperationId)?.ToJsonString(Indented) ?? "")
        {
            Body = operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema is { } body ? [.. Fields(body, "")] : [],
        };
    }

    private static ReferenceField Parameter(IOpenApiParameter parameter)
    {
        var schema = parameter.Schema;
        var notes = schema?.Default is { } standard ? string.Create(CultureInfo.InvariantCulture, $" Default {standard}.") : "";
        return new ReferenceField(parameter.Name ?? "", Type(schema), (parameter.Description ?? "") + notes);
    }

    // A list is shown by what stands in it: data and next are explained once for all.
    private static IOpenApiSchema Item(IOpenApiSchema schema) =>
        schema.Properties?.TryGetValue("data", out var data) == true && data.Items is { } item ? item : schema;

    private static IEnumerable<ReferenceField> Fields(IOpenApiSchema schema, string prefix)
    {
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            yield return new ReferenceField(prefix + name, Type(property), property.Description ?? "");
            var isList = property.Items is not null;
            var inner = property.Items ?? Inner(property);
            if (inner.Properties?.Count > 0)
            {
                foreach (var field in Fields(inner, $"{prefix}{name}{(isList ? "[]" : "")}."))
                {
                    yield return field;
                }
            }
        }
    }

    private static IOpenApiSchema Inner(IOpenApiSchema schema) =>
        schema.OneOf?.FirstOrDefault(s => s.Properties?.Count > 0) ?? schema;

    private static string Type(IOpenApiSchema? schema)
    {
        if (schema is null)
        {
            return "";
        }

        var inner = Inner(schema);
        var type = (inner.Type ?? JsonSchemaType.Object) & ~JsonSchemaType.Null;
        var words = schema.Enum?.Count > 0 ? string.Join(" | ", schema.Enum.Select(e => e.ToString()))
            : inner.Format == "date-time" ? "time"
            : type == JsonSchemaType.Integer ? "number"
            : type == JsonSchemaType.Boolean ? "true | false"
            : type == JsonSchemaType.Array ? "list"
            : type.ToString().ToLowerInvariant();
        var isNullable = schema.Type?.HasFlag(JsonSchemaType.Null) == true || schema.OneOf?.Any(s => s.Type == JsonSchemaType.Null) == true;
        return isNullable ? words + " | null" : words;
    }

    private static string Curl(string origin, string path, HttpMethod method, string? operationId)
    {
        var body = ApiExamples.Body(operationId);
        var address = (path switch
        {
            "/api/v1/messages" when body is null => path + "?after=0&limit=1000",
            "/api/v1/webhook-deliveries" => path + "?state=parked",
            "/api/v1/webhooks/{id}/events" => path + "?state=failed",
            _ => path,
        }).Replace("{id}", "12", StringComparison.Ordinal).Replace("{label}", "2", StringComparison.Ordinal);
        var verb = method == HttpMethod.Get ? "" : $"-X {method.Method} ";
        var key = ApiExamples.TakesKey(operationId) ? " -H \"Idempotency-Key: $(uuidgen)\"" : "";
        var sent = body is null ? "" : $" \\\n  -H 'Content-Type: application/json'{key} \\\n  -d '{body}'";
        return $"curl {verb}'{origin}{address}' \\\n  -H \"Authorization: Bearer $WEFLUX_KEY\"{sent}";
    }
}

internal sealed record ReferenceGroup(string Name, IReadOnlyList<ReferenceEndpoint> Endpoints);

public sealed record ReferenceEndpoint(
    string Id,
    string Method,
    string Path,
    string Summary,
    string Description,
    IReadOnlyList<ReferenceField> Parameters,
    IReadOnlyList<ReferenceField> Fields,
    IReadOnlyList<ReferenceError> Errors,
    string Curl,
    string Status,
    string Example)
{
    /// <summary>What is sent; empty if nothing is.</summary>
    public IReadOnlyList<ReferenceField> Body { get; init; } = [];
}

public sealed record ReferenceField(string Name, string Type, string Words);

public sealed record ReferenceError(string Status, string Words);
