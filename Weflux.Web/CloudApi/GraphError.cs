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
            using var document = PlatformJson.Parse(body);
            return document.RootElement.Object("error") is { } error && error.Integer("code") is { } code
                ? new PlatformFault(code, error.Text("message") ?? "", error.Object("error_data")?.Text("details"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
