using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Weflux.Simulator.Phone;

/// <summary>Files of the phone page and of the page of faults, embedded in the assembly; browsers ask each time whether they changed.</summary>
internal static class PhoneAssets
{
    private const string Prefix = "Assets/";

    private const string Policy =
        "base-uri 'self'; default-src 'self'; object-src 'none'; img-src 'self' data: blob:; script-src 'self'; "
        + "style-src 'self' 'unsafe-inline'; connect-src 'self'; form-action 'self'; frame-ancestors 'self'";

    private static readonly FrozenDictionary<string, Asset> Files = typeof(PhoneAssets).Assembly
        .GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    /// <summary>A page; framed by its own site only.</summary>
    public static IResult Page(string name, HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        return Answer(name, http);
    }

    public static IResult Answer(string name, HttpContext http)
    {
        if (!Files.TryGetValue(name, out var asset))
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(asset.Bytes, asset.ContentType, entityTag: asset.Tag);
    }

    private static Asset Read(string resource)
    {
        using var stream = typeof(PhoneAssets).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..16];
        return new Asset(bytes.ToArray(), ContentTypeOf(Path.GetExtension(resource)), new EntityTagHeaderValue($"\"{hash}\""));
    }

    private static string ContentTypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".png" => "image/png",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private sealed record Asset(byte[] Bytes, string ContentType, EntityTagHeaderValue Tag);
}
