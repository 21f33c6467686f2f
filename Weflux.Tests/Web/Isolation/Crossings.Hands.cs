using Weflux.Web.Inbox.Drafts;
using Weflux.Web.Inbox.Keys;
using Weflux.Web.Inbox.Several;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Replies;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private static IEnumerable<Crossing> Hands() =>
    [
        Of<RepliesQuery>(nameof(RepliesQuery.ForChoosingAsync), async (q, w, a) => (await q.ForChoosingAsync(a)).Where(r => r.Id == w.Reply).ToList()),
        Of<RepliesQuery>(nameof(RepliesQuery.ForEditingAsync), async (q, w, a) => (await q.ForEditingAsync(a))?.Replies.Where(r => r.Id == w.Reply).ToList()),
        Of<SaveReply>(nameof(SaveReply.ExecuteAsync), async (u, w, a) =>
            (await u.ExecuteAsync(a, new ReplyDraft(w.Reply, "theirs", "theirs", IsShared: false, [w.Upload]))).Outcome == ReplyOutcome.Saved),
        Of<DeleteReply>(nameof(DeleteReply.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Reply) == ReplyOutcome.Saved),
        Of<PutInReply>(nameof(PutInReply.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Conversation, w.Reply)),
        Of<PaletteQuery>(nameof(PaletteQuery.FindAsync), async (q, _, a) => await q.FindAsync(a, "canary")),
        Of<ColleagueAnswerQuery>(nameof(ColleagueAnswerQuery.FindAsync), async (q, w, a) => await q.FindAsync(a, w.Conversation, w.FailedMessage)),
        Of<DraftsQuery>(nameof(DraftsQuery.ListAsync), async (q, w, a) => (await q.ListAsync(a))?.Rows.Where(r => r.ConversationId == w.Conversation).ToList()),
        Of<ChangeSeveral>(nameof(ChangeSeveral.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, [w.Conversation], new CloseThem())).Done),
        Of<ChoosableQuery>(nameof(ChoosableQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a, InboxView.Default)).Rows.Where(r => r.Id == w.Conversation).ToList()),
        Of<ThrowAwayDraft>(nameof(ThrowAwayDraft.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Conversation)),
    ];
}
