using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Weflux.Web.Operations;

namespace Weflux.Web.Api.Reference;

/// <summary>The OpenAPI document: made from the endpoints themselves, and completed with what they have in common.</summary>
internal static class ApiReference
{
    public const string Document = "v1";
    public const string Path = "/api/v1/openapi.json";
    private const string Prefix = "api/v1/";
    private const string SchemeName = "apiKey";

    private static readonly (int Status, string Words)[] CommonErrors =
    [
        (StatusCodes.Status401Unauthorized, "No API key, or one that is unknown, expired or revoked."),
        (StatusCodes.Status403Forbidden, "The key lacks the scope that is named."),
        (StatusCodes.Status429TooManyRequests, "Too many requests. Wait as long as `Retry-After` says."),
        (StatusCodes.Status500InternalServerError, "A fault of Weflux."),
    ];

    public static void AddApiReference(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(Prefix, StringComparison.Ordinal) == true;
        options.AddSchemaTransformer(TidySchemaAsync);
        options.AddOperationTransformer(CompleteOperationAsync);
        options.AddDocumentTransformer(CompleteDocumentAsync);
    });

    public static void MapApiReference(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapOpenApi(Path).AllowAnonymous().WithMetadata(new SkipStatusCodePagesAttribute());

    /// <summary>Numbers are numbers: that the reader of JSON would also take them as text is no promise.</summary>
    private static Task TidySchemaAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (schema.Type is { } type && (type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number)))
        {
            schema.Type = type & ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        var words = context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false)
            .OfType<AllowedValuesAttribute>().SingleOrDefault();
        if (words is not null)
        {
            schema.Enum = [.. words.Values.Select(word => (JsonNode)JsonValue.Create(word as string ?? "")).Where(node => node.GetValue<string>().Length > 0)];
        }

        return Task.CompletedTask;
    }

    private static Task CompleteOperationAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p.In != ParameterLocation.Header) ?? [])
        {
            parameter.Schema = ParameterSchema(parameter.Name, operation.OperationId);
        }

        if (operation.RequestBody?.Content is { } sent && sent.Remove(ApiRoutes.AnyType, out var optional))
        {
            sent["application/json"] = optional;
        }

        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RequiredScope>().SingleOrDefault() is { } required)
        {
            operation.Description += $" Needs the scope `{required.Scope}`.";
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, context.Document)] = [required.Scope] }];
        }

        operation.Responses ??= [];
        foreach (var media in operation.Responses.Values.SelectMany(r => r.Content?.Values ?? []).OfType<OpenApiMediaType>())
        {
            media.Example ??= ApiExamples.For(operation.OperationId);
        }

        IEnumerable<(int Status, string Words)> errors = operation.Parameters?.Any(p => p.In == ParameterLocation.Query) == true
            ? CommonErrors.Prepend((StatusCodes.Status400BadRequest, "A parameter has a bad value; `detail` says which."))
            : CommonErrors;
        foreach (var (status, words) in errors)
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = Problem(words, context.Document, status);
        }

        foreach (var (status, words) in ErrorWords.Of(operation.OperationId))
        {
            Reword(operation, context.Document, status, words);
        }

        return Task.CompletedTask;
    }

    private static void Reword(OpenApiOperation operation, OpenApiDocument? document, int status, string words)
    {
        var key = status.ToString(CultureInfo.InvariantCulture);
        if (operation.Responses!.ContainsKey(key))
        {
            operation.Responses[key] = Problem(words, document, status);
        }
    }

    private static OpenApiResponse Problem(string words, OpenApiDocument? document, int status)
    {
        var response = new OpenApiResponse
        {
            Description = words,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [ApiProblem.MediaType] = new() { Schema = new OpenApiSchemaReference("Problem", document) },
            },
        };
        var header = status switch
        {
            StatusCodes.Status401Unauthorized => HeaderNames.WWWAuthenticate,
            StatusCodes.Status429TooManyRequests => HeaderNames.RetryAfter,
            _ => null,
        };
        if (header is not null)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
            {
                [header] = new OpenApiHeader { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            };
        }

        return response;
    }

    private static OpenApiSchema ParameterSchema(string? name, string? operationId) => name switch
    {
        "state" when operationId == "listEvents" => new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["waiting", "taken", "failed"] },
        "state" => new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["pending", "done", "parked"] },
        "limit" => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = "1",
            Maximum = PageRequest.HighestLimit.ToString(CultureInfo.InvariantCulture),
            Default = PageRequest.DefaultLimit,
        },
        _ => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" },
    };

    private static Task CompleteDocumentAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Weflux API",
            Version = Document,
            Description = "Reads one workspace of Weflux, sends its messages, works its conversations and keeps its contacts. Ids are JSON numbers below 2^53; times are ISO 8601 in UTC; fields may be added, so ignore what you do not know.",
        };

        // Never from the request: whoever sends a Host header would decide where readers send their keys.
        var address = context.ApplicationServices.GetRequiredService<PublicAddress>();
        document.Servers = [new OpenApiServer { Url = address.Origin }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "wfx_…",
                Description = "An API key of a workspace, in the Authorization header and nowhere else.",
            },
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas.Remove(nameof(ProblemDetails));
        document.Components.Schemas["Problem"] = ProblemSchema();
        return Task.CompletedTask;
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What is wrong (RFC 9457).",
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("Always `about:blank`: the status says the kind."),
            ["title"] = Text("The status in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["detail"] = Text("What to do about it."),
            ["instance"] = Text("The address asked."),
            ["reason"] = Text("Why it was refused, in one word for programs, with status 409 or 422."),
            ["scope"] = Text("The scope that is missing, with status 403."),
        },
    };

    private static OpenApiSchema Text(string words) => new() { Type = JsonSchemaType.String, Description = words };
}
