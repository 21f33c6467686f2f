using Weflux.Domain.Contacts;
using Weflux.Web.AddressBook;
using Weflux.Web.Contacts;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static int _people;

    private static IEnumerable<RoleRow> AddressBook() =>
    [
        Of<ContactListQuery>(nameof(ContactListQuery.GetAsync), Who.Member),
        Of<ContactListQuery>(nameof(ContactListQuery.ChoicesAsync), Who.Member),
        Of<ContactProfileQuery>(nameof(ContactProfileQuery.GetAsync), Who.Member),
        Of<ContactProfileQuery>(nameof(ContactProfileQuery.ConsentsAsync), Who.Member),
        Of<ContactProfileQuery>(nameof(ContactProfileQuery.NotesAsync), Who.Member),
        Of<ContactProfileQuery>(nameof(ContactProfileQuery.ChangesAsync), Who.Member),
        Of<ContactFieldsQuery>(nameof(ContactFieldsQuery.GetAsync), Who.ManagerAndAdmin),
        Of<ContactFactsQuery>(nameof(ContactFactsQuery.GetAsync), Who.Member),
        Of<ContactFactsQuery>(nameof(ContactFactsQuery.TagsAsync), Who.Member, async (q, w, a) =>
        {
            await w.Service<TagContact>().ExecuteAsync(w.Owner, w.Contact, "canary-tag");
            return await q.TagsAsync(a, "canary") is { Count: > 0 };
        }),
        Of<RenameContact>(nameof(RenameContact.ExecuteAsync), Who.Member),
        Of<SetContactStage>(nameof(SetContactStage.ExecuteAsync), Who.Member),
        Of<SetContactField>(nameof(SetContactField.ExecuteAsync), Who.Member, async (u, w, a) =>
            (await u.ExecuteAsync(a, w.Contact, 1, "mine")).Outcome is not ContactOutcome.NotFound and not ContactOutcome.NotAllowed),
        Of<TagContact>(nameof(TagContact.ExecuteAsync), Who.Member),
        Of<UntagContact>(nameof(UntagContact.ExecuteAsync), Who.Member),
        Of<NoteContact>(nameof(NoteContact.ExecuteAsync), Who.Member),
        Of<RemoveContactNote>(nameof(RemoveContactNote.ExecuteAsync), Who.Member),
        Of<BlockContact>(nameof(BlockContact.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            // Somebody to whom nothing is under way: what waits for a blocked contact would fail in the lane of whoever wrote it.
            var added = await w.Service<AddContact>().ExecuteAsync(w.Owner, $"+9198998{Interlocked.Increment(ref _people) + 10000}", null);
            var isDone = (await u.ExecuteAsync(a, added.ContactId!.Value, isBlocked: true, "role")).IsDone;
            return isDone;
        }),
        Of<RecordConsent>(nameof(RecordConsent.ExecuteAsync), Who.ManagerAndAdmin),
        Of<RevealPhoneNumber>(nameof(RevealPhoneNumber.ExecuteAsync), Who.ManagerAndAdmin),
        Of<AddContact>(nameof(AddContact.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            var answer = await u.ExecuteAsync(a, $"+9198998{Interlocked.Increment(ref _people) + 10000}", null);
            return answer.Outcome == AddOutcome.Added && a.Workspace == w.Owner.Workspace;
        }),
        Of<SaveContactField>(nameof(SaveContactField.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.ExecuteAsync(a, Crossings.Field($"Role {Interlocked.Increment(ref _people)}"))).IsDone && a.Workspace == w.Owner.Workspace),
        Of<ArrangeContactFields>(nameof(ArrangeContactFields.ArchiveAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.ArchiveAsync(a, await FieldAsync(w), isArchived: true)).IsDone),
        Of<ArrangeContactFields>(nameof(ArrangeContactFields.MoveAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.MoveAsync(a, await FieldAsync(w), isUp: true)).IsDone),
        Of<SaveStage>(nameof(SaveStage.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.ExecuteAsync(a, null, $"Role {Interlocked.Increment(ref _people)}")).IsDone && a.Workspace == w.Owner.Workspace),
        Of<ArrangeStages>(nameof(ArrangeStages.ArchiveAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.ArchiveAsync(a, await StageAsync(w), isArchived: true)).IsDone),
        Of<ArrangeStages>(nameof(ArrangeStages.MoveAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.MoveAsync(a, await StageAsync(w), isUp: true)).IsDone),
    ];

    private static async Task<long> FieldAsync(TwoWorkspaces world)
    {
        await world.Service<SaveContactField>().ExecuteAsync(world.Owner, Crossings.Field($"Role {Interlocked.Increment(ref _people)}"));
        return (await world.Service<ContactFieldsQuery>().GetAsync(world.Owner))!.Fields.Last(f => f.ArchivedAt is null).Id;
    }

    private static async Task<long> StageAsync(TwoWorkspaces world)
    {
        await world.Service<SaveStage>().ExecuteAsync(world.Owner, null, $"Role {Interlocked.Increment(ref _people)}");
        return (await world.Service<ContactFieldsQuery>().GetAsync(world.Owner))!.Stages.Last(s => s.ArchivedAt is null).Id;
    }
}
