using Weflux.Domain.Sending;
using Weflux.Web.Failures;
using Weflux.Web.Inbox;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private static IEnumerable<Crossing> Failures() =>
    [
        Of<FailuresQuery>(nameof(FailuresQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a, isEverybodys: true))?.Groups.SelectMany(g => g.Items).ToList()),
        Of<FailuresQuery>(nameof(FailuresQuery.MoreAsync), async (q, w, a) =>
            await q.MoreAsync(a, isEverybodys: true, new FailureKey(OwnFaults.UnknownReason, w.Number), long.MaxValue)),
        Of<TroubleCountQuery>(nameof(TroubleCountQuery.GetAsync), async (q, _, a) => (await q.GetAsync(a)).Count is > 0 and var count ? (object)count : null),
        Of<ThreadQuery>(nameof(ThreadQuery.WordsAsync), async (q, w, a) => await q.WordsAsync(a, w.Conversation, w.FailedMessage)),
        Of<ThreadQuery>(nameof(ThreadQuery.RepeatAsync), async (q, w, a) => await q.RepeatAsync(a, w.Conversation, w.FailedMessage)),
        Of<QueueQuery>(nameof(QueueQuery.OfThreadAsync), async (q, w, a) => await q.OfThreadAsync(a, w.Conversation) is { Count: > 0 } waits ? waits : null),
        Of<LeaveTrouble>(nameof(LeaveTrouble.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.FailedMessage)),
        Of<LeaveTrouble>(nameof(LeaveTrouble.ExecuteAllAsync), async (u, w, a) => await u.ExecuteAllAsync(a, AllOf(w)) is > 0 and var count ? (object)count : null),
        Of<SendAllAgain>(nameof(SendAllAgain.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, AllOf(w)) is { Sent: > 0 } sent ? sent : null),
    ];

    /// <summary>What failed in the first workspace, at its number.</summary>
    internal static TroubleCause AllOf(TwoWorkspaces world) => new(OwnFaults.UnknownReason, world.Number, IsEverybodys: true, long.MaxValue);
}
