using Weflux.Web.Connections;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.History;
using Weflux.Web.Numbers.Wizard;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private static IEnumerable<Crossing> Numbers() =>
    [
        Of<Weflux.Web.Sending.Watch.SendingQuery>(
            nameof(Weflux.Web.Sending.Watch.SendingQuery.ListAsync), async (q, w, a) => (await q.ListAsync(a))?.Where(n => n.ConnectionId == w.Number).ToList()),
        Of<NumbersQuery>(nameof(NumbersQuery.ListAsync), async (q, w, a) => (await q.ListAsync(a))?.Where(n => n.Id == w.Number).ToList()),
        Of<NumbersQuery>(nameof(NumbersQuery.AppsAsync), async (q, w, a) => (await q.AppsAsync(a))?.Where(n => n.AppId == "300000000000001").ToList()),
        Of<NumberQuery>(nameof(NumberQuery.FindAsync), async (q, w, a) => await q.FindAsync(a, w.Number)),
        Of<NumberHistoryQuery>(nameof(NumberHistoryQuery.ListAsync), async (q, w, a) => await q.ListAsync(a, w.Number)),
        Of<BrokenNumbers>(nameof(BrokenNumbers.ListAsync), async (q, w, a) => (await q.ListAsync(a)).Where(n => n.Id == w.Number).ToList()),
        Of<CheckNumber>(nameof(CheckNumber.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, Theirs()))?.IsReady),
        Of<ConnectNumber>(nameof(ConnectNumber.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, Theirs()))?.ConnectionId),
        Of<SubscribeNumber>(nameof(SubscribeNumber.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Number)),
        Of<ExamineNumber>(nameof(ExamineNumber.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Number)),
        Of<PauseNumber>(nameof(PauseNumber.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Number)),
        Of<ResumeNumber>(nameof(ResumeNumber.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Number)),
        Of<RotateToken>(nameof(RotateToken.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Number, "demo-access-token")),
        Of<RotateAppSecret>(nameof(RotateAppSecret.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Number, "another-secret", SecretOverlap.Day)),
        Of<StopOldSecret>(nameof(StopOldSecret.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Number)),
        Of<EnterAppId>(nameof(EnterAppId.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Number, "300000000000001")),
        Of<FreePracticeNumbers>(nameof(FreePracticeNumbers.ListAsync), async (q, w, a) =>
            (await q.ListAsync(a)).Where(p => p.PhoneNumberId == Theirs().PhoneNumberId).ToList()),
        Of<DisconnectNumber>(nameof(DisconnectNumber.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Number)),
    ];

    /// <summary>The first workspace's number with its own credentials, which the demo makes public.</summary>
    internal static NumberEntry Theirs() => new()
    {
        Kind = ConnectionKind.Simulator,
        AppId = "300000000000001",
        AppSecret = "demo-app-secret",
        WabaId = "100000000000001",
        PhoneNumberId = "200000000000001",
        Token = "demo-access-token",
    };
}
