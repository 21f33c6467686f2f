using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox.Notices;
using Weflux.Web.Notices;
using Weflux.Web.Team.Settings;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static IEnumerable<RoleRow> Notices() =>
    [
        Of<NoticesQuery>(nameof(NoticesQuery.GetAsync), Who.Member, async (q, w, a) =>
        {
            await TellAsync(w, a);
            return await q.GetAsync(a) is { } board && board.Lines.Any(l => l.Kind == NoticeKind.TakenAway);
        }),
        Of<ReadNotice>(nameof(ReadNotice.ExecuteAsync), Who.Member, async (u, w, a) => await u.ExecuteAsync(a, await TellAsync(w, a), long.MaxValue)),
        Of<ReadAllNotices>(nameof(ReadAllNotices.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await TellAsync(w, a);
            return await u.ExecuteAsync(a, long.MaxValue);
        }),
        Of<ReadWaitingNotice>(nameof(ReadWaitingNotice.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await w.Host.ReadAsync(db => db.Set<NoticeReader>().Where(r => r.UserId == a.User).ExecuteDeleteAsync());
            return await u.ExecuteAsync(a, long.MaxValue);
        }),
        Of<SeeNotices>(nameof(SeeNotices.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await TellAsync(w, a);
            return await u.ExecuteAsync(a, w.Conversation, long.MaxValue);
        }),
        Of<ForbidNoticeText>(nameof(ForbidNoticeText.ExecuteAsync), Who.Admin, async (u, _, a) =>
            await u.ExecuteAsync(a, isForbidden: true) == SettingsOutcome.Saved && await u.ExecuteAsync(a, isForbidden: false) == SettingsOutcome.Saved),
    ];

    /// <summary>Somebody is told that a conversation is not theirs any more.</summary>
    internal static Task<long> TellAsync(TwoWorkspaces world, Actor actor) => world.Host.ReadAsync(async db =>
    {
        await NoticeBook.AddAsync(
            db, new NoticeNews(NoticeKind.TakenAway, actor.User, world.Conversation, world.Host.Clock.GetUtcNow(), 1), CancellationToken.None);
        await db.SaveChangesAsync();
        return await db.Set<Notice>().Where(n => n.UserId == actor.User && n.Kind == NoticeKind.TakenAway).Select(n => n.Id).SingleAsync();
    });
}
