using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Audit;

/// <summary>
/// A random key that seals entries, encrypted with the key ring. It stays the same when the ring's keys change, so that
/// old entries can still be checked. A second one is made only when the newest cannot be decrypted any more.
/// </summary>
public sealed class SealKey
{
    public long Id { get; private set; }

    /// <summary>Binds the encrypted key to this row.</summary>
    public required Guid Name { get; init; }

    /// <summary>Encrypted, see <see cref="SecretContext"/>.</summary>
    public required byte[] Secret { get; init; }

    public static string SecretContext(Guid name) => $"SealKeys/{name:N}/Secret";
}

/// <summary>The keys that seal entries. Read anew each time: administrative actions are few.</summary>
public sealed class SealKeys(SecretProtector protector)
{
    private const int Length = 32;

    /// <summary>The newest key that can be read; made in the running transaction if there is none.</summary>
    internal async Task<(long Id, byte[] Key)> CurrentAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var newest = await db.Set<SealKey>().AsNoTracking().OrderByDescending(k => k.Id).FirstOrDefaultAsync(cancellationToken);
        if (newest is not null && Open(newest) is { } known)
        {
            return (newest.Id, known);
        }

        var (name, key) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(Length));
        var made = new SealKey { Name = name, Secret = protector.Protect(key, SealKey.SecretContext(name)) };
        db.Add(made);
        await db.SaveChangesAsync(cancellationToken);
        return (made.Id, key);
    }

    /// <summary>All keys by their number; null for one that cannot be read.</summary>
    internal async Task<IReadOnlyDictionary<long, byte[]?>> AllAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Set<SealKey>().AsNoTracking().ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Id, Open);
    }

    private byte[]? Open(SealKey row)
    {
        try
        {
            return protector.Unprotect(row.Secret, SealKey.SecretContext(row.Name));
        }
        catch (CryptographicException)
        {
            // Whoever loses the key of the ring must still be able to act, and on record.
            return null;
        }
    }
}

internal sealed class SealKeyMapping : IEntityTypeConfiguration<SealKey>
{
    public void Configure(EntityTypeBuilder<SealKey> builder)
    {
        builder.ToTable("SealKeys");
        builder.Property(k => k.Secret).HasMaxLength(200);
    }
}
