using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Weflux.Simulator.Graph;

/// <summary>A refusal in the shape and, where known, the words of the Graph API.</summary>
internal sealed record GraphError(int Code, string Message, string? Details = null)
{
    public int HttpStatus { get; init; } = 400;

    public string Type { get; init; } = "OAuthException";

    public int? Subcode { get; init; }

    public static GraphError InvalidToken() =>
        new(190, "Invalid OAuth access token - Cannot parse access token") { HttpStatus = 401 };

    public static GraphError UnknownObject(string method, string id) =>
        new(100, $"Unsupported {method.ToLowerInvariant()} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api")
        {
            Type = "GraphMethodException",
            Subcode = 33,
        };

    public static GraphError UnknownPath(string path) => new(2500, $"Unknown path components: /{path}");

    public static GraphError Parameter(string message) => new(100, $"(#100) {message}", message);

    public static GraphError Missing(string details) => new(131008, "(#131008) Required parameter is missing", details);

    public static GraphError Invalid(string details) => new(131009, "(#131009) Parameter value is not valid", details);

    public JsonObject ToJson()
    {
        var error = new JsonObject { ["message"] = Message, ["type"] = Type, ["code"] = Code };
        if (Subcode is { } subcode)
        {
            error["error_subcode"] = subcode;
        }

        if (Details is not null)
        {
            error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = Details };
        }

        error["fbtrace_id"] = "A" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return new JsonObject { ["error"] = error };
    }
}
