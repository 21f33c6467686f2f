using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Audit;

/// <summary>Walks the chain of a workspace's entries and finds the first that was changed, moved or taken out.</summary>
public sealed class AuditCheck(WefluxDatabase database, SealKeys seals, AuditLog audit)
{
    private const int Batch = 1000;

    /// <returns>What was found; null if the actor may not see the log.</returns>
    public async Task<AuditVerdict?> ExecuteAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ReadAuditLog))
        {
            return null;
        }

        var verdict = await WalkAsync(actor.Workspace, expected: null, cancellationToken);
        await database.WriteAsync(
            actor.Workspace,
            db => audit.AddAsync(db, actor, AuditActions.AuditVerified, AuditFacts.Made("Audit log", ("Result", verdict.ToString())), cancellationToken),
            cancellationToken);
        return verdict;
    }

    /// <param name="workspace">Whose log.</param>
    /// <param name="expected">An entry whose hash was kept elsewhere; null for none.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    internal async Task<AuditVerdict> WalkAsync(WorkspaceId workspace, ExpectedEntry? expected, CancellationToken cancellationToken)
    {
        await using var db = database.Open(workspace);
        var keys = await seals.AllAsync(db, cancellationToken);
        var (before, number) = (AuditChain.Beginning, 0L);
        while (true)
        {
            var last = number;
            var entries = await db.Set<AuditEntry>().AsNoTracking().Where(e => e.Number > last).OrderBy(e => e.Number).Take(Batch).ToListAsync(cancellationToken);
            foreach (var entry in entries)
            {
                if ((FaultOf(entry, number + 1, before, keys.GetValueOrDefault(entry.SealKeyId)) ?? expected?.FaultOf(entry)) is { } why)
                {
                    return Broken(Math.Min(entry.Number, number + 1), why);
                }

                (before, number) = (entry.Hash, entry.Number);
            }

            if (entries.Count < Batch)
            {
                // Every workspace begins with the entry of its own making.
                return number == 0 || expected?.Number > number ? Broken(number + 1, "it is missing") : new AuditVerdict(number, null, null, Convert.ToHexStringLower(before));
            }
        }

        AuditVerdict Broken(long at, string why) => new(number, at, why, Convert.ToHexStringLower(before));
    }

    private static string? FaultOf(AuditEntry entry, long expected, byte[] before, byte[]? key) =>
        entry.Number != expected || (entry.Number == 1 && entry.Action != AuditActions.WorkspaceCreated) ? "it is missing"
        : entry.Details is null ? "its details were taken out"
        : !CryptographicOperations.FixedTimeEquals(entry.DetailsDigest, AuditChain.Digest(entry.Details)) ? "its details were changed"
        : key is null ? "its seal cannot be checked, because the key that sealed it cannot be decrypted"
        : !CryptographicOperations.FixedTimeEquals(entry.Hash, AuditChain.Seal(key, before, entry)) ? "it does not follow the entry before it"
        : null;
}

/// <summary>The number and the hash of an entry, kept where nobody of the database can change them.</summary>
public sealed record ExpectedEntry(long Number, string Hash)
{
    /// <summary>Reads <c>number:hash</c> as a check prints it; null if it is not that.</summary>
    public static ExpectedEntry? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(':') is [var number, var hash]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at > 0
            && hash.Length == 2 * HMACSHA256.HashSizeInBytes && hash.All(char.IsAsciiHexDigit)
                ? new ExpectedEntry(at, hash.ToLowerInvariant())
                : null;
    }

    internal string? FaultOf(AuditEntry entry) => entry.Number != Number || string.Equals(Convert.ToHexStringLower(entry.Hash), Hash, StringComparison.Ordinal)
        ? null
        : "its hash is not the one that was kept";
}

/// <summary>What became of a check.</summary>
/// <param name="Sound">How many entries from the first on are as they were written.</param>
/// <param name="BrokenAt">The number of the first that is not; null if all are.</param>
/// <param name="Why">What is wrong with it.</param>
/// <param name="Head">The hash of the last sound entry.</param>
public sealed record AuditVerdict(long Sound, long? BrokenAt, string? Why, string Head)
{
    /// <summary>The last sound entry. Kept elsewhere, it shows later that none was cut off at the end.</summary>
    public string Keep => string.Create(CultureInfo.InvariantCulture, $"{Sound}:{Head}");

    public override string ToString() => BrokenAt is { } broken
        ? string.Create(CultureInfo.InvariantCulture, $"Entry {broken} is broken: {Why}.")
        : Sound == 1 ? "The one entry is as it was written."
        : string.Create(CultureInfo.InvariantCulture, $"All {Sound} entries are as they were written.");
}
