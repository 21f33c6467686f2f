using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Members;

/// <summary>An Admin gives somebody access back, in the role of before.</summary>
public sealed class ReactivateMember(MemberEdits edits)
{
    public Task<RosterAnswer> ExecuteAsync(Actor actor, UserId member, CancellationToken cancellationToken = default) =>
        !actor.May(Permission.ManagePeople) ? Task.FromResult(RosterAnswer.NotAllowed) : edits.ApplyAsync(
            actor,
            member,
            AuditActions.MemberReactivated,
            roster => roster.Reactivate(actor.User, member),
            async change =>
            {
                change.Place.IsActive = true;
                return AuditFacts.Changed(await change.NameAsync(), ("State", "Deactivated", "Active"));
            },
            cancellationToken);
}
