using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Weflux.Simulator.Control;

/// <summary>Answers of the control API and how its bodies are read.</summary>
internal static class ControlAnswer
{
    public static IResult Json<T>(T value) => TypedResults.Text(SimulatorJson.Write(value), "application/json");

    public static IResult List<T>(IEnumerable<T> items) => Json(new { Data = items });

    public static IResult Refused(string why) => Problem(StatusCodes.Status400BadRequest, why);

    public static IResult NotFound(string what) => Problem(StatusCodes.Status404NotFound, $"There is no such {what}.");

    public static async Task<JsonElement?> BodyAsync(HttpRequest request)
    {
        try
        {
            var body = await request.ReadFromJsonAsync<JsonElement>(SimulatorJson.Options, request.HttpContext.RequestAborted);
            return body.ValueKind == JsonValueKind.Object ? body : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ContentHttpResult Problem(int status, string title) =>
        TypedResults.Text(SimulatorJson.Write(new { Title = title, Status = status }), "application/problem+json", statusCode: status);
}
