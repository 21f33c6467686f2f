using System.Security.Cryptography;
using System.Text;

namespace Weflux.Web.Security;

/// <summary>
/// Encrypts secrets and stored bodies with AES-256-GCM. Layout: version, length of the key id, key id, nonce, tag,
/// ciphertext. The context (table, row and column) is authenticated, so that a value moved elsewhere does not decrypt.
/// </summary>
public sealed class SecretProtector(KeyRing keys)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public byte[] Protect(ReadOnlySpan<byte> plain, string context)
    {
        var id = Encoding.ASCII.GetBytes(keys.CurrentId);
        var head = 2 + id.Length;
        var output = new byte[head + NonceLength + TagLength + plain.Length];
        output[0] = Version;
        output[1] = (byte)id.Length;
        id.CopyTo(output, 2);
        var nonce = output.AsSpan(head, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys.Find(keys.CurrentId), TagLength);
        aes.Encrypt(
            nonce,
            plain,
            output.AsSpan(head + NonceLength + TagLength),
            output.AsSpan(head + NonceLength, TagLength),
            Encoding.UTF8.GetBytes(context));
        return output;
    }

    /// <exception cref="CryptographicException">The value was changed or moved, or its key is not in the ring.</exception>
    public byte[] Unprotect(ReadOnlySpan<byte> value, string context)
    {
        if (value.Length < 2 || value[0] != Version || value.Length < 2 + value[1] + NonceLength + TagLength)
        {
            throw new CryptographicException("The value is not one that Weflux encrypted.");
        }

        var head = 2 + value[1];
        var plain = new byte[value.Length - head - NonceLength - TagLength];
        using var aes = new AesGcm(keys.Find(Encoding.ASCII.GetString(value[2..head])), TagLength);
        aes.Decrypt(
            value.Slice(head, NonceLength),
            value[(head + NonceLength + TagLength)..],
            value.Slice(head + NonceLength, TagLength),
            plain,
            Encoding.UTF8.GetBytes(context));
        return plain;
    }

    public byte[] ProtectText(string plain, string context) => Protect(Encoding.UTF8.GetBytes(plain), context);

    public string UnprotectText(ReadOnlySpan<byte> value, string context) => Encoding.UTF8.GetString(Unprotect(value, context));
}
