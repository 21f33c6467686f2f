using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Members;

/// <summary>How somebody's place in a workspace is changed: one at a time, on record, with the person's pages told at once.</summary>
public sealed class MemberEdits(WefluxDatabase database, AuditLog audit, AccessWatch access, InboxBroadcaster broadcaster, TimeProvider time)
{
    /// <summary>Changes a place in one transaction, if the rules of the team allow it.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="member">Whose place it is.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="judge">What the rules say, who acts included.</param>
    /// <param name="changeAsync">Makes the change and says what it was.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<RosterAnswer> ApplyAsync(
        Actor actor,
        UserId member,
        string action,
        Func<Roster, RosterAnswer> judge,
        Func<MemberChange, Task<AuditFacts>> changeAsync,
        CancellationToken cancellationToken)
    {
        List<ConversationChange> handedOver = [];
        var answer = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                var places = await Places.LockAsync(db, cancellationToken);
                var answer = judge(places.Roster());
                if (answer == RosterAnswer.Yes)
                {
                    var change = new MemberChange(db, places.Single(m => m.UserId == member), time.GetUtcNow(), cancellationToken);
                    var facts = await changeAsync(change);
                    handedOver = change.HandedOver;
                    access.Record(db, member);
                    await audit.AddAsync(db, actor, action, facts, cancellationToken);
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

/// <summary>A place that is being changed, and what hangs on it.</summary>
internal sealed class MemberChange(WefluxDbContext db, Membership place, DateTimeOffset now, CancellationToken cancellationToken)
{
    public Membership Place => place;

    /// <summary>What is to be announced after the commit.</summary>
    public List<ConversationChange> HandedOver { get; private set; } = [];

    public Task<string> NameAsync() => Places.NameAsync(db, place.UserId, cancellationToken);

    public Task TakeAwayAsync()
    {
        db.Remove(place);
        return Places.LeaveTeamsAsync(db, place.UserId, cancellationToken);
    }

    /// <summary>Gives what the person holds to the heir or to nobody; the person takes part in nothing and is asked for nothing any more.</summary>
    /// <returns>How many conversations, and whose they are now, for the record.</returns>
    public async Task<(string Count, string To)> HandOverAsync(UserId? heir)
    {
        var held = await Places.HandOverAsync(db, place.UserId, heir, now, cancellationToken);
        HandedOver =
        [
            .. held,
            .. await Places.EndAskingAsync(db, place.UserId, now, cancellationToken),
            .. await Places.EndTakingPartAsync(db, place.UserId, now, cancellationToken),
        ];
        return (
            held.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            heir is { } next ? await Places.NameAsync(db, next, cancellationToken) : "Nobody");
    }

    /// <summary>Takes back what the person invited others with: whoever is out must not leave a door open.</summary>
    /// <returns>Who was invited, for the record; null if nobody is any more.</returns>
    public Task<string?> RevokeInvitationsAsync() => Places.RevokeInvitationsAsync(db, place.UserId, now, cancellationToken);
}
