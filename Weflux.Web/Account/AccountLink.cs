using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Account;

/// <summary>What a link opens.</summary>
public enum AccountLinkKind
{
    PasswordReset = 1,
    EmailChange = 2,
    SignUp = 3,
    Joining = 4,
}

/// <summary>A link that somebody was given and that works once. Only the digest of its secret is kept.</summary>
public sealed class AccountLink
{
    public long Id { get; private set; }

    /// <summary>Binds the encrypted payload to this row.</summary>
    public required Guid Key { get; init; }

    public required AccountLinkKind Kind { get; init; }

    /// <summary>SHA-256 of the secret in the link.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Whose it is; nobody (zero) for a sign-up that is not finished.</summary>
    public required UserId UserId { get; init; }

    /// <summary>SHA-256 of the address that a link for nobody was sent to, so that a newer one ends it; null for links of a person.</summary>
    public byte[]? AddressHash { get; init; }

    /// <summary>What the link carries out, encrypted; null if its kind and person say it all.</summary>
    public byte[]? Payload { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class AccountLinkMapping : IEntityTypeConfiguration<AccountLink>
{
    public void Configure(EntityTypeBuilder<AccountLink> builder)
    {
        builder.ToTable("AccountLinks");
        builder.Property(l => l.TokenHash).HasMaxLength(32);
        builder.Property(l => l.AddressHash).HasMaxLength(32);
        builder.Property(l => l.Payload).HasMaxLength(4000);
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasIndex(l => new { l.UserId, l.Kind });
        builder.HasIndex(l => new { l.AddressHash, l.Kind });
        builder.HasIndex(l => l.ExpiresAt);
    }
}

/// <summary>Issues, finds and uses up single-use links.</summary>
public sealed class AccountLinks(WefluxDatabase database, SecretProtector protector, TimeProvider time)
{
    /// <summary>No link is longer, and nothing longer is looked at.</summary>
    internal const int LongestSecret = 100;
    private const int SecretLength = 32;

    /// <summary>Makes a link in the running transaction. Earlier ones of the kind for the person work no more.</summary>
    /// <returns>The secret for the link, which is not to be had again.</returns>
    public async Task<string> IssueAsync(
        WefluxDbContext db, AccountLinkKind kind, UserId user, string? payload, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        await RevokeAsync(db, kind, user, cancellationToken);
        return await AddAsync(db, kind, user, addressHash: null, payload, lifetime, cancellationToken);
    }

    /// <summary>The same for an address that has no account yet.</summary>
    /// <param name="db">The context of the running transaction.</param>
    /// <param name="kind">What the link opens.</param>
    /// <param name="normalizedAddress">The address in the form in which accounts are found.</param>
    /// <param name="payload">What it carries out.</param>
    /// <param name="lifetime">How long it works.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The secret for the link.</returns>
    public async Task<string> IssueForAddressAsync(
        WefluxDbContext db, AccountLinkKind kind, string normalizedAddress, string payload, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = Digest(normalizedAddress);
        await db.Set<AccountLink>().Where(l => l.AddressHash == hash && l.Kind == kind && l.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellationToken);
        return await AddAsync(db, kind, default, hash, payload, lifetime, cancellationToken);
    }

    /// <summary>Whether a link of the kind was made for the person a moment ago and still works.</summary>
    public Task<bool> IsFreshAsync(WefluxDbContext db, AccountLinkKind kind, UserId user, TimeSpan age, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - age;
        return db.Set<AccountLink>().AnyAsync(
            l => l.UserId == user && l.Kind == kind && l.UsedAt == null && l.ExpiresAt > now && l.CreatedAt > since, cancellationToken);
    }

    /// <summary>Takes the person's links of a kind out of use.</summary>
    public Task RevokeAsync(WefluxDbContext db, AccountLinkKind kind, UserId user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.Set<AccountLink>().Where(l => l.UserId == user && l.Kind == kind && l.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellationToken);
    }

    /// <summary>The link that still works; null if there is none such, it was used, or its time is over.</summary>
    public async Task<OpenLink?> FindAsync(AccountLinkKind kind, string? secret, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(secret) || secret.Length > LongestSecret)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var digest = Digest(secret);
        await using var db = database.OpenForSystem();
        var link = await db.Set<AccountLink>().AsNoTracking().SingleOrDefaultAsync(
            l => l.TokenHash == digest && l.Kind == kind && l.UsedAt == null && l.ExpiresAt > now, cancellationToken);
        return link is null
            ? null
            : new OpenLink(link.Id, link.UserId, link.Payload is null ? null : protector.UnprotectText(link.Payload, Context(link.Key)));
    }

    /// <summary>Uses the link up in the running transaction. Of many at once, one wins.</summary>
    public async Task<bool> UseAsync(WefluxDbContext db, OpenLink link, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await db.Set<AccountLink>().Where(l => l.Id == link.Id && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellationToken) == 1;
    }

    /// <summary>Removes links that work no more.</summary>
    public Task SweepAsync(CancellationToken cancellationToken)
    {
        var old = time.GetUtcNow() - TimeSpan.FromDays(1);
        return database.WriteForSystemAsync(
            db => db.Set<AccountLink>().Where(l => l.ExpiresAt < old).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    private async Task<string> AddAsync(
        WefluxDbContext db,
        AccountLinkKind kind,
        UserId user,
        byte[]? addressHash,
        string? payload,
        TimeSpan lifetime,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretLength));
        var key = Guid.CreateVersion7(now);
        db.Add(new AccountLink
        {
            Key = key,
            Kind = kind,
            TokenHash = Digest(secret),
            UserId = user,
            AddressHash = addressHash,
            Payload = payload is null ? null : protector.ProtectText(payload, Context(key)),
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        });
        await db.SaveChangesAsync(cancellationToken);
        return secret;
    }

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static string Context(Guid key) => $"AccountLinks/{key:N}/Payload";
}

/// <summary>A link that still works.</summary>
public sealed record OpenLink(long Id, UserId User, string? Payload);
