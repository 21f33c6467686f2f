using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Assigning;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Team.Settings;
using Weflux.Web.Teams;
using Weflux.Web.Work;
using Weflux.Web.Work.HandOvers;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static IEnumerable<RoleRow> Teams() =>
    [
        Of<AskHandOver>(nameof(AskHandOver.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await w.Service<TakeConversation>().ExecuteAsync(a, w.Conversation);
            return await u.ExecuteAsync(a, w.Conversation, AssignTo.Member(w.Colleague), "role") == WorkOutcome.Done;
        }),
        Of<AcceptHandOver>(nameof(AcceptHandOver.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await AskAsync(w, a.User);
            return await u.ExecuteAsync(a, w.Conversation) == WorkOutcome.Done;
        }),
        Of<DeclineHandOver>(nameof(DeclineHandOver.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await AskAsync(w, a.User);
            return await u.ExecuteAsync(a, w.Conversation) == WorkOutcome.Done;
        }),
        Of<WithdrawHandOver>(nameof(WithdrawHandOver.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            await AskAsync(w, w.Colleague);
            return await u.ExecuteAsync(a, w.Conversation) == WorkOutcome.Done;
        }),
        Of<ActivityQuery>(nameof(ActivityQuery.TeamsAsync), Who.Member),
        Of<MakeTeam>(nameof(MakeTeam.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            await u.ExecuteAsync(a, Fresh()) == TeamOutcome.Saved && a.Workspace == w.Owner.Workspace),
        Of<RenameTeam>(nameof(RenameTeam.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) => await u.ExecuteAsync(a, w.Team, Fresh()) == TeamOutcome.Saved),
        Of<SetTeamMember>(nameof(SetTeamMember.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            await u.ExecuteAsync(a, w.Team, w.Colleague, isIn: true) == TeamOutcome.Saved),
        Of<ArchiveTeam>(nameof(ArchiveTeam.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) => await u.ExecuteAsync(a, await TeamAsync(w)) == TeamOutcome.Saved),
        Of<RestoreTeam>(nameof(RestoreTeam.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) => await u.ExecuteAsync(a, await TeamAsync(w)) == TeamOutcome.Saved),
        Of<TeamsQuery>(nameof(TeamsQuery.AtWorkAsync), Who.Member),
        Of<TeamsQuery>(nameof(TeamsQuery.ForEditingAsync), Who.ManagerAndAdmin),
        Of<SetAssignmentRule>(nameof(SetAssignmentRule.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            // A rule that gives nothing to anybody: the others of this world go on as before.
            var subject = RuleSubject.Team(await TeamAsync(w));
            return await u.ExecuteAsync(a, subject, new AssignmentTerms(AssignmentMode.Off, IsSticky: false)) == SettingsOutcome.Saved;
        }),
        Of<ChangeAbsence>(nameof(ChangeAbsence.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            await u.ExecuteAsync(a, HandOverRules.DefaultMinutes, ReleasePolicy.Default) == SettingsOutcome.Saved && a.Workspace == w.Owner.Workspace),
        Of<AssignmentQuery>(nameof(AssignmentQuery.GetAsync), Who.ManagerAndAdmin),
    ];

    /// <summary>Somebody else holds the conversation and asks this person to take it over.</summary>
    private static Task<int> AskAsync(TwoWorkspaces world, UserId asked) => world.Host.ReadAsync(db =>
    {
        var (until, holder) = (world.Host.Clock.GetUtcNow().AddMinutes(10), asked == world.Owner.User ? world.Colleague : world.Owner.User);
        return db.Set<Conversation>().Where(c => c.Id == world.Conversation).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.AssigneeId, (UserId?)holder).SetProperty(c => c.AskedMemberId, (UserId?)asked).SetProperty(c => c.AskedUntil, (DateTimeOffset?)until));
    });

    private static async Task<long> TeamAsync(TwoWorkspaces world)
    {
        var name = Fresh();
        await world.Service<MakeTeam>().ExecuteAsync(world.Owner, name);
        return await world.Host.ReadAsync(db => db.Set<WorkTeam>().Where(t => t.Name == name).Select(t => t.Id).SingleAsync());
    }
}
