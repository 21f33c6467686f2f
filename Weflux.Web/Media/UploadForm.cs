using System.ComponentModel;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
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
            return await ReadAsync(new MultipartReader(boundary, new ReceivedBody(http.Request.Body, EndsEarly, TooEarly)), http.Request, actor, upload, cancellationToken);
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
                    actor, new ReceivedBody(section.Body, EndsEarly, TooEarly), fileName, MediaWords.Read(word), token => KindBehindAsync(reader, token), cancellationToken);
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
        catch (Exception exception) when (EndsEarly(exception))
        {
            throw TooEarly(exception);
        }
    }

    private static bool EndsEarly(Exception exception) => exception is IOException and not BadHttpRequestException;

    private static InvalidDataException TooEarly(Exception exception) => new("The form ends too early.", exception);

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary
            : null;
}
