using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Weflux.Domain.Sending;
using Weflux.Web.Connections;

namespace Weflux.Web.CloudApi;

/// <summary>Where the platform keeps a file for a few minutes.</summary>
/// <param name="Url">The address; null if the platform named none that can be one.</param>
/// <param name="Hash">SHA-256 as the platform writes it; null if it said none.</param>
/// <param name="Size">Its length; null if it said none.</param>
public sealed record MediaAddress(Uri? Url, string? Hash, long? Size);

/// <summary>How a download ended.</summary>
public enum DownloadEnd
{
    /// <summary>All of it was handed over.</summary>
    Taken = 1,

    /// <summary>There is nothing at this address, or no longer: it lived its five minutes.</summary>
    Missing = 2,

    /// <summary>The token was refused.</summary>
    Refused = 3,

    /// <summary>The address is not the platform's, so nothing was asked of it.</summary>
    Foreign = 4,

    /// <summary>Anything else that may be better later.</summary>
    Broken = 5,
}

/// <summary>How an upload ended.</summary>
/// <param name="PlatformId">The platform's id of the file; null if it has none.</param>
/// <param name="Refusal">Why it has none; null if it has.</param>
public sealed record UploadEnd(string? PlatformId, SendResult? Refusal);

public sealed partial class CloudApiClient
{
    // The largest file at a slow line.
    private static readonly TimeSpan FilePatience = TimeSpan.FromMinutes(5);

    /// <summary>Asks where a file is.</summary>
    /// <exception cref="CloudApiException">The platform refused, or could not be reached.</exception>
    public async Task<MediaAddress> FindMediaAsync(Connection connection, string mediaId, CancellationToken cancellationToken)
    {
        // Nothing but the id: a further parameter once broke downloads for others.
        using var document = await GetAsync(connection, Uri.EscapeDataString(mediaId), cancellationToken);
        var answer = document.RootElement;
        return new MediaAddress(
            Uri.TryCreate(answer.Text("url"), UriKind.Absolute, out var url) ? url : null,
            answer.Text("sha256"),
            long.TryParse(answer.Text("file_size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null);
    }

    /// <summary>Fetches a file. The token goes to the platform's own hosts and nowhere else, and no redirect is followed.</summary>
    /// <exception cref="CloudApiException">The platform could not be reached.</exception>
    public async Task<DownloadEnd> DownloadAsync(
        Connection connection, Uri address, Func<Stream, CancellationToken, Task> takeAsync, CancellationToken cancellationToken)
    {
        if (!MediaHosts.MayBe(address, BaseAddress(connection.Kind)))
        {
            return DownloadEnd.Foreign;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(FilePatience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11 };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(connection));

            // The platform refuses to give files to clients that do not say who they are.
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Weflux", "1"));
            using var client = clients.CreateClient(ClientName);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return answer.StatusCode switch
                {
                    HttpStatusCode.NotFound or HttpStatusCode.Gone => DownloadEnd.Missing,
                    HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => DownloadEnd.Refused,
                    _ => DownloadEnd.Broken,
                };
            }

            await using var stream = await answer.Content.ReadAsStreamAsync(patience.Token);
            await takeAsync(new ReceivedBody(stream, IsBrokenLine, e => new CloudApiException(null, null, e)), patience.Token);
            return DownloadEnd.Taken;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CloudApiException(null, null, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException or CryptographicException)
        {
            throw new CloudApiException(null, null, exception);
        }
    }

    private static bool IsBrokenLine(Exception exception) => exception is IOException or HttpRequestException;

    /// <summary>Gives the platform a file to send later. Nothing reaches a customer by it, so it may be tried again whatever happens.</summary>
    public async Task<UploadEnd> UploadMediaAsync(
        Connection connection, Stream file, string mimeType, string fileName, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(FilePatience);
        try
        {
            using var request = Request(HttpMethod.Post, connection, $"{connection.PhoneNumberId}/media");
            using var form = new MultipartFormDataContent();
            form.Add(new StringContent("whatsapp"), "messaging_product");
            form.Add(new StringContent(mimeType), "type");
            var content = new StreamContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue(mimeType);
            form.Add(content, "file", fileName);
            request.Content = form;
            using var client = clients.CreateClient(ClientName);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return ReadUploadAnswer(answer, await ReadAsync(answer, patience.Token));
        }
        catch (CryptographicException)
        {
            return new UploadEnd(null, new Rejected(OwnFaults.Fault(OwnFaults.TokenUnreadable)));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or CloudApiException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new UploadEnd(null, new NotSent($"The file was not uploaded ({exception.GetType().Name})."));
        }
    }

    private static UploadEnd ReadUploadAnswer(HttpResponseMessage answer, byte[] bytes)
    {
        if (answer.IsSuccessStatusCode)
        {
            return ReadUploadId(bytes) is { } id
                ? new UploadEnd(id, null)
                : new UploadEnd(null, new NotSent("The platform's answer to the upload could not be read."));
        }

        return new UploadEnd(null, GraphError.Read(bytes) switch
        {
            { } fault when PlatformErrors.Classify(fault.Code) == PlatformErrorClass.Temporary => new RetryLater(fault),
            { } fault when (int)answer.StatusCode < 500 => new Rejected(fault),
            null when answer.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.BadRequest =>
                new Rejected(OwnFaults.Fault(OwnFaults.FileNotTaken)),
            _ => new NotSent($"The file was not uploaded (HTTP {(int)answer.StatusCode})."),
        });
    }

    private static string? ReadUploadId(byte[] bytes)
    {
        try
        {
            using var document = PlatformJson.Parse(bytes);
            return document.RootElement.Text("id") is { Length: <= 256 } id ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
