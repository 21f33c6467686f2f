using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Members;

/// <summary>An Admin takes somebody's access away; the place stays, and what the person held is handed over.</summary>
public sealed class DeactivateMember(MemberEdits edits)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="member">Who loses access.</param>
    /// <param name="heir">Who gets the person's open conversations; null if nobody does.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task<RosterAnswer> ExecuteAsync(Actor actor, UserId member, UserId? heir, CancellationToken cancellationToken = default) =>
        !actor.May(Permission.ManagePeople) ? Task.FromResult(RosterAnswer.NotAllowed) : edits.ApplyAsync(
            actor,
            member,
            AuditActions.MemberDeactivated,
            roster => roster.Deactivate(actor.User, member, heir),
            async change =>
            {
                change.Place.IsActive = false;
                var (count, to) = await change.HandOverAsync(heir);
                return AuditFacts.Changed(
                    await change.NameAsync(),
                    ("State", "Active", "Deactivated"),
                    ("Conversations handed over", null, count),
                    ("To", null, to),
                    (Places.InvitationsRevoked, null, await change.RevokeInvitationsAsync()));
            },
            cancellationToken);
}
