using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Members;

/// <summary>An Admin gives somebody access back, in the role of before.</summary>
public sealed class ReactivateMember(WefluxDatabase database, AuditLog audit, AccessWatch access)
{
    public async Task<RosterAnswer> ExecuteAsync(Actor actor, UserId member, CancellationToken cancellationToken = default)
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
                var answer = places.Roster().Reactivate(actor.User, member);
                if (answer == RosterAnswer.Yes)
                {
                    places.Single(m => m.UserId == member).IsActive = true;
                    access.Record(db, member);
                    await audit.AddAsync(
                        db,
                        actor,
                        AuditActions.MemberReactivated,
                        AuditFacts.Changed(await Places.NameAsync(db, member, cancellationToken), ("State", "Deactivated", "Active")),
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
