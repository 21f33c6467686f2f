using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Weflux.Simulator.Graph.Media;

/// <summary>Addresses of media bytes: good for five minutes, and only with the token.</summary>
internal sealed class MediaDownload(SimulatorOptions options, MediaShelf shelf, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string PathOf(MediaItem item)
    {
        var expiry = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"lookaside/{item.Id}?ext={expiry}&hash={HashOf(item.Id, expiry)}");
    }

    public IResult Answer(string id, HttpRequest request)
    {
        if (shelf.Find(id) is not { } item || !IsFresh(id, request) || shelf.Bytes(id) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        var token = options.Find(item.PhoneNumberId)?.AccessToken;
        return request.Headers.Authorization == $"Bearer {token}"
            ? TypedResults.Bytes(bytes, item.MimeType)
            : TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
    }

    private bool IsFresh(string id, HttpRequest request) =>
        long.TryParse(request.Query["ext"], NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)
        && time.GetUtcNow().ToUnixTimeSeconds() < expiry
        && request.Query["hash"] == HashOf(id, expiry);

    private string HashOf(string id, long expiry) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}:{expiry}"))));
}
