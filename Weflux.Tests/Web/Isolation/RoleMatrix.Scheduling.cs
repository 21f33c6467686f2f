using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Scheduling;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    /// <summary>Everybody plans and changes what is their own; here it is an Admin's, which only Managers and Admins change.</summary>
    private static IEnumerable<RoleRow> Scheduling() =>
    [
        Of<ScheduleMessage>(nameof(ScheduleMessage.ExecuteAsync), Who.Member),
        Of<ChangeSchedule>(nameof(ChangeSchedule.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) => (await u.ExecuteAsync(a, await PlanAsync(w), Crossings.Tomorrow(w))).Id is not null),
        Of<CancelScheduled>(nameof(CancelScheduled.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) => await u.ExecuteAsync(a, await PlanAsync(w), throwsAway: true) is not null),
        Of<SendScheduledNow>(nameof(SendScheduledNow.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) => (await u.ExecuteAsync(a, await PlanAsync(w)))?.MessageId is not null),
        Of<ScheduledQuery>(nameof(ScheduledQuery.OfThreadAsync), Who.Member),
        Of<ScheduledQuery>(nameof(ScheduledQuery.ListAsync), Who.ManagerAndAdmin, async (q, w, a) => (await q.ListAsync(a, ofEverybody: true))?.Rows.Any(r => r.Id == w.Scheduled) == true),
        Of<ScheduledQuery>(nameof(ScheduledQuery.ZoneAsync), Who.Member, async (q, _, a) => await q.ZoneAsync(a) is not null && a.Workspace.Value == 1),
        Of<TakeBack>(nameof(TakeBack.ExecuteAsync), Who.Nobody, async (u, w, a) => (await u.ExecuteAsync(a, w.FailedMessage)).Outcome == TakeBackOutcome.TakenBack),
    ];

    private static async Task<long> PlanAsync(TwoWorkspaces world) => (await world.Service<ScheduleMessage>().ExecuteAsync(
        world.Owner, world.Conversation, new TextContent("role"), Crossings.Tomorrow(world), Guid.CreateVersion7())).Id!.Value;
}
