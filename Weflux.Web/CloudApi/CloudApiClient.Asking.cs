using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Web.Connections;

namespace Weflux.Web.CloudApi;

/// <summary>With what the platform is asked. A class and not a record: its text must never show the token.</summary>
public sealed class GraphAccess(ConnectionKind kind, string token)
{
    public ConnectionKind Kind => kind;

    public string Token => token;

    /// <summary>The app itself, which proves its secret.</summary>
    public static GraphAccess OfApp(ConnectionKind kind, string appId, string appSecret) => new(kind, $"{appId}|{appSecret}");
}

/// <summary>An answer of the platform.</summary>
/// <param name="Body">What it says.</param>
/// <param name="ServerTime">The platform's clock; null if it did not say.</param>
/// <param name="Took">From the question to the answer.</param>
public sealed record GraphReply(JsonElement Body, DateTimeOffset? ServerTime, TimeSpan Took);

public sealed partial class CloudApiClient
{
    public const string CheckPipeline = "cloud-api-check";

    /// <summary>Asks once, for somebody who looks on: no further tries, and a short patience.</summary>
    /// <exception cref="CloudApiException">The platform refused, or could not be reached.</exception>
    public async Task<GraphReply> AskAsync(GraphAccess access, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        try
        {
            return await pipelines.GetPipeline(CheckPipeline).ExecuteAsync(
                async token =>
                {
                    using var request = Request(method, access, path);
                    if (body is not null)
                    {
                        request.Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
                    }

                    var started = Stopwatch.GetTimestamp();
                    using var client = clients.CreateClient(ClientName);
                    using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
                    var bytes = await ReadAsync(answer, token);
                    var took = Stopwatch.GetElapsedTime(started);
                    if (!answer.IsSuccessStatusCode)
                    {
                        throw new CloudApiException(GraphError.Read(bytes), answer.StatusCode) { Subcode = GraphError.ReadSubcode(bytes) };
                    }

                    using var document = PlatformJson.Parse(bytes);
                    return new GraphReply(document.RootElement.Clone(), answer.Headers.Date, took);
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or Polly.Timeout.TimeoutRejectedException)
        {
            throw new CloudApiException(null, null, exception);
        }
    }
}
