using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Members;

/// <summary>Somebody leaves of their own accord; what the person held goes to nobody. The last Admin stays.</summary>
public sealed class LeaveWorkspace(MemberEdits edits)
{
    public Task<RosterAnswer> ExecuteAsync(Actor actor, CancellationToken cancellationToken = default) =>
        !actor.May(Permission.WorkConversations) ? Task.FromResult(RosterAnswer.NotAllowed) : edits.ApplyAsync(
            actor,
            actor.User,
            AuditActions.MemberLeft,
            roster => roster.Leave(actor.User),
            async change =>
            {
                await change.TakeAwayAsync();
                await change.HandOverAsync(heir: null);
                return AuditFacts.Changed(
                    actor.Name,
                    ("Role", change.Place.Role.ToString(), null),
                    (Places.InvitationsRevoked, null, await change.RevokeInvitationsAsync()));
            },
            cancellationToken);
}
