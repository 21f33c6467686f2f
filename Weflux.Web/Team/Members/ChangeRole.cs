using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Members;

/// <summary>An Admin makes somebody else an Agent, a Manager or an Admin. Who is no Admin any more has invited nobody.</summary>
public sealed class ChangeRole(MemberEdits edits)
{
    public Task<RosterAnswer> ExecuteAsync(Actor actor, UserId member, Role role, CancellationToken cancellationToken = default) =>
        !actor.May(Permission.ManagePeople) ? Task.FromResult(RosterAnswer.NotAllowed) : edits.ApplyAsync(
            actor,
            member,
            AuditActions.RoleChanged,
            roster => roster.ChangeRole(actor.User, member, role),
            async change =>
            {
                var before = change.Place.Role;
                change.Place.Role = role;
                return AuditFacts.Changed(
                    await change.NameAsync(),
                    ("Role", before.ToString(), role.ToString()),
                    (Places.InvitationsRevoked, null, Permissions.Allow(role, Permission.ManagePeople) ? null : await change.RevokeInvitationsAsync()));
            },
            cancellationToken);
}
