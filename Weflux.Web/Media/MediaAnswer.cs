using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Weflux.Web.Media;

/// <summary>
/// Hands out a file. What a browser may show in place is what we looked into ourselves; everything else is only saved. The
/// page that a file would be, if somebody opened it as one, may load and run nothing.
/// </summary>
internal static class MediaAnswer
{
    private const string Nothing = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
    private const string Bytes = "application/octet-stream";

    /// <param name="http">The request, whose actor may see the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="isDownload">Whether it is to be saved whatever it is.</param>
    public static FileStreamHttpResult Of(HttpContext http, MediaFile file, Stream content, bool isDownload = false)
    {
        var isInline = file.IsShowable && !isDownload;
        Protect(http, isInline ? "inline" : "attachment", file.FileName);
        return TypedResults.Stream(
            content,
            file.IsRisky || file.MimeType.Length == 0 ? Bytes : file.MimeType,
            fileDownloadName: null,
            lastModified: null,
            new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(file.Hash ?? [])}\""),
            enableRangeProcessing: true);
    }

    public static FileStreamHttpResult OfThumbnail(HttpContext http, MediaFile file, Stream content)
    {
        Protect(http, "inline", fileName: null);
        return TypedResults.Stream(
            content, "image/webp", fileDownloadName: null, lastModified: null, new EntityTagHeaderValue($"\"t-{Convert.ToHexStringLower(file.Hash ?? [])}\""));
    }

    private static void Protect(HttpContext http, string disposition, string? fileName)
    {
        var header = new ContentDispositionHeaderValue(disposition);
        if (fileName is not null)
        {
            header.SetHttpFileName(fileName);
        }

        var headers = http.Response.Headers;
        headers.ContentDisposition = header.ToString();
        headers.ContentSecurityPolicy = Nothing;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Kept by this browser alone, and asked for again each time, because who may see it can change.
        headers.CacheControl = "private, no-cache";
    }
}
