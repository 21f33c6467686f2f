using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>Requests about a Meta app, asked with its own token.</summary>
internal sealed class AppNode(AppBook apps, CallbackCheck callbacks, SimulatorOptions options)
{
    private const string Ours = "whatsapp_business_account";

    public async Task<GraphAnswer> AnswerAsync(SimulatedApp app, GraphRequest request)
    {
        if (apps.ByToken(request.Token)?.AppId != app.AppId)
        {
            return request.Token?.Contains('|', StringComparison.Ordinal) == true && apps.ByToken(request.Token) is null
                ? new GraphError(190, "Invalid OAuth access token signature.") { HttpStatus = 401 }
                : new GraphError(15, "(#15) This method must be called with an app access_token.");
        }

        return (request.Method, request.Edge) switch
        {
            ("GET", null) => GraphAnswer.Ok(new JsonObject { ["id"] = app.AppId, ["name"] = "Weflux simulator" }),
            ("GET", "subscriptions") => GraphAnswer.Ok(new JsonObject { ["data"] = List(app) }),
            ("POST", "subscriptions") => await SubscribeAsync(app, request),
            (_, null) => GraphError.UnknownObject(request.Method, request.ObjectId),
            _ => GraphError.UnknownPath(request.Path),
        };
    }

    private async Task<GraphAnswer> SubscribeAsync(SimulatedApp app, GraphRequest request)
    {
        if (request.Body is not { ValueKind: JsonValueKind.Object } body || body.Text("object") != Ours || body.Text("callback_url") is not { } callback)
        {
            return GraphError.Parameter("The parameters object and callback_url are required.");
        }

        if (await callbacks.RefuseAsync(callback, body.Text("verify_token"), request.Http.RequestAborted) is { } refusal)
        {
            return refusal;
        }

        var fields = body.Items("fields").Select(field => field.ToString()).ToList();
        if (body.Text("fields") is { } list)
        {
            fields = [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        }

        if (fields.Find(field => !WebhookFields.All.Contains(field)) is { } unknown)
        {
            return GraphError.Parameter($"Param fields must be one of the known fields - got \"{unknown}\".");
        }

        apps.Subscribe(app.AppId, callback, fields);
        return GraphAnswer.Success();
    }

    private JsonArray List(SimulatedApp app) => app.Callback is null
        ? []
        : new JsonArray(new JsonObject
        {
            ["object"] = Ours,
            ["callback_url"] = app.Callback.StartsWith('/') ? new Uri(options.PublicAddress?.Invoke() ?? options.WebhookBaseAddress(), app.Callback).ToString() : app.Callback,
            ["active"] = true,
            ["fields"] = new JsonArray([.. app.Fields.Select(field => (JsonNode)new JsonObject { ["name"] = field, ["version"] = "v26.0" })]),
        });
}
