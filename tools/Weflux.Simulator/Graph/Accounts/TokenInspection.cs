using System.Text.Json.Nodes;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary><c>debug_token</c>: what a token may do, told to its app or to the token itself.</summary>
internal sealed class TokenInspection(SimulatorOptions options)
{
    private static readonly string[] Scopes = ["whatsapp_business_management", "whatsapp_business_messaging"];

    public GraphAnswer Answer(GraphRequest request)
    {
        var asker = options.Numbers.FirstOrDefault(number =>
            request.Token == number.AccessToken || request.Token == $"{number.AppId}|{number.AppSecret}");
        if (asker is null)
        {
            return GraphError.InvalidToken();
        }

        if (request.Query("input_token") is not { Length: > 0 } token)
        {
            return GraphError.Parameter("The parameter input_token is required");
        }

        var opened = options.Numbers.Where(number => number.AccessToken == token).ToList();
        return GraphAnswer.Ok(new JsonObject { ["data"] = opened.Count > 0 ? Valid(opened) : Unknown() });
    }

    private static JsonObject Valid(List<SimulatedNumber> opened)
    {
        var accounts = opened.Select(number => number.WabaId).Distinct().ToList();
        return new JsonObject
        {
            ["app_id"] = opened[0].AppId,
            ["type"] = "SYSTEM_USER",
            ["application"] = "Weflux simulator",
            ["data_access_expires_at"] = 0,
            ["expires_at"] = 0,
            ["is_valid"] = true,
            ["scopes"] = new JsonArray([.. Scopes.Select(scope => (JsonNode)scope)]),
            ["granular_scopes"] = new JsonArray([.. Scopes.Select(scope => (JsonNode)new JsonObject
            {
                ["scope"] = scope,
                ["target_ids"] = new JsonArray([.. accounts.Select(account => (JsonNode)account)]),
            })]),
            ["user_id"] = "122100000000000001",
        };
    }

    private static JsonObject Unknown() => new()
    {
        ["error"] = new JsonObject { ["code"] = 190, ["message"] = "Invalid OAuth access token - Cannot parse access token" },
        ["is_valid"] = false,
        ["scopes"] = new JsonArray(),
    };
}
