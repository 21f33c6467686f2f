using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weflux.Web.Audit;

/// <summary>The arithmetic of the chain: nothing here knows a database.</summary>
internal static class AuditChain
{
    /// <summary>What the first entry of a workspace follows.</summary>
    public static byte[] Beginning => new byte[HMACSHA256.HashSizeInBytes];

    public static byte[] Digest(string details) => SHA256.HashData(Encoding.UTF8.GetBytes(details));

    /// <summary>The seal of an entry that follows another. Without the key nobody makes one that fits, whatever he may write into the database.</summary>
    public static byte[] Seal(byte[] key, byte[] before, AuditEntry entry)
    {
        // Lengths stand before texts, so that nothing can be moved from one field to the next.
        var action = Encoding.UTF8.GetBytes(entry.Action);
        var bytes = new byte[before.Length + (7 * sizeof(long)) + action.Length + entry.DetailsDigest.Length];
        before.CopyTo(bytes, 0);
        var at = before.Length;
        foreach (var number in new[]
        {
            entry.WorkspaceId.Value, entry.Number, entry.At.ToUnixTimeMilliseconds(), entry.UserId.Value, entry.ApiKeyId ?? 0, entry.SealKeyId, action.Length,
        })
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(at), number);
            at += sizeof(long);
        }

        action.CopyTo(bytes, at);
        entry.DetailsDigest.CopyTo(bytes, at + action.Length);
        return HMACSHA256.HashData(key, bytes);
    }
}
