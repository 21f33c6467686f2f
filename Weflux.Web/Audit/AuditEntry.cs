using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Audit;

/// <summary>
/// One administrative action, on record for good. Each entry's seal covers the one before it, so that a changed or
/// missing one is found, also by whom can write to the database but has not the keys of the ring.
/// </summary>
public sealed class AuditEntry : IAppendOnly
{
    string IAppendOnly.Erasable => nameof(Details);

    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>1, 2, 3 and so on in each workspace, without a gap.</summary>
    public required long Number { get; init; }

    /// <summary>When (UTC, whole milliseconds).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was done, in the words of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The person who did it; nobody (zero) for an API key and for Weflux itself.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The API key that did it; null for a person.</summary>
    public long? ApiKeyId { get; init; }

    /// <summary><see cref="AuditDetails"/> as JSON; null only if somebody emptied it in the database.</summary>
    public string? Details { get; private set; }

    /// <summary>SHA-256 of the details.</summary>
    public required byte[] DetailsDigest { get; init; }

    /// <summary>Which <see cref="SealKey"/> sealed it.</summary>
    public required long SealKeyId { get; init; }

    /// <summary>HMAC-SHA256 over the hash of the entry before and everything here but the details themselves.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>What it says in words; null if that is missing.</summary>
    internal AuditDetails? Read() => Details is null ? null : JsonSerializer.Deserialize<AuditDetails>(Details, JsonColumns.Options);

    internal static AuditEntry After(
        (long Id, byte[] Key) seal, byte[] before, long number, DateTimeOffset at, Actor actor, string action, string details)
    {
        var entry = new AuditEntry
        {
            WorkspaceId = actor.Workspace,
            SealKeyId = seal.Id,
            Number = number,
            At = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
            Action = action,
            UserId = actor.User,
            ApiKeyId = actor.Key?.Id.Value,
            Details = details,
            DetailsDigest = AuditChain.Digest(details),
        };
        entry.Hash = AuditChain.Seal(seal.Key, before, entry);
        return entry;
    }
}

/// <summary>What an entry says in words.</summary>
/// <param name="Salt">Random, so that erased details cannot be guessed from their digest.</param>
/// <param name="Actor">The name of who acted, as it was.</param>
/// <param name="From">The network address; null if it is not known.</param>
/// <param name="Subject">What was acted on, in words.</param>
/// <param name="Before">What it was, by name of the fact, without secrets.</param>
/// <param name="After">What it became.</param>
public sealed record AuditDetails(
    string Salt,
    string Actor,
    string? From,
    string Subject,
    IReadOnlyDictionary<string, string?>? Before,
    IReadOnlyDictionary<string, string?>? After);

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.Property(e => e.Action).HasMaxLength(60);
        builder.Property(e => e.DetailsDigest).HasMaxLength(32);
        builder.Property(e => e.Hash).HasMaxLength(32);
        builder.HasIndex(e => new { e.WorkspaceId, e.Number }).IsUnique();
        builder.HasIndex(e => new { e.WorkspaceId, e.Action, e.Number });
        builder.HasIndex(e => new { e.WorkspaceId, e.UserId, e.Number });
    }
}
