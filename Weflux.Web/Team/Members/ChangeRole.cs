using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Members;

/// <summary>An Admin makes somebody else an Agent, a Manager or an Admin.</summary>
public sealed class ChangeRole(WefluxDatabase database, AuditLog audit, AccessWatch access)
{
    public async Task<RosterAnswer> ExecuteAsync(Actor actor, UserId member, Role role, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManagePeople))
        {
            return RosterAnswer.NotAllowed;
        }

        var answer = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                var places = await Places.LockAsync(db, cancellationToken);
                var answer = places.Roster().ChangeRole(actor.User, member, role);
                if (answer == RosterAnswer.Yes)
                {
                    var place = places.Single(m => m.UserId == member);
                    var before = place.Role;
                    place.Role = role;
                    access.Record(db, member);
                    await audit.AddAsync(
                        db,
                        actor,
                        AuditActions.RoleChanged,
                        AuditFacts.Changed(await Places.NameAsync(db, member, cancellationToken), ("Role", before.ToString(), role.ToString())),
                        cancellationToken);
                }

                return answer;
            },
            cancellationToken);
        if (answer == RosterAnswer.Yes)
        {
            access.Tell(member);
        }

        return answer;
    }
}
