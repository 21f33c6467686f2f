using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Audit;
using Weflux.Web.Team;

namespace Weflux.Web.Teams;

/// <summary>A Manager or an Admin takes somebody into a team, or out of it. What the person holds stays with them.</summary>
public sealed class SetTeamMember(TeamEdits edits)
{
    public Task<TeamOutcome> ExecuteAsync(Actor actor, long teamId, UserId member, bool isIn, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            AuditActions.TeamMembersChanged,
            async (db, _, _) =>
            {
                if (await TeamEdits.FindAsync(db, teamId, cancellationToken) is not { } team
                    || !await db.Set<Membership>().AnyAsync(m => m.UserId == member && (m.IsActive || !isIn), cancellationToken))
                {
                    return TeamEdit.Refused(TeamOutcome.NotFound);
                }

                var place = await db.Set<TeamMember>().SingleOrDefaultAsync(m => m.TeamId == teamId && m.UserId == member, cancellationToken);
                if (place is not null == isIn)
                {
                    return new TeamEdit(TeamOutcome.Saved);
                }

                if (place is not null)
                {
                    db.Remove(place);
                }
                else if (await db.Set<TeamMember>().CountAsync(m => m.TeamId == teamId, cancellationToken) >= WorkTeam.MostMembers)
                {
                    return TeamEdit.Refused(TeamOutcome.Full);
                }
                else
                {
                    db.Add(new TeamMember(actor.Workspace, teamId, member));
                }

                var name = await db.Set<WefluxUser>().Where(u => u.Id == member.Value).Select(u => u.Name).SingleAsync(cancellationToken);
                return new TeamEdit(TeamOutcome.Saved, AuditFacts.Changed(team.Name, (isIn ? "Joined" : "Left", isIn ? null : name, isIn ? name : null))) { Members = [member] };
            },
            cancellationToken);
}
