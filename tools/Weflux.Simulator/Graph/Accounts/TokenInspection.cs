using System.Text.Json.Nodes;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary><c>debug_token</c>: what a token may do, told to its app or to the token itself.</summary>
internal sealed class TokenInspection(TokenBook tokens, AppBook apps)
{
    private const string Managing = "whatsapp_business_management";
    private const string Messaging = "whatsapp_business_messaging";
    private const long LongAgo = 1_780_297_200;

    public GraphAnswer Answer(GraphRequest request)
    {
        var asker = tokens.Find(request.Token);
        if (asker is null && apps.ByToken(request.Token) is null)
        {
            return request.Token?.Contains('|', StringComparison.Ordinal) == true
                ? new GraphError(190, "Invalid OAuth access token signature.")
                : GraphError.InvalidToken();
        }

        if (asker is not null && TokenBook.Refuse(asker) is { } refusal)
        {
            return refusal;
        }

        if (asker is null && tokens.Find(request.Query("input_token")) is { } foreign && tokens.Opened(foreign)[0].AppId != apps.ByToken(request.Token)!.AppId)
        {
            return new GraphError(100, "(#100) The App_id in the input_token did not match the Viewing App");
        }

        return request.Query("input_token") is { Length: > 0 } token
            ? GraphAnswer.Ok(new JsonObject { ["data"] = tokens.Find(token) is { } known ? Describe(known) : Unknown() })
            : GraphError.Parameter("The parameter input_token is required");
    }

    private JsonObject Describe(SimulatedToken token)
    {
        var opened = tokens.Opened(token);
        var accounts = opened.Select(number => number.WabaId).Distinct().ToList();
        string[] scopes = token.State == TokenState.UnderScoped ? [Managing] : [Managing, Messaging];
        var described = new JsonObject
        {
            ["app_id"] = opened[0].AppId,
            ["type"] = "SYSTEM_USER",
            ["application"] = "Weflux simulator",
            ["data_access_expires_at"] = 0,
            ["expires_at"] = token.State == TokenState.Expired ? LongAgo : 0,
            ["is_valid"] = token.State is TokenState.Valid or TokenState.UnderScoped,
            ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
            ["granular_scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)new JsonObject
            {
                ["scope"] = scope,
                ["target_ids"] = new JsonArray([.. accounts.Select(account => (JsonNode)account)]),
            })]),
            ["user_id"] = "122100000000000001",
        };
        if (TokenBook.Refuse(token) is { } error)
        {
            described["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message, ["subcode"] = error.Subcode };
        }

        return described;
    }

    private static JsonObject Unknown() => new()
    {
        ["error"] = new JsonObject { ["code"] = 190, ["message"] = "Invalid OAuth access token - Cannot parse access token" },
        ["is_valid"] = false,
        ["scopes"] = new JsonArray(),
    };
}
