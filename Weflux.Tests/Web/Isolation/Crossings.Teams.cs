using Weflux.Domain.Team;
using Weflux.Web.Assigning;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Team.Settings;
using Weflux.Web.Teams;
using Weflux.Web.Work;
using Weflux.Web.Work.HandOvers;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private static IEnumerable<Crossing> Teams() =>
    [
        Of<AskHandOver>(nameof(AskHandOver.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation, AssignTo.Member(a.User), "mine"))),
        Of<AcceptHandOver>(nameof(AcceptHandOver.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation))),
        Of<DeclineHandOver>(nameof(DeclineHandOver.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation))),
        Of<WithdrawHandOver>(nameof(WithdrawHandOver.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation))),
        Of<ActivityQuery>(nameof(ActivityQuery.TeamsAsync), async (q, w, a) => (await q.TeamsAsync(a)).Where(t => t.Id == w.Team).ToList()),
        Of<MakeTeam>(nameof(MakeTeam.ExecuteAsync), async (u, _, a) =>
        {
            // What a stranger makes is the stranger's own.
            await u.ExecuteAsync(a, $"Theirs {Guid.NewGuid():N}"[..20]);
            return null;
        }),
        Of<RenameTeam>(nameof(RenameTeam.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Team, "Theirs") == TeamOutcome.Saved),
        Of<SetTeamMember>(nameof(SetTeamMember.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Team, a.User, isIn: true) == TeamOutcome.Saved),
        Of<ArchiveTeam>(nameof(ArchiveTeam.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Team) == TeamOutcome.Saved),
        Of<RestoreTeam>(nameof(RestoreTeam.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Team) == TeamOutcome.Saved),
        Of<TeamsQuery>(nameof(TeamsQuery.AtWorkAsync), async (q, w, a) => (await q.AtWorkAsync(a)).Where(t => t.Id == w.Team).ToList()),
        Of<TeamsQuery>(nameof(TeamsQuery.ForEditingAsync), async (q, w, a) => (await q.ForEditingAsync(a))?.Teams.Where(t => t.Id == w.Team).ToList()),
        Of<SetAssignmentRule>(nameof(SetAssignmentRule.ExecuteAsync), async (u, w, a) =>
            await u.ExecuteAsync(a, RuleSubject.Number(w.Number), new AssignmentTerms(AssignmentMode.RoundRobin)) == SettingsOutcome.Saved
            || await u.ExecuteAsync(a, RuleSubject.Team(w.Team), new AssignmentTerms(AssignmentMode.RoundRobin)) == SettingsOutcome.Saved),
        Of<ChangeAbsence>(nameof(ChangeAbsence.ExecuteAsync), async (u, _, a) =>
        {
            // What a stranger changes is the stranger's own workspace.
            await u.ExecuteAsync(a, 7, new ReleasePolicy(15, 15));
            return null;
        }),
        Of<AssignmentQuery>(nameof(AssignmentQuery.GetAsync), async (q, w, a) => await q.GetAsync(a) is { } view
            ? view.Numbers.Concat(view.Teams).Where(l => l.Subject.ConnectionId == w.Number || l.Subject.TeamId == w.Team).ToList()
            : null),
    ];
}
