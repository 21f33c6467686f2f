using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private static IEnumerable<Crossing> Views() =>
    [
        // A stranger counts and saves in the stranger's own workspace.
        Of<ViewCountsQuery>(nameof(ViewCountsQuery.GetAsync), async (q, w, a) => a.Workspace == w.Owner.Workspace ? await q.GetAsync(a) : null),
        Of<ViewChoicesQuery>(nameof(ViewChoicesQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a)) is { } choices
            ? choices.Labels.Where(l => l.Id == w.Label).Concat(choices.Holders.Where(h => h.Id == w.Owner.User.Value)).Concat(choices.Numbers.Where(n => n.Id == w.Number)).ToList()
            : null),
        Of<SavedViewsQuery>(nameof(SavedViewsQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a)).Where(v => v.Id == w.SavedView).ToList()),
        Of<SaveView>(nameof(SaveView.ExecuteAsync), async (u, _, a) =>
        {
            await u.ExecuteAsync(a, $"Theirs {Guid.NewGuid():N}"[..20], InboxView.Default, ViewAudience.Me);
            return null;
        }),
        Of<EditView>(nameof(EditView.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.SavedView, "Theirs", ViewAudience.Everybody)).Outcome == ViewOutcome.Saved),
        Of<ReplaceView>(nameof(ReplaceView.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.SavedView, InboxView.Newest)).Outcome == ViewOutcome.Saved),
        Of<MoveView>(nameof(MoveView.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.SavedView, isUp: true)).Outcome == ViewOutcome.Saved),
        Of<DeleteView>(nameof(DeleteView.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.SavedView)).Outcome == ViewOutcome.Saved),
        Of<MarkMentionsSeen>(nameof(MarkMentionsSeen.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Conversation, long.MaxValue)),
    ];
}
