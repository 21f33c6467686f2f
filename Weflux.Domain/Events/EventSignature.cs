using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weflux.Domain.Events;

/// <summary>How whoever gets an event knows that it is ours and unchanged.</summary>
/// <remarks>Standard Webhooks: HMAC-SHA256 over <c>id.timestamp.body</c>, version 1, in base64.</remarks>
public static class EventSignature
{
    /// <summary>How many bytes a secret has.</summary>
    public const int SecretLength = 32;

    /// <summary>What a secret begins with as text.</summary>
    public const string SecretMark = "whsec_";

    private const string Version = "v1,";

    /// <summary>A secret as people copy it.</summary>
    public static string Write(ReadOnlySpan<byte> secret) => SecretMark + Convert.ToBase64String(secret);

    /// <summary>The signature of one sending.</summary>
    /// <param name="secret">The secret, as bytes.</param>
    /// <param name="id">The id of the event, which stays the same however often it is sent.</param>
    /// <param name="sentAt">When it is sent; whole seconds count.</param>
    /// <param name="body">The bytes of the body.</param>
    public static string Sign(ReadOnlySpan<byte> secret, string id, DateTimeOffset sentAt, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(id);
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{sentAt.ToUnixTimeSeconds()}."));
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        return Version + Convert.ToBase64String(HMACSHA256.HashData(secret, signed));
    }
}
