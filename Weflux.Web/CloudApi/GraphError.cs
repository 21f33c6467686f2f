using System.Text.Json;
using Weflux.Domain.Conversations;

namespace Weflux.Web.CloudApi;

/// <summary>Reads the error object of a Graph answer.</summary>
internal static class GraphError
{
    /// <summary>The platform has deprecated subcodes, but nothing else tells a token that ran out from one that was taken back.</summary>
    public static int? ReadSubcode(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = PlatformJson.Parse(body);
            return document.RootElement.Object("error")?.Integer("error_subcode");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The fault in an answer's body; null if the body holds none.</summary>
    public static PlatformFault? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = PlatformJson.Parse(body);
            return document.RootElement.Object("error") is { } error && error.Integer("code") is { } code
                ? new PlatformFault(code, error.Text("message") ?? "", error.Object("error_data")?.Text("details") ?? error.Text("error_user_msg"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
