using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Audit;

/// <summary>What changed, by name of the fact. Secrets have no place here: say that one was set, not what it is.</summary>
/// <param name="Subject">What was acted on, in words.</param>
/// <param name="Before">What it was; null if there was nothing.</param>
/// <param name="After">What it became; null if nothing is left.</param>
public sealed record AuditFacts(
    string Subject,
    IReadOnlyDictionary<string, string?>? Before = null,
    IReadOnlyDictionary<string, string?>? After = null)
{
    /// <summary>Something that is new.</summary>
    public static AuditFacts Made(string subject, params (string Fact, string? Value)[] facts) =>
        new(subject, After: Table(facts));

    /// <summary>Something that is gone.</summary>
    public static AuditFacts Gone(string subject, params (string Fact, string? Value)[] facts) =>
        new(subject, Before: Table(facts));

    /// <summary>Something that was changed; what stayed as it was is left out.</summary>
    public static AuditFacts Changed(string subject, params (string Fact, string? Before, string? After)[] facts)
    {
        var changed = facts.Where(f => !string.Equals(f.Before, f.After, StringComparison.Ordinal)).ToList();
        return new AuditFacts(
            subject,
            changed.ToDictionary(f => f.Fact, f => f.Before, StringComparer.Ordinal),
            changed.ToDictionary(f => f.Fact, f => f.After, StringComparer.Ordinal));
    }

    private static Dictionary<string, string?> Table((string Fact, string? Value)[] facts) =>
        facts.ToDictionary(f => f.Fact, f => f.Value, StringComparer.Ordinal);
}

/// <summary>Puts administrative actions on record, in the transaction that carries them out.</summary>
public sealed class AuditLog(SealKeys seals, TimeProvider time)
{
    /// <param name="db">The context of the running transaction.</param>
    /// <param name="actor">Who acts, and in which workspace.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="facts">What it was done to.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task AddAsync(WefluxDbContext db, Actor actor, string action, AuditFacts facts, CancellationToken cancellationToken)
    {
        // Two at once would follow the same entry.
        await db.Set<WorkspaceCounter>().AcrossWorkspaces().Where(c => c.WorkspaceId == actor.Workspace)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Sequence, c => c.Sequence), cancellationToken);
        var last = await db.Set<AuditEntry>().AcrossWorkspaces().Where(e => e.WorkspaceId == actor.Workspace)
            .OrderByDescending(e => e.Number).Select(e => new { e.Number, e.Hash }).FirstOrDefaultAsync(cancellationToken);
        var salt = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var details = JsonSerializer.Serialize(
            new AuditDetails(salt, actor.Name, actor.From, facts.Subject, facts.Before, facts.After), JsonColumns.Options);
        db.Add(AuditEntry.After(
            await seals.CurrentAsync(db, cancellationToken), last?.Hash ?? AuditChain.Beginning, (last?.Number ?? 0) + 1, time.GetUtcNow(), actor, action, details));
        await db.SaveChangesAsync(cancellationToken);
    }
}
