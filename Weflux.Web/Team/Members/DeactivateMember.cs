using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Members;

/// <summary>An Admin takes somebody's access away; the place stays, and what the person held is handed over.</summary>
public sealed class DeactivateMember(WefluxDatabase database, AuditLog audit, AccessWatch access, InboxBroadcaster broadcaster)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="member">Who loses access.</param>
    /// <param name="heir">Who gets the person's open conversations; null if nobody does.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<RosterAnswer> ExecuteAsync(Actor actor, UserId member, UserId? heir, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManagePeople))
        {
            return RosterAnswer.NotAllowed;
        }

        List<ConversationChange> handedOver = [];
        var answer = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                var places = await Places.LockAsync(db, cancellationToken);
                var answer = places.Roster().Deactivate(actor.User, member, heir);
                if (answer == RosterAnswer.Yes)
                {
                    places.Single(m => m.UserId == member).IsActive = false;
                    handedOver = await Places.HandOverAsync(db, member, heir, cancellationToken);
                    access.Record(db, member);
                    await audit.AddAsync(
                        db,
                        actor,
                        AuditActions.MemberDeactivated,
                        AuditFacts.Changed(
                            await Places.NameAsync(db, member, cancellationToken),
                            ("State", "Active", "Deactivated"),
                            ("Conversations handed over", null, handedOver.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                            ("To", null, heir is { } next ? await Places.NameAsync(db, next, cancellationToken) : "Nobody")),
                        cancellationToken);
                }

                return answer;
            },
            cancellationToken);
        if (answer == RosterAnswer.Yes)
        {
            access.Tell(member);
            await broadcaster.AnnounceAsync(actor.Workspace, handedOver);
        }

        return answer;
    }
}
