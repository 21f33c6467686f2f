using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Weflux.Simulator.Graph;

/// <summary>One request to the Graph API, taken apart: the object it is about, the edge of that object, and the body.</summary>
internal sealed record GraphRequest(HttpContext Http, string Version, string Path, string? Token, JsonElement? Body)
{
    private static readonly string[] Schemes = ["Bearer ", "OAuth "];

    public string Method => Http.Request.Method;

    public string ObjectId => Path.Split('/')[0];

    public string? Edge => Path.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? Path[(at + 1)..] : null;

    /// <summary>Whether a message is sent; that one was read is told on the same edge, and is none.</summary>
    public bool IsSend => Method == HttpMethods.Post && Edge == "messages" && Body?.Text("status") is null;

    public string? Query(string name) => Http.Request.Query[name].FirstOrDefault();

    /// <summary>An address of the simulator as the caller reached it.</summary>
    public string AddressOf(string path) => $"{Http.Request.Scheme}://{Http.Request.Host}{Http.Request.PathBase}/simulator/{path}";

    public static async Task<GraphRequest> ReadAsync(HttpContext http, string version, string path) =>
        new(http, version, path.Trim('/'), TokenOf(http.Request), await BodyOfAsync(http));

    private static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();

        // Uploads in steps use the other word.
        return Schemes.FirstOrDefault(scheme => header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) is { } found
            ? header[found.Length..].Trim()
            : request.Query["access_token"].FirstOrDefault();
    }

    private static async Task<JsonElement?> BodyOfAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
        {
            return null;
        }

        try
        {
            return await http.Request.ReadFromJsonAsync<JsonElement>(SimulatorJson.Options, http.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
