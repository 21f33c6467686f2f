using System.Security.Cryptography;

namespace Weflux.Web.Webhooks;

/// <summary>The platform's signature: HMAC-SHA256 of the raw bytes with the app's secret, as <c>sha256=</c> and 64 hex digits.</summary>
public static class WebhookSignature
{
    public const string Header = "X-Hub-Signature-256";
    private const string Prefix = "sha256=";

    /// <summary>Whether the header signs these bytes. The comparison takes the same time whatever differs.</summary>
    public static bool IsValid(ReadOnlySpan<byte> body, ReadOnlySpan<byte> appSecret, string? header)
    {
        if (header is null
            || header.Length != Prefix.Length + (2 * HMACSHA256.HashSizeInBytes)
            || !header.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (Convert.FromHexString(header.AsSpan(Prefix.Length), given, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(appSecret, body, expected);
        return CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
