using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Members;

/// <summary>An Admin takes somebody out of the workspace; what the person held is handed over.</summary>
public sealed class RemoveMember(MemberEdits edits)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="member">Who goes.</param>
    /// <param name="heir">Who gets the person's open conversations; null if nobody does.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task<RosterAnswer> ExecuteAsync(Actor actor, UserId member, UserId? heir, CancellationToken cancellationToken = default) =>
        !actor.May(Permission.ManagePeople) ? Task.FromResult(RosterAnswer.NotAllowed) : edits.ApplyAsync(
            actor,
            member,
            AuditActions.MemberRemoved,
            roster => roster.Remove(actor.User, member, heir),
            async change =>
            {
                await change.TakeAwayAsync();
                var (count, to) = await change.HandOverAsync(heir);
                return AuditFacts.Changed(
                    await change.NameAsync(),
                    ("Role", change.Place.Role.ToString(), null),
                    ("Conversations handed over", null, count),
                    ("To", null, to),
                    (Places.InvitationsRevoked, null, await change.RevokeInvitationsAsync()));
            },
            cancellationToken);
}
