using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Weflux.Simulator.Graph.Templates;

/// <summary>Uploads in two steps: a session, then the bytes. What comes back is a handle that a template may name.</summary>
internal sealed class SampleShelf
{
    private const string SessionPrefix = "upload:";
    private const int Most = 100 * 1024 * 1024;
    private static readonly string[] Types = ["application/pdf", "image/jpeg", "image/png", "video/mp4"];
    private readonly ConcurrentDictionary<string, int> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _handles = new(StringComparer.Ordinal) { ["4:c2FtcGxl"] = true };

    public static bool IsAbout(GraphRequest request) => request.Edge == "uploads" || request.Path.StartsWith(SessionPrefix, StringComparison.Ordinal);

    public bool IsKnown(string handle) => _handles.ContainsKey(handle);

    public async Task<GraphAnswer> AnswerAsync(GraphRequest request, bool isAllowed)
    {
        if (!isAllowed)
        {
            return GraphError.InvalidToken();
        }

        return request.Method switch
        {
            "POST" when request.Edge == "uploads" => Begin(request),
            "POST" => await TakeAsync(request),
            "GET" when _sessions.ContainsKey(request.Path) => GraphAnswer.Ok(new JsonObject { ["id"] = request.Path, ["file_offset"] = 0 }),
            _ => GraphError.UnknownPath(request.Path),
        };
    }

    private GraphAnswer Begin(GraphRequest request)
    {
        if (!int.TryParse(request.Query("file_length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is 0 or > Most)
        {
            return GraphError.Parameter("The parameter file_length is required.");
        }

        if (!Types.Contains(request.Query("file_type")))
        {
            return GraphError.Parameter("Param file_type must be one of {APPLICATION/PDF, IMAGE/JPEG, IMAGE/PNG, VIDEO/MP4}.");
        }

        var session = SessionPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(12)).TrimEnd('=').Replace('/', '_').Replace('+', '-');
        _sessions[session] = length;
        return GraphAnswer.Ok(new JsonObject { ["id"] = session });
    }

    private async Task<GraphAnswer> TakeAsync(GraphRequest request)
    {
        // This one call wants another word before the token, and says where the bytes begin.
        var headers = request.Http.Request.Headers;
        if (!headers.Authorization.ToString().StartsWith("OAuth ", StringComparison.Ordinal) || headers["file_offset"] != "0")
        {
            return GraphError.InvalidToken();
        }

        if (!_sessions.TryRemove(request.Path, out var length))
        {
            return GraphError.UnknownPath(request.Path);
        }

        using var bytes = new MemoryStream();
        await request.Http.Request.Body.CopyToAsync(bytes, request.Http.RequestAborted);
        if (bytes.Length != length)
        {
            return GraphError.Parameter("The bytes are not as many as were announced.");
        }

        var handle = "4:" + Convert.ToBase64String(SHA256.HashData(bytes.ToArray()));
        _handles[handle] = true;
        return GraphAnswer.Ok(new JsonObject { ["h"] = handle });
    }
}
