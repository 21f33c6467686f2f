using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using Weflux.Domain.Events;

namespace Weflux.Web.Api.Events;

/// <summary>What an address answered to one sending.</summary>
/// <param name="Status">The status; null if there was no answer.</param>
/// <param name="Answer">The beginning of what it said; null if there was no answer.</param>
/// <param name="Fault">What went wrong, in words; null if it took the event.</param>
/// <param name="RetryAfter">How long it asked to be left in peace; null if it did not.</param>
public sealed record EventAnswer(int? Status, string? Answer, string? Fault, TimeSpan? RetryAfter)
{
    public bool IsTaken => Fault is null;

    /// <summary>It says that nobody is there any more and nothing is to be sent again.</summary>
    public bool IsGone => Status == (int)HttpStatusCode.Gone;
}

/// <summary>Sends one event once, signed, and reads the beginning of the answer.</summary>
public sealed class EventCall : IDisposable
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;

    public EventCall(EventConnector connector, IOptions<EventOptions> options)
    {
#pragma warning disable CA2000 // The client disposes it.
        _client = new HttpClient(connector.NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore CA2000
        _timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
    }

    /// <param name="address">Where to.</param>
    /// <param name="secrets">What to sign with: the secret, and the one before while both count.</param>
    /// <param name="webhookId">The id of the event.</param>
    /// <param name="sentAt">When it is sent (UTC).</param>
    /// <param name="body">What is sent.</param>
    /// <param name="cancellationToken">Ends the sending, as when the program ends.</param>
    public async Task<EventAnswer> SendAsync(
        Uri address, IReadOnlyList<byte[]> secrets, string webhookId, DateTimeOffset sentAt, byte[] body, CancellationToken cancellationToken)
    {
        using var request = Request(address, secrets, webhookId, sentAt, body);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Judge(answer, await BeginningAsync(answer, limit.Token, cancellationToken), sentAt);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EventAnswer(null, null, $"There was no answer within {_timeout.TotalSeconds:0} {(_timeout.TotalSeconds > 1 ? "seconds" : "second")}.", null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new EventAnswer(null, null, Words(exception), null);
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Request(Uri address, IReadOnlyList<byte[]> secrets, string webhookId, DateTimeOffset sentAt, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.ParseAdd("Weflux-Webhooks/1");
        request.Headers.Add(IdHeader, webhookId);
        request.Headers.Add(TimestampHeader, sentAt.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(SignatureHeader, string.Join(' ', secrets.Select(s => EventSignature.Sign(s, webhookId, sentAt, body))));
        return request;
    }

    private static EventAnswer Judge(HttpResponseMessage answer, string beginning, DateTimeOffset sentAt)
    {
        var status = (int)answer.StatusCode;
        var fault = status switch
        {
            >= 200 and < 300 => null,
            >= 300 and < 400 => $"It answered {status}, a redirect. Redirects are not followed: enter the address where it leads.",
            410 => "It answered 410: nobody is there any more.",
            401 or 403 => $"It answered {status}. Does it check the signature with the right secret?",
            _ => $"It answered {status}.",
        };
        var asked = answer.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date - sentAt);
        return new EventAnswer(status, beginning, fault, status is 429 or 503 && wait > TimeSpan.Zero ? wait : null);
    }

    /// <summary>The status decides. What is said beside it is only shown, so one that breaks off takes nothing back.</summary>
    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken limit, CancellationToken ending)
    {
        var (bytes, count) = (new byte[EventDelivery.AnswerLength], 0);
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(limit);
            for (var read = -1; read != 0 && count < bytes.Length; count += read)
            {
                read = await stream.ReadAsync(bytes.AsMemory(count), limit);
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException && !ending.IsCancellationRequested)
        {
            return Encoding.UTF8.GetString(bytes, 0, count) + "…";
        }

        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    // The words of exceptions name hosts and files; what is kept says only what whoever set it up can use.
    private static string Words(Exception exception) => exception switch
    {
        { InnerException: AddressRefusedException refused } => refused.Message,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "Its name is not known. Is the address spelled right?",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "Its certificate is not valid, or it does not speak TLS.",
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } =>
            "Its name is not known. Is the address spelled right?",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "Nobody answers there.",
        _ => "The connection broke before there was an answer.",
    };
}
