using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Scheduling;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private static IEnumerable<Crossing> Scheduling() =>
    [
        Of<ScheduleMessage>(nameof(ScheduleMessage.ExecuteAsync), async (u, w, a) =>
            (await u.ExecuteAsync(a, w.Conversation, new TextContent("mine"), Tomorrow(w), Guid.CreateVersion7())).Id),
        Of<ChangeSchedule>(nameof(ChangeSchedule.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Scheduled, Tomorrow(w))).Id),
        Of<CancelScheduled>(nameof(CancelScheduled.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Scheduled, throwsAway: true)),
        Of<SendScheduledNow>(nameof(SendScheduledNow.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Scheduled)),
        Of<ScheduledQuery>(nameof(ScheduledQuery.OfThreadAsync), async (q, w, a) => await q.OfThreadAsync(a, w.Conversation)),
        Of<ScheduledQuery>(nameof(ScheduledQuery.ListAsync), async (q, w, a) => (await q.ListAsync(a, ofEverybody: true))?.Rows),
        Of<TakeBack>(nameof(TakeBack.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.FailedMessage)) is { Outcome: not TakeBackOutcome.NotFound } answer ? answer : null),
    ];

    internal static SchedulePlan Tomorrow(TwoWorkspaces world) => new(world.Host.Clock.GetUtcNow().AddDays(1));
}
