using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.Teams;

/// <summary>What became of a change of a team.</summary>
public enum TeamOutcome
{
    Saved,

    NotAllowed,

    /// <summary>There is none of that number, or nobody of that number is a member.</summary>
    NotFound,

    /// <summary>The name is empty, too long, or holds what no name holds.</summary>
    Invalid,

    /// <summary>Another one reads alike, also one that is put away.</summary>
    Taken,

    /// <summary>There are as many as there can be.</summary>
    Full,
}

/// <summary>A change of a team: what to put on record, whose access changes with it, and which conversations.</summary>
internal sealed record TeamEdit(TeamOutcome Outcome, AuditFacts? Facts = null)
{
    public IReadOnlyCollection<UserId> Members { get; init; } = [];

    public IReadOnlyCollection<ConversationChange> Changes { get; init; } = [];

    public static TeamEdit Refused(TeamOutcome outcome) => new(outcome);
}

/// <summary>
/// How teams are changed: one person at a time, on record, with every open screen reading again and those who are in the
/// team hearing from then on what they may see.
/// </summary>
public sealed class TeamEdits(WefluxDatabase database, AuditLog audit, AccessWatch access, InboxBroadcaster broadcaster, ChangeBeat beat, TimeProvider time)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="changeAsync">Makes the change, at the time and with the change counter given; without facts nothing is stored.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<TeamOutcome> ChangeAsync(
        Actor actor, string action, Func<WefluxDbContext, DateTimeOffset, long, Task<TeamEdit>> changeAsync, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ArrangeTeams))
        {
            return TeamOutcome.NotAllowed;
        }

        var edit = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, Permission.ArrangeTeams, cancellationToken))
                {
                    return TeamEdit.Refused(TeamOutcome.NotAllowed);
                }

                var sequence = await db.ReadCounterAsync(cancellationToken) + 1;
                var edit = await changeAsync(db, time.GetUtcNow(), sequence);
                if (edit.Facts is not { } facts)
                {
                    return edit;
                }

                await db.TakeSequenceAsync(1, cancellationToken);
                foreach (var member in edit.Members)
                {
                    access.Record(db, member);
                }

                await db.SaveChangesAsync(cancellationToken);
                await audit.AddAsync(db, actor, action, facts, cancellationToken);
                return edit;
            },
            cancellationToken);
        if (edit.Facts is not null)
        {
            foreach (var member in edit.Members)
            {
                access.Tell(member);
            }

            await broadcaster.AnnounceAsync(actor.Workspace, edit.Changes);
            await beat.NudgeAsync(actor.Workspace, cancellationToken);
        }

        return edit.Outcome;
    }

    internal static Task<WorkTeam?> FindAsync(WefluxDbContext db, long teamId, CancellationToken cancellationToken) =>
        db.Set<WorkTeam>().SingleOrDefaultAsync(t => t.Id == teamId, cancellationToken);

    internal static Task<List<UserId>> MembersAsync(WefluxDbContext db, long teamId, CancellationToken cancellationToken) =>
        db.Set<TeamMember>().Where(m => m.TeamId == teamId).Select(m => m.UserId).ToListAsync(cancellationToken);
}
