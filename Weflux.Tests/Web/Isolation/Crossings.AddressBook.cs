using Weflux.Domain.Contacts;
using Weflux.Web.AddressBook;
using Weflux.Web.Contacts;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private const string Why = "isolation";

    private static IEnumerable<Crossing> AddressBook() =>
    [
        Of<ContactListQuery>(nameof(ContactListQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a, new ContactWish()))?.Rows.Where(r => r.Id == w.Contact).ToList()),
        Of<ContactListQuery>(nameof(ContactListQuery.ChoicesAsync), async (q, w, a) =>
            (await q.ChoicesAsync(a))?.Numbers.Where(n => n.Id == w.Number).ToList()),
        Of<ContactProfileQuery>(nameof(ContactProfileQuery.GetAsync), async (q, w, a) => await q.GetAsync(a, w.Contact)),
        Of<ContactProfileQuery>(nameof(ContactProfileQuery.ConsentsAsync), async (q, w, a) => await q.ConsentsAsync(a, w.Contact)),
        Of<ContactProfileQuery>(nameof(ContactProfileQuery.NotesAsync), async (q, w, a) => await q.NotesAsync(a, w.Contact)),
        Of<ContactProfileQuery>(nameof(ContactProfileQuery.ChangesAsync), async (q, w, a) => await q.ChangesAsync(a, w.Contact)),
        Of<ContactFieldsQuery>(nameof(ContactFieldsQuery.GetAsync), async (q, w, a) =>
            (await q.GetAsync(a))?.Stages.Where(s => s.WorkspaceId == w.Owner.Workspace).ToList()),
        Of<ContactFactsQuery>(nameof(ContactFactsQuery.GetAsync), async (q, w, a) => await q.GetAsync(a, w.Contact)),
        Of<ContactFactsQuery>(nameof(ContactFactsQuery.TagsAsync), async (q, _, a) => await q.TagsAsync(a, "canary")),
        Of<RenameContact>(nameof(RenameContact.ExecuteAsync), async (u, w, a) => Done(await u.ExecuteAsync(a, w.Contact, "Mine"))),
        Of<SetContactStage>(nameof(SetContactStage.ExecuteAsync), async (u, w, a) => Done(await u.ExecuteAsync(a, w.Contact, null))),
        Of<SetContactField>(nameof(SetContactField.ExecuteAsync), async (u, w, a) => Done(await u.ExecuteAsync(a, w.Contact, 1, "mine"))),
        Of<TagContact>(nameof(TagContact.ExecuteAsync), async (u, w, a) => Done(await u.ExecuteAsync(a, w.Contact, "mine"))),
        Of<UntagContact>(nameof(UntagContact.ExecuteAsync), async (u, w, a) => Done(await u.ExecuteAsync(a, w.Contact, "canary-tag"))),
        Of<NoteContact>(nameof(NoteContact.ExecuteAsync), async (u, w, a) => Done(await u.ExecuteAsync(a, w.Contact, "mine"))),
        Of<RemoveContactNote>(nameof(RemoveContactNote.ExecuteAsync), async (u, w, a) => Done(await u.ExecuteAsync(a, w.Contact, 1))),
        Of<BlockContact>(nameof(BlockContact.ExecuteAsync), async (u, w, a) => Done(await u.ExecuteAsync(a, w.Contact, isBlocked: true, Why))),
        Of<RecordConsent>(nameof(RecordConsent.ExecuteAsync), async (u, w, a) => Done(await u.ExecuteAsync(a, w.Contact, Agreed(w)))),
        Of<RevealPhoneNumber>(nameof(RevealPhoneNumber.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Contact, Why)).Number),

        // What a stranger adds is the stranger's own.
        Of<AddContact>(nameof(AddContact.ExecuteAsync), async (u, w, a) =>
        {
            var answer = await u.ExecuteAsync(a, "+919899990002", null);
            return answer.ContactId == w.Contact ? answer : null;
        }),

        // What a stranger arranges is the stranger's own.
        Of<SaveContactField>(nameof(SaveContactField.ExecuteAsync), async (u, _, a) => await MineAsync(() => u.ExecuteAsync(a, Field("Mine")))),
        Of<ArrangeContactFields>(nameof(ArrangeContactFields.ArchiveAsync), async (u, _, a) => await MineAsync(() => u.ArchiveAsync(a, 1, isArchived: true))),
        Of<ArrangeContactFields>(nameof(ArrangeContactFields.MoveAsync), async (u, _, a) => await MineAsync(() => u.MoveAsync(a, 1, isUp: true))),
        Of<SaveStage>(nameof(SaveStage.ExecuteAsync), async (u, _, a) => await MineAsync(() => u.ExecuteAsync(a, null, "Mine"))),
        Of<ArrangeStages>(nameof(ArrangeStages.ArchiveAsync), async (u, _, a) => await MineAsync(() => u.ArchiveAsync(a, 1, isArchived: true))),
        Of<ArrangeStages>(nameof(ArrangeStages.MoveAsync), async (u, _, a) => await MineAsync(() => u.MoveAsync(a, 1, isUp: true))),
    ];

    internal static FieldDraft Field(string name) => new(null, name, "", ContactFieldType.Text, "");

    internal static ConsentRecord Agreed(TwoWorkspaces world) => new(
        ConsentPurpose.Marketing, ConsentDecision.Given, RecordConsent.Ways[0], "Yes please", DateOnly.FromDateTime(world.Host.Clock.GetUtcNow().UtcDateTime));

    private static ContactAnswer? Done(ContactAnswer answer) => answer.IsDone ? answer : null;

    private static async Task<object?> MineAsync(Func<Task<ContactAnswer>> work)
    {
        await work();
        return null;
    }
}
