using Weflux.Web.Inbox.Notices;
using Weflux.Web.Team.Settings;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private static IEnumerable<Crossing> Notices() =>
    [
        Of<NoticesQuery>(nameof(NoticesQuery.GetAsync), async (q, _, a) => (await q.GetAsync(a))?.Lines),
        Of<ReadNotice>(nameof(ReadNotice.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Notice, long.MaxValue)),

        // What strangers have read is their own.
        Own<ReadAllNotices>(nameof(ReadAllNotices.ExecuteAsync), (u, a) => u.ExecuteAsync(a, long.MaxValue)),
        Own<ReadWaitingNotice>(nameof(ReadWaitingNotice.ExecuteAsync), (u, a) => u.ExecuteAsync(a, long.MaxValue)),
        Of<SeeNotices>(nameof(SeeNotices.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Conversation, long.MaxValue)),
        Own<ForbidNoticeText>(nameof(ForbidNoticeText.ExecuteAsync), (u, a) => u.ExecuteAsync(a, isForbidden: true)),
    ];
}
