using System.Text.Json.Nodes;

namespace Weflux.Simulator.Graph;

/// <summary>What the Graph API says to one request; a message sent is named, for the ledger. Without a body it is not the Graph API that answers.</summary>
internal sealed record GraphAnswer(int Status, JsonNode? Body, string? Wamid = null, int? ErrorCode = null)
{
    public static GraphAnswer Ok(JsonNode body) => new(200, body);

    public static GraphAnswer Success() => Ok(new JsonObject { ["success"] = true });

    public static implicit operator GraphAnswer(GraphError error) =>
        new(error.HttpStatus, error.ToJson(), ErrorCode: error.Code);
}
