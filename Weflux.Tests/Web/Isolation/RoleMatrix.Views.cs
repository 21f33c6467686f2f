using Microsoft.EntityFrameworkCore;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Work.Notes;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static IEnumerable<RoleRow> Views() =>
    [
        Of<ViewCountsQuery>(nameof(ViewCountsQuery.GetAsync), Who.Member, async (q, w, a) => a.Workspace == w.Owner.Workspace && await q.GetAsync(a) is { Counter: > 0 }),
        Of<ViewChoicesQuery>(nameof(ViewChoicesQuery.GetAsync), Who.Member),
        Of<SavedViewsQuery>(nameof(SavedViewsQuery.GetAsync), Who.Member),
        Of<SaveView>(nameof(SaveView.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.ExecuteAsync(a, Fresh(), InboxView.Default, ViewAudience.Everybody)).Outcome == ViewOutcome.Saved && a.Workspace == w.Owner.Workspace),
        Of<EditView>(nameof(EditView.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.ExecuteAsync(a, w.SavedView, Fresh(), ViewAudience.Everybody)).Outcome == ViewOutcome.Saved),
        Of<ReplaceView>(nameof(ReplaceView.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.ExecuteAsync(a, w.SavedView, InboxView.Newest)).Outcome == ViewOutcome.Saved),
        Of<MoveView>(nameof(MoveView.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.ExecuteAsync(a, w.SavedView, isUp: false)).Outcome == ViewOutcome.Saved),
        Of<DeleteView>(nameof(DeleteView.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            var made = await w.Service<SaveView>().ExecuteAsync(w.Owner, Fresh(), InboxView.Default, ViewAudience.Everybody);
            return (await u.ExecuteAsync(a, made.Id)).Outcome == ViewOutcome.Saved;
        }),

        // Everybody's own mentions.
        Of<MarkMentionsSeen>(nameof(MarkMentionsSeen.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await w.Service<WriteNote>().ExecuteAsync(w.Owner, w.Conversation, $"Look {Weflux.Domain.Conversations.NoteText.Mark(a.User)}", Guid.CreateVersion7());
            return await u.ExecuteAsync(a, w.Conversation, long.MaxValue);
        }),
    ];
}
