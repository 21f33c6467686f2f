using Weflux.Web.Failures;
using Weflux.Web.Inbox;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    /// <summary>Messages that went wrong. Those of this world were written by the Admin, so no lane of an Agent holds them.</summary>
    private static IEnumerable<RoleRow> Failures() =>
    [
        Of<FailuresQuery>(nameof(FailuresQuery.GetAsync), Who.Member, async (q, _, a) => await q.GetAsync(a, isEverybodys: true) is not null),
        Of<FailuresQuery>(nameof(FailuresQuery.MoreAsync), Who.ManagerAndAdmin),
        Of<TroubleCountQuery>(nameof(TroubleCountQuery.GetAsync), Who.ManagerAndAdmin, async (q, w, a) =>
        {
            // Rows before this one may have left an Agent a failure of their own: what is looked at is the Admin's.
            var before = await q.GetAsync(a);
            await w.FailAsync();
            return (await q.GetAsync(a)).Count > before.Count;
        }),
        Of<ThreadQuery>(nameof(ThreadQuery.WordsAsync), Who.Member),
        Of<ThreadQuery>(nameof(ThreadQuery.RepeatAsync), Who.Member),
        Of<QueueQuery>(nameof(QueueQuery.OfThreadAsync), Who.Member, async (q, w, a) =>
        {
            var id = await w.FailAsync();
            await w.QueueAsync(id);
            var waits = await q.OfThreadAsync(a, w.Conversation);
            await w.UnqueueAsync(id);
            return waits.ContainsKey(id);
        }),
        Of<LeaveTrouble>(nameof(LeaveTrouble.ExecuteAsync), Who.Member, async (u, w, a) => await u.ExecuteAsync(a, await w.FailAsync())),
        Of<LeaveTrouble>(nameof(LeaveTrouble.ExecuteAllAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            await w.FailAsync();
            return await u.ExecuteAllAsync(a, Crossings.AllOf(w)) > 0;
        }),
        Of<SendAllAgain>(nameof(SendAllAgain.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            await w.FailAsync();
            return await u.ExecuteAsync(a, Crossings.AllOf(w)) is { Sent: > 0 };
        }),
    ];
}
