using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Domain.Sending;
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

    /// <summary>The same with a number's own token.</summary>
    /// <exception cref="CloudApiException">The platform refused, could not be reached, or the token cannot be read.</exception>
    public Task<GraphReply> AskAsync(Connection connection, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken) =>
        AskAsync(Access(connection), method, path, body, cancellationToken);

    /// <summary>
    /// Hands a sample file to the platform for the review of a template, in two steps: a session, then the bytes. What comes
    /// back is a handle and no media id.
    /// </summary>
    /// <exception cref="CloudApiException">The platform refused, could not be reached, or the token cannot be read.</exception>
    public async Task<string> UploadSampleAsync(
        Connection connection, string appId, string fileName, string mimeType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var access = Access(connection);
        var begun = await AskAsync(
            access,
            HttpMethod.Post,
            FormattableString.Invariant($"{appId}/uploads?file_name={Uri.EscapeDataString(fileName)}&file_length={bytes.Length}&file_type={Uri.EscapeDataString(mimeType)}"),
            null,
            cancellationToken);
        if (begun.Body.Text("id") is not { } session || !session.StartsWith("upload:", StringComparison.Ordinal))
        {
            throw new CloudApiException(null, System.Net.HttpStatusCode.OK);
        }

        try
        {
            return await pipelines.GetPipeline(SendPipeline).ExecuteAsync(token => new ValueTask<string>(UploadAsync(access, session, bytes, token)), cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or Polly.Timeout.TimeoutRejectedException)
        {
            throw new CloudApiException(null, null, exception);
        }
    }

    private async Task<string> UploadAsync(GraphAccess access, string session, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // "upload:" would be read as a scheme, so the address is put together as text.
        using var request = Request(HttpMethod.Post, access, "");
        request.RequestUri = new Uri(request.RequestUri!.AbsoluteUri + session);
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("OAuth", access.Token);
        request.Headers.Add("file_offset", "0");
        request.Content = new ReadOnlyMemoryContent(bytes);
        using var client = clients.CreateClient(ClientName);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var body = await ReadAsync(answer, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new CloudApiException(GraphError.Read(body), answer.StatusCode) { Subcode = GraphError.ReadSubcode(body) };
        }

        using var document = PlatformJson.Parse(body);
        return document.RootElement.Text("h") ?? throw new CloudApiException(null, answer.StatusCode);
    }

    private GraphAccess Access(Connection connection)
    {
        try
        {
            return new GraphAccess(connection.Kind, protector.UnprotectText(connection.AccessToken, Connection.TokenContext(connection.PhoneNumberId)));
        }
        catch (System.Security.Cryptography.CryptographicException exception)
        {
            throw new CloudApiException(OwnFaults.Fault(OwnFaults.TokenUnreadable), null, exception);
        }
    }

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
