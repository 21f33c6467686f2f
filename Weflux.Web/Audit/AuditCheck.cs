using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Audit;

/// <summary>Walks the chain of a workspace's entries and finds the first that was changed, moved or taken out.</summary>
public sealed class AuditCheck(WefluxDatabase database, AuditLog audit)
{
    private const int Batch = 1000;

    /// <returns>What was found; null if the actor may not see the log.</returns>
    public async Task<AuditVerdict?> ExecuteAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ReadAuditLog))
        {
            return null;
        }

        var verdict = await WalkAsync(actor.Workspace, cancellationToken);
        await database.WriteAsync(
            actor.Workspace,
            db => audit.AddAsync(db, actor, AuditActions.AuditVerified, AuditFacts.Made("Audit log", ("Result", verdict.ToString())), cancellationToken),
            cancellationToken);
        return verdict;
    }

    internal async Task<AuditVerdict> WalkAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await using var db = database.Open(workspace);
        var (before, number) = (AuditChain.Beginning, 0L);
        while (true)
        {
            var last = number;
            var entries = await db.Set<AuditEntry>().AsNoTracking().Where(e => e.Number > last).OrderBy(e => e.Number).Take(Batch).ToListAsync(cancellationToken);
            foreach (var entry in entries)
            {
                if (FaultOf(entry, number + 1, before) is { } why)
                {
                    return new AuditVerdict(number, Math.Min(entry.Number, number + 1), why, Convert.ToHexStringLower(before));
                }

                (before, number) = (entry.Hash, entry.Number);
            }

            if (entries.Count < Batch)
            {
                return new AuditVerdict(number, null, null, Convert.ToHexStringLower(before));
            }
        }
    }

    private static string? FaultOf(AuditEntry entry, long expected, byte[] before) =>
        entry.Number != expected ? "it is missing"
        : entry.Details is not null && !CryptographicOperations.FixedTimeEquals(entry.DetailsDigest, AuditChain.Digest(entry.Details)) ? "its details were changed"
        : !CryptographicOperations.FixedTimeEquals(entry.Hash, AuditChain.Hash(before, entry)) ? "it does not follow the entry before it"
        : null;
}

/// <summary>What became of a check.</summary>
/// <param name="Sound">How many entries from the first on are as they were written.</param>
/// <param name="BrokenAt">The number of the first that is not; null if all are.</param>
/// <param name="Why">What is wrong with it.</param>
/// <param name="Head">The hash of the last sound entry. Kept elsewhere, it shows later that none was cut off at the end.</param>
public sealed record AuditVerdict(long Sound, long? BrokenAt, string? Why, string Head)
{
    public override string ToString() => BrokenAt is { } broken
        ? string.Create(CultureInfo.InvariantCulture, $"Entry {broken} is broken: {Why}.")
        : Sound == 1 ? "The one entry is as it was written."
        : string.Create(CultureInfo.InvariantCulture, $"All {Sound} entries are as they were written.");
}
