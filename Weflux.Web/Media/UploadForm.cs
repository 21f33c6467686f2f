using System.ComponentModel;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Media.Sending;

namespace Weflux.Web.Media;

/// <summary>The form of an upload, for the document of the API.</summary>
[Description("A file to send.")]
public sealed record UploadForm(
    [property: Description("The file. What it is, is told from its bytes, not from its name.")] IFormFile File,
    [property: Description("As what it will be sent: `image`, `video`, `audio`, `voice`, `document` or `sticker`. Left out: decided from the bytes.")] string? Kind);

/// <summary>
/// Reads an upload part by part, so that it lies nowhere but in the store: a multipart form with one part <c>file</c> and
/// perhaps a field <c>kind</c> before or behind it.
/// </summary>
internal static class UploadRequest
{
    private const string Malformed = "The upload is a multipart form with one file in the part 'file'.";
    private const long Slack = 64 * 1024;
    private const int LongestField = 100;
    private const int LongestBoundary = 200;

    public static async Task<UploadOutcome> TakeAsync(HttpContext http, Actor actor, UploadFile upload, CancellationToken cancellationToken)
    {
        if (BoundaryOf(http.Request) is not { } boundary)
        {
            return new UploadOutcome.Refused(Malformed);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MediaLimits.LargestOfAll + Slack;
        }

        if (http.Request.ContentLength > MediaLimits.LargestOfAll + Slack)
        {
            return new UploadOutcome.Refused($"WhatsApp takes files up to {MediaWords.Size(MediaLimits.LargestOfAll)}.", IsTooLarge: true);
        }

        try
        {
            return await ReadAsync(new MultipartReader(boundary, new SentBody(http.Request.Body)), http.Request, actor, upload, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return new UploadOutcome.Refused(Malformed);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode != StatusCodes.Status413PayloadTooLarge)
        {
            return new UploadOutcome.Refused(Malformed);
        }
        catch (BadHttpRequestException)
        {
            return new UploadOutcome.Refused($"WhatsApp takes files up to {MediaWords.Size(MediaLimits.LargestOfAll)}.", IsTooLarge: true);
        }
    }

    private static async Task<UploadOutcome> ReadAsync(
        MultipartReader reader, HttpRequest request, Actor actor, UploadFile upload, CancellationToken cancellationToken)
    {
        var word = request.Query["kind"].FirstOrDefault();
        while (await NextAsync(reader, cancellationToken) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } header)
            {
                continue;
            }

            var name = HeaderUtilities.RemoveQuotes(header.Name).Value;
            if (header.IsFileDisposition() && name == "file")
            {
                if (word is not null && MediaWords.Read(word) is null)
                {
                    return new UploadOutcome.Refused(MediaWords.Kinds);
                }

                var fileName = HeaderUtilities.RemoveQuotes(header.FileNameStar.HasValue ? header.FileNameStar : header.FileName).Value;
                return await upload.ExecuteAsync(
                    actor, new SentBody(section.Body), fileName, MediaWords.Read(word), token => KindBehindAsync(reader, token), cancellationToken);
            }

            if (header.IsFormDisposition() && name == "kind")
            {
                word = await WordAsync(section, cancellationToken);
            }
        }

        return new UploadOutcome.Refused(Malformed);
    }

    /// <summary>The kind where it stands behind the file; null if it does not.</summary>
    private static async Task<string?> KindBehindAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        while (await NextAsync(reader, cancellationToken) is { } section)
        {
            if (section.GetContentDispositionHeader() is { } header && header.IsFormDisposition() && HeaderUtilities.RemoveQuotes(header.Name).Value == "kind")
            {
                return await WordAsync(section, cancellationToken);
            }
        }

        return null;
    }

    private static async Task<string> WordAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var text = new char[LongestField];
        using var field = new StreamReader(section.Body);
        return new string(text, 0, await field.ReadBlockAsync(text, cancellationToken)).Trim();
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw new InvalidDataException("The form ends too early.", exception);
        }
    }

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary
            : null;
}

/// <summary>What a sender sends. One that ends too early is the sender's fault, and must not look like one of the disk's.</summary>
internal sealed class SentBody(Stream body) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw new InvalidDataException("The form ends too early.", exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
