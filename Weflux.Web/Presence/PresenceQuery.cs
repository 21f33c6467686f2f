using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Presence;

/// <summary>Who of a workspace is there now.</summary>
public sealed class PresenceQuery(WefluxDatabase database, OpenPages pages, TimeProvider time)
{
    /// <summary>
    /// The presence of every active member, as it is at this moment: also if no node has noticed the change yet. For use
    /// cases, inside their transaction; the caller has asked who may know it.
    /// </summary>
    /// <param name="db">A context of the workspace.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<UserId, PresenceNow>> ReadAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var rows = await (
            from place in db.Set<Membership>()
            where place.IsActive
            join stored in db.Set<StoredPresence>() on place.UserId equals stored.UserId into known
            from stored in known.DefaultIfEmpty()
            select new { place.UserId, place.JoinedAt, Stored = stored }).AsNoTracking().ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return rows.ToDictionary(
            r => r.UserId,
            r => r.Stored is null ? new PresenceNow(MemberPresence.Offline, r.JoinedAt) : Judge(r.Stored, now));
    }

    /// <summary>The same for screens. Every member may know who of their colleagues is there.</summary>
    /// <returns>Nobody for whoever is no member.</returns>
    public async Task<IReadOnlyDictionary<UserId, PresenceNow>> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return new Dictionary<UserId, PresenceNow>();
        }

        await using var db = database.Open(actor.Workspace);
        return await ReadAsync(db, cancellationToken);
    }

    /// <summary>What the actor chose, and what they are by that.</summary>
    /// <returns>Null for whoever is no member.</returns>
    public async Task<OwnPresence?> OwnAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations) || actor.Key is not null)
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var me = actor.User;
        var stored = await db.Set<StoredPresence>().AsNoTracking().SingleOrDefaultAsync(p => p.UserId == me, cancellationToken);
        var now = time.GetUtcNow();
        var facts = stored is null ? PresenceFacts.None with { OpenAt = now, UsedAt = now } : pages.Fresh(stored, now);
        return new OwnPresence(facts.At(now), facts.IsAwayByChoiceAt(now), facts.IsAwayByChoiceAt(now) ? facts.AwayUntil : null);
    }

    private PresenceNow Judge(StoredPresence stored, DateTimeOffset now)
    {
        var facts = pages.Fresh(stored, now);
        var state = facts.At(now);
        return new PresenceNow(state, state == stored.State ? stored.Since : facts.ChangedBy(now));
    }
}

/// <summary>What somebody is.</summary>
/// <param name="State">What.</param>
/// <param name="Since">Since when (UTC); of somebody who was never here, since they joined.</param>
public sealed record PresenceNow(MemberPresence State, DateTimeOffset Since);

/// <summary>One's own presence.</summary>
/// <param name="State">What colleagues see.</param>
/// <param name="IsAwayByChoice">Whether one chose to be away, and not only left the page alone.</param>
/// <param name="AwayUntil">When that is over (UTC); null if nobody said.</param>
public sealed record OwnPresence(MemberPresence State, bool IsAwayByChoice, DateTimeOffset? AwayUntil);
