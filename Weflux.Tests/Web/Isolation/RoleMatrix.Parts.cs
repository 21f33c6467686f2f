using Weflux.Web.Account.Passwords;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.History;
using Weflux.Web.Numbers.Wizard;
using Weflux.Web.Start;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static IEnumerable<RoleRow> Accounts() =>
    [
        Of<IssueResetLink>(nameof(IssueResetLink.ExecuteAsync), Who.Admin, async (u, w, a) =>
            await u.ExecuteAsync(a, await w.SpareAsync(), CancellationToken.None) is IssuedResetLink.Made),
        Of<TakeTrialNumber>(nameof(TakeTrialNumber.ExecuteAsync), Who.Admin, async (u, _, a) =>
            await u.ExecuteAsync(a, CancellationToken.None) == TrialOutcome.Ready),
    ];

    private static IEnumerable<RoleRow> Numbers() =>
    [
        Of<Weflux.Web.Sending.Watch.SendingQuery>(nameof(Weflux.Web.Sending.Watch.SendingQuery.ListAsync), Who.Admin),
        Of<NumbersQuery>(nameof(NumbersQuery.ListAsync), Who.Admin),
        Of<NumbersQuery>(nameof(NumbersQuery.AppsAsync), Who.Admin, async (q, _, a) => await q.AppsAsync(a) is not null),
        Of<NumberQuery>(nameof(NumberQuery.FindAsync), Who.Admin),
        Of<NumberHistoryQuery>(nameof(NumberHistoryQuery.ListAsync), Who.Admin),
        Of<BrokenNumbers>(nameof(BrokenNumbers.ListAsync), Who.Admin, async (q, w, a) =>
        {
            await w.BreakAsync(isBroken: true);
            var isSeen = (await q.ListAsync(a)).Count > 0;
            await w.BreakAsync(isBroken: false);
            return isSeen;
        }),
        Of<CheckNumber>(nameof(CheckNumber.ExecuteAsync), Who.Admin, async (u, _, a) => await u.ExecuteAsync(a, Crossings.Theirs()) is not null),
        Of<ConnectNumber>(nameof(ConnectNumber.ExecuteAsync), Who.Admin, async (u, _, a) => await u.ExecuteAsync(a, Crossings.Theirs()) is not null),
        Of<SubscribeNumber>(nameof(SubscribeNumber.ExecuteAsync), Who.Admin, async (u, w, a) => await u.ExecuteAsync(a, w.Number) is not null),
        Of<ExamineNumber>(nameof(ExamineNumber.ExecuteAsync), Who.Admin),
        Of<PauseNumber>(nameof(PauseNumber.ExecuteAsync), Who.Admin),
        Of<ResumeNumber>(nameof(ResumeNumber.ExecuteAsync), Who.Admin),
        Of<RotateToken>(nameof(RotateToken.ExecuteAsync), Who.Admin, async (u, w, a) => await u.ExecuteAsync(a, w.Number, "demo-access-token") is not null),
        Of<RotateAppSecret>(nameof(RotateAppSecret.ExecuteAsync), Who.Admin, async (u, w, a) =>
            await u.ExecuteAsync(a, w.Number, "demo-app-secret", SecretOverlap.Day) is not null),
        Of<StopOldSecret>(nameof(StopOldSecret.ExecuteAsync), Who.Admin),
        Of<EnterAppId>(nameof(EnterAppId.ExecuteAsync), Who.Admin),
        Of<FreePracticeNumbers>(nameof(FreePracticeNumbers.ListAsync), Who.Admin, async (q, _, a) => (await q.ListAsync(a)).Count > 0),
        Of<DisconnectNumber>(nameof(DisconnectNumber.ExecuteAsync), Who.Admin, async (u, w, a) =>
            await u.ExecuteAsync(a, await w.SpareNumberAsync()) is not null),
    ];
}
