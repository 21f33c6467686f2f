using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Members;

/// <summary>Somebody leaves of their own accord; what the person held goes to nobody. The last Admin stays.</summary>
public sealed class LeaveWorkspace(WefluxDatabase database, AuditLog audit, AccessWatch access, InboxBroadcaster broadcaster)
{
    public async Task<RosterAnswer> ExecuteAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return RosterAnswer.NotAllowed;
        }

        List<ConversationChange> handedOver = [];
        var answer = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                var places = await Places.LockAsync(db, cancellationToken);
                var answer = places.Roster().Leave(actor.User);
                if (answer == RosterAnswer.Yes)
                {
                    var place = places.Single(m => m.UserId == actor.User);
                    db.Remove(place);
                    handedOver = await Places.HandOverAsync(db, actor.User, heir: null, cancellationToken);
                    access.Record(db, actor.User);
                    await audit.AddAsync(db, actor, AuditActions.MemberLeft, AuditFacts.Gone(actor.Name, ("Role", place.Role.ToString())), cancellationToken);
                }

                return answer;
            },
            cancellationToken);
        if (answer == RosterAnswer.Yes)
        {
            access.Tell(actor.User);
            await broadcaster.AnnounceAsync(actor.Workspace, handedOver);
        }

        return answer;
    }
}
