using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Drafts;
using Weflux.Web.Inbox.Keys;
using Weflux.Web.Inbox.Several;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Replies;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static IEnumerable<RoleRow> Hands() =>
    [
        Of<RepliesQuery>(nameof(RepliesQuery.ForChoosingAsync), Who.Member),
        Of<RepliesQuery>(nameof(RepliesQuery.ForEditingAsync), Who.Member),

        // Everybody writes their own; here it is one of everybody.
        Of<SaveReply>(nameof(SaveReply.ExecuteAsync), Who.ManagerAndAdmin, async (u, _, a) =>
            (await u.ExecuteAsync(a, new ReplyDraft(null, Fresh().Replace(' ', '-'), "role", IsShared: true, []))).Outcome == ReplyOutcome.Saved),
        Of<DeleteReply>(nameof(DeleteReply.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            var made = await w.Service<SaveReply>().ExecuteAsync(w.Owner, new ReplyDraft(null, Fresh().Replace(' ', '-'), "role", IsShared: true, []));
            return await u.ExecuteAsync(a, made.Id!.Value) == ReplyOutcome.Saved;
        }),
        Of<PutInReply>(nameof(PutInReply.ExecuteAsync), Who.Member),
        Of<PaletteQuery>(nameof(PaletteQuery.FindAsync), Who.Member),
        Of<ColleagueAnswerQuery>(nameof(ColleagueAnswerQuery.FindAsync), Who.Member),
        Of<DraftsQuery>(nameof(DraftsQuery.ListAsync), Who.Member, async (q, w, a) =>
        {
            await DraftAsync(w, a);
            return (await q.ListAsync(a))?.Rows.Any(r => r.ConversationId == w.Conversation) == true;
        }),
        Of<ChangeSeveral>(nameof(ChangeSeveral.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await OpenAsync(w, isOpen: true);
            return (await u.ExecuteAsync(a, [w.Conversation], new CloseThem())).Done.Count == 1;
        }),
        Of<ChoosableQuery>(nameof(ChoosableQuery.GetAsync), Who.Member),
        Of<ThrowAwayDraft>(nameof(ThrowAwayDraft.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await DraftAsync(w, a);
            return await u.ExecuteAsync(a, w.Conversation);
        }),
    ];

    private static Task<bool> DraftAsync(TwoWorkspaces world, Weflux.Domain.Team.Actor actor) =>
        world.Service<SaveDraft>().ExecuteAsync(actor, world.Conversation, Guid.CreateVersion7(), "canary-draft-17");
}
