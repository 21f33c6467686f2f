using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Audit;

/// <summary>The audit log as an Admin reads it, the newest first.</summary>
public sealed class AuditQuery(WefluxDatabase database)
{
    public const int PageLength = 50;

    /// <param name="actor">The reader.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="before">Go on below this number; null for the top.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One page; null if the reader may not see the log.</returns>
    public async Task<AuditPageView?> GetAsync(Actor actor, AuditFilter filter, long? before, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ReadAuditLog))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var lines = new List<AuditLine>(PageLength);
        long? next = null;
        await foreach (var entry in DownAsync(db, filter, before, cancellationToken))
        {
            if (lines.Count == PageLength)
            {
                next = lines[^1].Number;
                break;
            }

            lines.Add(AuditLine.Of(entry));
        }

        return new AuditPageView(lines, next, await TimeZoneAsync(actor, cancellationToken));
    }

    /// <summary>Everybody who stands in the log, by the name they had last.</summary>
    public async Task<IReadOnlyList<AuditPerson>> PeopleAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ReadAuditLog))
        {
            return [];
        }

        await using var db = database.Open(actor.Workspace);
        var last = await db.Set<AuditEntry>().Where(e => e.ApiKeyId == null).GroupBy(e => e.UserId).Select(g => g.Max(e => e.Number)).ToListAsync(cancellationToken);
        var entries = await db.Set<AuditEntry>().AsNoTracking().Where(e => last.Contains(e.Number)).ToListAsync(cancellationToken);
        return [.. entries.Select(e => new AuditPerson(e.UserId, e.Read()?.Actor ?? $"Person {e.UserId}")).OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>The clock on which the days of a filter are meant; UTC for whoever may not see the log.</summary>
    public async Task<string> TimeZoneAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ReadAuditLog))
        {
            return WorkspaceTime.Default;
        }

        await using var db = database.Open(actor.Workspace);
        return await db.Set<Workspace>().Where(w => w.Id == actor.Workspace).Select(w => w.TimeZone).SingleAsync(cancellationToken);
    }

    internal static async IAsyncEnumerable<AuditEntry> DownAsync(
        WefluxDbContext db, AuditFilter filter, long? before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int batch = 200;
        for (var below = before ?? long.MaxValue; ;)
        {
            var top = below;
            var entries = await filter.Of(db.Set<AuditEntry>().AsNoTracking()).Where(e => e.Number < top)
                .OrderByDescending(e => e.Number).Take(batch).ToListAsync(cancellationToken);
            foreach (var entry in entries.Where(e => filter.Fits(e.Read())))
            {
                yield return entry;
            }

            if (entries.Count < batch)
            {
                yield break;
            }

            below = entries[^1].Number;
        }
    }
}

/// <param name="Lines">The newest first.</param>
/// <param name="Next">Where the page below begins; null if this is the last.</param>
/// <param name="TimeZone">The clock of the workspace.</param>
public sealed record AuditPageView(IReadOnlyList<AuditLine> Lines, long? Next, string TimeZone);

public sealed record AuditPerson(UserId User, string Name);

/// <summary>One entry in words.</summary>
public sealed record AuditLine(
    long Number, DateTimeOffset At, string Action, string What, string Actor, string? From, string Subject, IReadOnlyList<AuditFact> Facts, bool LacksDetails)
{
    internal static AuditLine Of(AuditEntry entry)
    {
        var details = entry.Read();
        var names = (details?.Before?.Keys ?? []).Union(details?.After?.Keys ?? [], StringComparer.Ordinal);
        return new AuditLine(
            entry.Number,
            entry.At,
            entry.Action,
            AuditActions.Sentence(entry.Action),
            details?.Actor ?? $"Person {entry.UserId}",
            details?.From,
            details?.Subject ?? "",
            [.. names.Select(n => new AuditFact(n, details?.Before?.GetValueOrDefault(n), details?.After?.GetValueOrDefault(n)))],
            details is null);
    }
}

/// <summary>What it was and what it became.</summary>
public sealed record AuditFact(string Name, string? Before, string? After);
