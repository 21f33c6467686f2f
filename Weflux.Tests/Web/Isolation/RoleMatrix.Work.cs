using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;
using Weflux.Web.Work.Notes;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static IEnumerable<RoleRow> Work() =>
    [
        Of<TakeConversation>(nameof(TakeConversation.ExecuteAsync), Who.Member, async (u, w, a) => await u.ExecuteAsync(a, w.Conversation) == WorkOutcome.Done),
        Of<HandBackConversation>(nameof(HandBackConversation.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await w.Service<TakeConversation>().ExecuteAsync(a, w.Conversation);
            return await u.ExecuteAsync(a, w.Conversation) == WorkOutcome.Done;
        }),
        Of<AssignConversation>(nameof(AssignConversation.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            await u.ExecuteAsync(a, w.Conversation, w.Colleague) == WorkOutcome.Done),
        Of<CloseConversation>(nameof(CloseConversation.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await OpenAsync(w, isOpen: true);
            return await u.ExecuteAsync(a, w.Conversation) == WorkOutcome.Done && await OpenAsync(w, isOpen: true) > 0;
        }),
        Of<ReopenConversation>(nameof(ReopenConversation.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await OpenAsync(w, isOpen: false);
            return await u.ExecuteAsync(a, w.Conversation) == WorkOutcome.Done;
        }),
        Of<SnoozeConversation>(nameof(SnoozeConversation.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await OpenAsync(w, isOpen: true);
            return await u.ExecuteAsync(a, w.Conversation, w.Host.Clock.GetUtcNow().AddDays(1)) == WorkOutcome.Done && await OpenAsync(w, isOpen: true) > 0;
        }),
        Of<MarkNoReplyNeeded>(nameof(MarkNoReplyNeeded.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await w.Host.ReadAsync(db => db.Set<Conversation>().ExecuteUpdateAsync(set => set.SetProperty(c => c.NeedsReply, true)));
            return await u.ExecuteAsync(a, w.Conversation) == WorkOutcome.Done;
        }),
        Of<WriteNote>(nameof(WriteNote.ExecuteAsync), Who.Member, async (u, w, a) =>
            await u.ExecuteAsync(a, w.Conversation, "role", Guid.CreateVersion7()) == WorkOutcome.Done),

        Of<AddParticipant>(nameof(AddParticipant.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await w.Service<RemoveParticipant>().ExecuteAsync(w.Owner, w.Conversation, w.Colleague);
            return await u.ExecuteAsync(a, w.Conversation, w.Colleague) == WorkOutcome.Done
                && await w.Service<RemoveParticipant>().ExecuteAsync(w.Owner, w.Conversation, w.Colleague) == WorkOutcome.Done;
        }),
        Of<RemoveParticipant>(nameof(RemoveParticipant.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await w.Service<AddParticipant>().ExecuteAsync(w.Owner, w.Conversation, w.Owner.User);
            return await u.ExecuteAsync(a, w.Conversation, w.Owner.User) == WorkOutcome.Done;
        }),

        // Everybody's own; here it is an Admin's.
        Of<EditNote>(nameof(EditNote.ExecuteAsync), Who.Admin, async (u, w, a) => await u.ExecuteAsync(a, w.Note, $"canary-text-91 {Guid.NewGuid()}") == WorkOutcome.Done),
        Of<DeleteNote>(nameof(DeleteNote.ExecuteAsync), Who.Admin, async (u, w, a) =>
        {
            await w.Service<WriteNote>().ExecuteAsync(w.Owner, w.Conversation, "role", Guid.CreateVersion7());
            return await u.ExecuteAsync(a, await w.Host.ReadAsync(db => db.Set<Note>().MaxAsync(n => n.Id))) == WorkOutcome.Done;
        }),
        Of<SetLabel>(nameof(SetLabel.ExecuteAsync), Who.Member, async (u, w, a) =>
            await u.ExecuteAsync(a, w.Conversation, w.Label, isOn: false) == WorkOutcome.Done
            && await u.ExecuteAsync(a, w.Conversation, w.Label, isOn: true) == WorkOutcome.Done),
        Of<MakeLabel>(nameof(MakeLabel.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            await u.ExecuteAsync(a, Fresh(), LabelColor.Red) == LabelOutcome.Saved && a.Workspace == w.Owner.Workspace),
        Of<EditLabel>(nameof(EditLabel.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) => await u.ExecuteAsync(a, w.Label, Fresh(), LabelColor.Green) == LabelOutcome.Saved),
        Of<DeleteLabel>(nameof(DeleteLabel.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            await w.Service<MakeLabel>().ExecuteAsync(w.Owner, Fresh(), LabelColor.Red);
            return await u.ExecuteAsync(a, await w.Host.ReadAsync(db => db.Set<Label>().MaxAsync(l => l.Id))) == LabelOutcome.Saved;
        }),
        Of<AddCloseReason>(nameof(AddCloseReason.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            await u.ExecuteAsync(a, Fresh()) == LabelOutcome.Saved && a.Workspace == w.Owner.Workspace),
        Of<RemoveCloseReason>(nameof(RemoveCloseReason.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            await w.Service<AddCloseReason>().ExecuteAsync(w.Owner, Fresh());
            return await u.ExecuteAsync(a, await w.Host.ReadAsync(db => db.Set<CloseReason>().MaxAsync(r => r.Id))) == LabelOutcome.Saved;
        }),
        Of<LabelsQuery>(nameof(LabelsQuery.GetAsync), Who.Member),
        Of<LabelsQuery>(nameof(LabelsQuery.ForEditingAsync), Who.ManagerAndAdmin),
        Of<ActivityQuery>(nameof(ActivityQuery.RangeAsync), Who.Member),
        Of<ActivityQuery>(nameof(ActivityQuery.ChangesAsync), Who.Member),
        Of<ActivityQuery>(nameof(ActivityQuery.TextAsync), Who.Admin),
        Of<ActivityQuery>(nameof(ActivityQuery.MembersAsync), Who.Member),
    ];

    private static string Fresh() => $"Role {Guid.NewGuid():N}"[..20];

    private static Task<int> OpenAsync(TwoWorkspaces world, bool isOpen)
    {
        var state = isOpen ? ConversationState.Open : ConversationState.Closed;
        return world.Host.ReadAsync(db => db.Set<Conversation>().Where(c => c.Id == world.Conversation).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.State, state).SetProperty(c => c.SnoozedUntil, (DateTimeOffset?)null)));
    }
}
