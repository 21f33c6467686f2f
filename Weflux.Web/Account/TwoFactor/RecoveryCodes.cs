using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Account.TwoFactor;

/// <summary>Makes recovery codes and takes them back, each once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    // Without letters and digits that look alike. 16 of 32 are 80 bits, which no digest gives away.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Length = 16;
    private const int Group = 4;

    /// <summary>Ten new codes in place of the old ones.</summary>
    public static async Task<IReadOnlyList<string>> RenewAsync(WefluxDbContext db, UserId person, CancellationToken cancellationToken)
    {
        await db.Set<RecoveryCode>().Where(c => c.UserId == person).ExecuteDeleteAsync(cancellationToken);
        var codes = Enumerable.Range(0, Count).Select(_ => New()).ToList();
        db.AddRange(codes.Select(c => new RecoveryCode { UserId = person, Hash = Digest(c) }));
        await db.SaveChangesAsync(cancellationToken);
        return codes;
    }

    /// <summary>Uses a code up. Of many at once, one wins.</summary>
    public static async Task<bool> UseAsync(WefluxDbContext db, UserId person, string? typed, CancellationToken cancellationToken)
    {
        var digest = Digest(typed ?? "");
        return await db.Set<RecoveryCode>().Where(c => c.UserId == person && c.Hash == digest).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    private static string New() => string.Join(
        '-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(Group).Select(part => new string(part)));

    private static byte[] Digest(string code) => SHA256.HashData(
        Encoding.ASCII.GetBytes(new string([.. code.Where(char.IsAsciiLetterOrDigit).Take(100).Select(char.ToUpperInvariant)])));
}
