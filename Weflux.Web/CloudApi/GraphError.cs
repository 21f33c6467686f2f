using System.Text.Json;
using Weflux.Domain.Conversations;

namespace Weflux.Web.CloudApi;

/// <summary>Reads the error object of a Graph answer.</summary>
internal static class GraphError
{
    /// <summary>The fault in an answer's body; null if the body holds none.</summary>
    public static PlatformFault? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("error", out var error)
                || error.ValueKind != JsonValueKind.Object
                || !error.TryGetProperty("code", out var code)
                || code.ValueKind != JsonValueKind.Number
                || !code.TryGetInt32(out var number))
            {
                return null;
            }

            return new PlatformFault(number, Text(error, "message") ?? "", Details(error));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Details(JsonElement error) =>
        error.TryGetProperty("error_data", out var data) && data.ValueKind == JsonValueKind.Object ? Text(data, "details") : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
