using Weflux.Domain.Conversations;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;
using Weflux.Web.Work.Notes;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private static IEnumerable<Crossing> Work() =>
    [
        Of<TakeConversation>(nameof(TakeConversation.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation))),
        Of<HandBackConversation>(nameof(HandBackConversation.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation))),
        Of<AssignConversation>(nameof(AssignConversation.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation, a.User))),
        Of<CloseConversation>(nameof(CloseConversation.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation))),
        Of<ReopenConversation>(nameof(ReopenConversation.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation))),
        Of<SnoozeConversation>(nameof(SnoozeConversation.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation, w.Host.Clock.GetUtcNow().AddDays(1)))),
        Of<MarkNoReplyNeeded>(nameof(MarkNoReplyNeeded.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation))),
        Of<WriteNote>(nameof(WriteNote.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation, "mine", Guid.CreateVersion7()))),
        Of<EditNote>(nameof(EditNote.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Note, "mine"))),
        Of<DeleteNote>(nameof(DeleteNote.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Note))),
        Of<AddParticipant>(nameof(AddParticipant.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation, a.User))),
        Of<RemoveParticipant>(nameof(RemoveParticipant.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation, w.Owner.User))),
        Of<SetLabel>(nameof(SetLabel.ExecuteAsync), async (u, w, a) => Found(await u.ExecuteAsync(a, w.Conversation, w.Label, isOn: true))),
        Of<MakeLabel>(nameof(MakeLabel.ExecuteAsync), async (u, _, a) =>
        {
            // What a stranger makes is the stranger's own.
            await u.ExecuteAsync(a, $"Theirs {Guid.NewGuid():N}"[..20], LabelColor.Red);
            return null;
        }),
        Of<EditLabel>(nameof(EditLabel.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Label, "Theirs", LabelColor.Red) == LabelOutcome.Saved),
        Of<DeleteLabel>(nameof(DeleteLabel.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Label) == LabelOutcome.Saved),
        Of<AddCloseReason>(nameof(AddCloseReason.ExecuteAsync), async (u, _, a) =>
        {
            await u.ExecuteAsync(a, $"Theirs {Guid.NewGuid():N}"[..20]);
            return null;
        }),
        Of<RemoveCloseReason>(nameof(RemoveCloseReason.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Reason) == LabelOutcome.Saved),
        Of<LabelsQuery>(nameof(LabelsQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a))?.Labels.Where(l => l.Id == w.Label).ToList()),
        Of<LabelsQuery>(nameof(LabelsQuery.ForEditingAsync), async (q, w, a) => (await q.ForEditingAsync(a))?.Labels.Where(l => l.Label.Id == w.Label).ToList()),
        Of<ActivityQuery>(nameof(ActivityQuery.RangeAsync), async (q, w, a) => await q.RangeAsync(a, w.Conversation, null, null)),
        Of<ActivityQuery>(nameof(ActivityQuery.ChangesAsync), async (q, w, a) => await q.ChangesAsync(a, w.Conversation, 0)),
        Of<ActivityQuery>(nameof(ActivityQuery.TextAsync), async (q, w, a) => await q.TextAsync(a, w.Note)),
        Of<ActivityQuery>(nameof(ActivityQuery.MembersAsync), async (q, w, a) => (await q.MembersAsync(a)).Where(m => m.User == w.Owner.User).ToList()),
    ];

    private static object? Found(WorkOutcome outcome) => outcome == WorkOutcome.NotFound ? null : outcome;
}
