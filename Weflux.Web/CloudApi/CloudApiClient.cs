using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Registry;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Connections;
using Weflux.Web.Security;

namespace Weflux.Web.CloudApi;

/// <summary>Speaks to the Cloud API, or to the simulator in its place. A send is one POST, whatever happens to it.</summary>
public sealed partial class CloudApiClient(
    IHttpClientFactory clients,
    ResiliencePipelineProvider<string> pipelines,
    SecretProtector protector,
    SimulatorAddress simulator,
    IOptions<CloudApiOptions> options,
    ILogger<CloudApiClient> logger)
{
    public const string ClientName = "cloud-api";
    public const string SendPipeline = "cloud-api-send";
    public const string ReadPipeline = "cloud-api-read";
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    /// <summary>Sends one message, once.</summary>
    public Task<SendResult> SendAsync(
        Connection connection, Recipient recipient, MessageContent content, Guid attemptId, CancellationToken cancellationToken) =>
        SendAsync(connection, recipient, content, attemptId, quotedWhatsAppId: null, cancellationToken);

    /// <summary>Sends one message that answers another, once.</summary>
    public async Task<SendResult> SendAsync(
        Connection connection, Recipient recipient, MessageContent content, Guid attemptId, string? quotedWhatsAppId, CancellationToken cancellationToken)
    {
        OneShotContent? body = null;
        try
        {
            body = new OneShotContent(MessageBody.Write(recipient, content, attemptId, quotedWhatsAppId));
            using var request = Request(HttpMethod.Post, connection, $"{connection.PhoneNumberId}/messages");
            request.Content = body;
            return await pipelines.GetPipeline(SendPipeline).ExecuteAsync(
                async token =>
                {
                    using var client = clients.CreateClient(ClientName);
                    using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
                    return await ReadSendAnswerAsync(answer, token);
                },
                cancellationToken);
        }
        catch (CryptographicException exception) when (body?.HasBegun != true)
        {
            // No later attempt can read the token either.
            SendFailed(exception, attemptId);
            return new Rejected(OwnFaults.Fault(OwnFaults.TokenUnreadable));
        }
        catch (Exception exception)
        {
            // Whatever went wrong, what counts is whether the message had begun to leave.
            SendFailed(exception, attemptId);
            return body?.HasBegun == true
                ? new Unknown($"The answer was lost ({exception.GetType().Name}).")
                : new NotSent($"The message did not leave ({exception.GetType().Name}).");
        }
        finally
        {
            body?.Dispose();
        }
    }

    /// <summary>Reads an object or one page of a list. Reads are tried again when that helps.</summary>
    /// <exception cref="CloudApiException">The platform refused, or could not be reached.</exception>
    public async Task<JsonDocument> GetAsync(Connection connection, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await pipelines.GetPipeline(ReadPipeline).ExecuteAsync(
                async token =>
                {
                    using var request = Request(HttpMethod.Get, connection, path);
                    using var client = clients.CreateClient(ClientName);
                    using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
                    var bytes = await ReadAsync(answer, token);
                    if (!answer.IsSuccessStatusCode)
                    {
                        throw new CloudApiException(GraphError.Read(bytes), answer.StatusCode);
                    }

                    return PlatformJson.Parse(bytes);
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or Polly.Timeout.TimeoutRejectedException or CryptographicException)
        {
            throw new CloudApiException(null, null, exception);
        }
    }

    private static async Task<SendResult> ReadSendAnswerAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(answer, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return ReadWhatsAppId(bytes) is { } id
                ? new Accepted(id)
                : new Unknown("The platform's answer could not be read.");
        }

        if (GraphError.Read(bytes) is not { } fault)
        {
            return new Unknown($"HTTP {(int)answer.StatusCode} without an error that explains it.");
        }

        if (PlatformErrors.Classify(fault.Code) == PlatformErrorClass.Temporary)
        {
            return new RetryLater(fault);
        }

        // Behind a 5xx the message may have got through whatever the body says.
        return (int)answer.StatusCode >= 500
            ? new Unknown($"HTTP {(int)answer.StatusCode} with code {fault.Code}.")
            : new Rejected(fault);
    }

    private static string? ReadWhatsAppId(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = PlatformJson.Parse(bytes);
            return document.RootElement.Array("messages").FirstOrDefault().Member("id") is { ValueKind: JsonValueKind.String } id
                && id.GetString() is { Length: > 0 and <= 256 } text
                    ? text
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (bytes.Length + read > MaxAnswerBytes)
            {
                throw new IOException("The answer is larger than any that the platform gives.");
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private HttpRequestMessage Request(HttpMethod method, Connection connection, string path) =>
        Request(method, new GraphAccess(connection.Kind, TokenOf(connection)), path);

    private string TokenOf(Connection connection) =>
        protector.UnprotectText(connection.AccessToken, Connection.TokenContext(connection.PhoneNumberId));

    private HttpRequestMessage Request(HttpMethod method, GraphAccess access, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(BaseAddress(access.Kind), path))
        {
            Version = HttpVersion.Version11,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
        return request;
    }

    private Uri BaseAddress(ConnectionKind kind) => kind switch
    {
        ConnectionKind.Simulator => new Uri(Simulator(), "/simulator/graph/v26.0/"),
        _ => options.Value.BaseAddress,
    };

    private Uri Simulator()
    {
        try
        {
            return simulator.BaseAddress?.Invoke() ?? throw new SimulatorOffException(null);
        }
        catch (InvalidOperationException exception)
        {
            throw new CloudApiException(null, null, exception as SimulatorOffException ?? new SimulatorOffException(exception));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {AttemptId} to send a message failed")]
    private partial void SendFailed(Exception exception, Guid attemptId);
}

/// <summary>The pretend platform does not run, because the demo is off or Weflux is only starting.</summary>
public sealed class SimulatorOffException(Exception? inner) : InvalidOperationException("The simulator is not running.", inner);

/// <summary>The platform refused a call that is not a send, or could not be reached.</summary>
public sealed class CloudApiException(PlatformFault? fault, HttpStatusCode? status, Exception? inner = null)
    : Exception(fault is null ? "The WhatsApp platform could not be reached." : $"The WhatsApp platform refused (code {fault.Code}).", inner)
{
    public PlatformFault? Fault => fault;

    /// <summary>The HTTP status; null if there was no answer.</summary>
    public HttpStatusCode? Status => status;

    public int? Subcode { get; init; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient => fault is null
        ? status is null or >= HttpStatusCode.InternalServerError
        : PlatformErrors.Classify(fault.Code) == PlatformErrorClass.Temporary;
}
