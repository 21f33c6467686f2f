using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weflux.Simulator.Graph.Accounts;

namespace Weflux.Simulator.Control;

/// <summary>What a person does in Meta's console: make, take back and limit tokens, reset the app secret; and what Meta decides about a number.</summary>
internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder simulator)
    {
        var api = simulator.MapGroup("/api").AddEndpointFilter(new JsonOnly());
        api.MapPost("/tokens", ChangeTokenAsync);
        api.MapPost("/apps/{appId}/secret", ResetSecretAsync);
        api.MapGet("/numbers/{phoneNumberId}/facts", (string phoneNumberId, SimulatorOptions options, FactBook facts) =>
            options.Find(phoneNumberId) is { } number ? ControlAnswer.Json(facts.Of(number)) : ControlAnswer.NotFound("number"));
        api.MapPost("/numbers/{phoneNumberId}/facts", ChangeFactsAsync);
        api.MapGet("/numbers/{phoneNumberId}/tokens", (string phoneNumberId, SimulatorOptions options, TokenBook tokens) =>
            options.Find(phoneNumberId) is { } number ? ControlAnswer.List(tokens.Of(number)) : ControlAnswer.NotFound("number"));
        api.MapPost("/numbers/{phoneNumberId}/tokens", (string phoneNumberId, SimulatorOptions options, TokenBook tokens) =>
            options.Find(phoneNumberId) is { } number ? ControlAnswer.Json(tokens.Issue(number)) : ControlAnswer.NotFound("number"));
    }

    private static async Task<IResult> ChangeTokenAsync(HttpRequest request, TokenBook tokens)
    {
        var body = await ControlAnswer.BodyAsync(request);
        if (body?.Text("token") is not { } text
            || !Enum.TryParse<TokenState>(body.Value.Text("state")?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var state)
            || !Enum.IsDefined(state))
        {
            return ControlAnswer.Refused("A token and its state are needed: valid, revoked, expired or under_scoped.");
        }

        return tokens.Change(text, state) is { } changed ? ControlAnswer.Json(changed) : ControlAnswer.NotFound("token");
    }

    private static async Task<IResult> ResetSecretAsync(string appId, HttpRequest request, AppBook apps)
    {
        if (apps.Find(appId) is not { } app)
        {
            return ControlAnswer.NotFound("app");
        }

        return ControlAnswer.Json(new { apps.ResetSecret(app.AppId, (await ControlAnswer.BodyAsync(request))?.Text("secret")).Secret });
    }

    private static async Task<IResult> ChangeFactsAsync(string phoneNumberId, HttpRequest request, SimulatorOptions options, AccountNews news)
    {
        if (options.Find(phoneNumberId) is not { } number)
        {
            return ControlAnswer.NotFound("number");
        }

        return await ControlAnswer.BodyAsync(request) is { } body
            ? ControlAnswer.Json(news.Change(number, body))
            : ControlAnswer.Refused("Say what changes, such as { \"quality_rating\": \"RED\" }.");
    }
}
