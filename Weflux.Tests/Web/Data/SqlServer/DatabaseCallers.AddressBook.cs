using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.AddressBook;
using Weflux.Web.Contacts;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    private static readonly DateOnly SomeDay = new(2026, 5, 1);

    /// <summary>Contacts: every order and direction, with few and with many that fit, for readers who see all and who do not.</summary>
    private static IEnumerable<DatabaseCaller> AddressBook()
    {
        foreach (var order in Enum.GetValues<ContactOrder>())
        {
            foreach (var direction in Enum.GetValues<PageDirection>())
            {
                foreach (var isMany in new[] { false, true })
                {
                    yield return Of<ContactListQuery>($"{order} {direction} many: {isMany}", async s =>
                    {
                        Named(s);
                        if (isMany)
                        {
                            s.Rows.With("", ContactListQuery.Few + 1);
                        }

                        var wish = new ContactWish { Order = order, After = direction == PageDirection.After ? 1 : null, Before = direction == PageDirection.Before ? 1 : null };
                        var query = new ContactListQuery(s.Database);
                        await query.GetAsync(s.Admin, wish);
                        foreach (var actor in new[] { s.Admin, s.Agent })
                        {
                            await query.GetAsync(actor, wish with { Search = "asha ver", Tag = "vip", StageId = 1, ConnectionId = 1, Standing = ConsentStanding.Agreed, HasOpen = true });
                        }

                        await query.GetAsync(s.Admin, wish with { Search = "98765 43210" });
                    });
                }
            }
        }

        yield return Of<ContactListQuery>("choices", s => new ContactListQuery(s.Database).ChoicesAsync(s.Admin));
        yield return Of<ContactProfileQuery>("everything", async s =>
        {
            Named(s);
            var query = new ContactProfileQuery(s.Database);
            foreach (var actor in new[] { s.Admin, s.Agent })
            {
                (await query.GetAsync(actor, 1)).Should().NotBeNull();
                (await query.ConsentsAsync(actor, 1, 5)).Should().NotBeNull();
                (await query.NotesAsync(actor, 1)).Should().NotBeNull();
                (await query.ChangesAsync(actor, 1)).Should().NotBeNull();
            }
        });
        yield return Of<ContactFieldsQuery>("some and none", async s =>
        {
            Named(s);
            await new ContactFieldsQuery(s.Database).GetAsync(s.Admin);
            s.Rows.Rows(0, "[LifecycleStages]");
            await new ContactFieldsQuery(s.Database).GetAsync(s.Admin);
        });
        yield return Of<ContactFactsQuery>("facts and tags", async s =>
        {
            Named(s).With("Tag", "vip").Rows(0, "[Tag] >");
            var query = new ContactFactsQuery(s.Database);
            (await query.GetAsync(s.Admin, 1)).Should().NotBeNull();
            (await query.GetAsync(s.Agent, 1)).Should().NotBeNull();
            await query.TagsAsync(s.Admin, "v");
        });
        yield return Of<ContactEdits>("all that is kept of a contact", EditAsync);
        yield return Of<CatalogEdits>("fields and stages", ArrangeAsync);
        yield return Of<AddContact>("new and known", async s =>
        {
            Named(s).With("DisplayPhoneNumber", "+91 98765 00000");
            var add = new AddContact(s.Database, s.Time);
            s.Rows.Rows(0, "[ContactIdentities]");
            await add.ExecuteAsync(s.Admin, "+919876543210", "Asha");
        });
        yield return Of<FileContacts>("those of before", async s =>
        {
            Named(s);
            using var file = new FileContacts(s.Database, NullLogger<FileContacts>.Instance);
            await file.RunAsync(Never);
        });
        yield return new DatabaseCaller(typeof(ContactMoves), "from one to another", s => s.Database.WriteAsync(
            PretendServer.Workspace,
            async db =>
            {
                await ContactMoves.ApplyAsync(db, 1, 2, Never);
                return true;
            },
            Never));
    }

    private static async Task EditAsync(PretendServer server)
    {
        Named(server).With("Value", "old").With("Type", (int)ContactFieldType.Text).With("Shown", "vip").With("Tag", "x");
        var edits = new ContactEdits(server.Database, Stand.Broadcaster(), server.Time);
        foreach (var actor in new[] { server.Admin, server.Agent })
        {
            await new RenameContact(edits).ExecuteAsync(actor, 1, "Asha");
            await new SetContactStage(edits).ExecuteAsync(actor, 1, 1);
            await new SetContactField(edits).ExecuteAsync(actor, 1, 1, "new");
            await new SetContactField(edits).ExecuteAsync(actor, 1, 1, "");
            await new TagContact(edits).ExecuteAsync(actor, 1, "vip");
            await new UntagContact(edits).ExecuteAsync(actor, 1, "x");
            await new NoteContact(edits, server.Time).ExecuteAsync(actor, 1, "Note");
            await new RemoveContactNote(edits).ExecuteAsync(actor, 1, 1);
        }

        await new BlockContact(edits, server.Audit, server.Time).ExecuteAsync(server.Admin, 1, isBlocked: true, "Because");
        await new RevealPhoneNumber(edits, server.Audit).ExecuteAsync(server.Admin, 1, "Because");
        await new RecordConsent(edits, server.Audit, server.Time).ExecuteAsync(
            server.Admin, 1, new ConsentRecord(ConsentPurpose.Marketing, ConsentDecision.Given, RecordConsent.Ways[0], "Yes", SomeDay));
    }

    private static async Task ArrangeAsync(PretendServer server)
    {
        Named(server);
        var edits = new CatalogEdits(server.Database, server.Audit);
        var admin = server.Admin;
        (await new SaveContactField(edits).ExecuteAsync(admin, new FieldDraft(null, "City", "city", ContactFieldType.Text, ""))).IsDone.Should().BeTrue();
        (await new SaveContactField(edits).ExecuteAsync(admin, new FieldDraft(1, "Town", "", ContactFieldType.Text, ""))).IsDone.Should().BeTrue();
        await new ArrangeContactFields(edits, server.Time).ArchiveAsync(admin, 1, isArchived: true);
        await new ArrangeContactFields(edits, server.Time).MoveAsync(admin, 1, isUp: true);
        (await new SaveStage(edits).ExecuteAsync(admin, null, "Lead")).IsDone.Should().BeTrue();
        (await new SaveStage(edits).ExecuteAsync(admin, 1, "Lead")).IsDone.Should().BeTrue();
        await new ArrangeStages(edits, server.Time).ArchiveAsync(admin, 1, isArchived: true);
        await new ArrangeStages(edits, server.Time).MoveAsync(admin, 1, isUp: true);
        server.Rows.Rows(0, "[LifecycleStages]");
        await new SaveStage(edits).ExecuteAsync(admin, null, "First");
    }

    private static MadeUpRows Named(PretendServer server) => server.Rows
        .With("AssigneeId", 1L).With("PhoneDigits", "919876543210").With("SortName", "asha").With("ProfileName", "Asha").With("Role", (int)Role.Admin).With("StageId", 1L).With("Choices", "[]");
}
