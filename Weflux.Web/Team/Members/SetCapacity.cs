using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Team.Members;

/// <summary>A Manager or an Admin says how many open conversations a member is to hold at most when conversations are handed out.</summary>
public sealed class SetCapacity(WefluxDatabase database, AuditLog audit, InboxBroadcaster broadcaster)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="member">Whose limit it is; one's own as well.</param>
    /// <param name="capacity">How many; null for no limit.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<CapacityOutcome> ExecuteAsync(Actor actor, UserId member, int? capacity, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.AssignToOthers) || actor.Key is not null)
        {
            return CapacityOutcome.NotAllowed;
        }

        if (!MemberLoad.IsCapacity(capacity))
        {
            return CapacityOutcome.Invalid;
        }

        var outcome = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, Permission.AssignToOthers, cancellationToken))
                {
                    return CapacityOutcome.NotAllowed;
                }

                if (await db.Set<Membership>().SingleOrDefaultAsync(m => m.UserId == member, cancellationToken) is not { } place)
                {
                    return CapacityOutcome.NoSuchMember;
                }

                if (place.Capacity == capacity)
                {
                    return CapacityOutcome.Unchanged;
                }

                var facts = AuditFacts.Changed(
                    await Places.NameAsync(db, member, cancellationToken), ("Open conversations at most", Words(place.Capacity), Words(capacity)));
                place.Capacity = capacity;
                await db.TakeSequenceAsync(1, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await audit.AddAsync(db, actor, AuditActions.CapacityChanged, facts, cancellationToken);
                return CapacityOutcome.Saved;
            },
            cancellationToken);
        if (outcome == CapacityOutcome.Saved)
        {
            await broadcaster.AnnouncePeopleAsync(actor.Workspace, [member]);
        }

        return outcome;
    }

    private static string Words(int? capacity) => capacity?.ToString(CultureInfo.InvariantCulture) ?? "No limit";
}

/// <summary>What became of a limit.</summary>
public enum CapacityOutcome
{
    Saved,

    /// <summary>It is so already.</summary>
    Unchanged,

    NotAllowed,

    NoSuchMember,

    /// <summary>It is no limit that can be set.</summary>
    Invalid,
}
