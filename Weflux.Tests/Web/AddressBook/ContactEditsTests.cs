using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.AddressBook;
using Weflux.Web.Audit;
using Weflux.Web.Contacts;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.AddressBook;

public sealed class ContactEditsTests : IAsyncLifetime
{
    private ContactWorld _world = null!;
    private long _asha;
    private long _theirs;

    public async ValueTask InitializeAsync()
    {
        _world = await ContactWorld.OpenAsync();
        _asha = await _world.MeetAsync("919876543210", "Asha Verma", _world.Shop.Asha);
        _theirs = await _world.MeetAsync("919876500002", "Theirs", _world.Shop.Ravi);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_new_name_is_in_the_history_and_raises_every_thread_of_the_contact()
    {
        var before = (await _world.RowsAsync<Conversation>()).Single(c => c.ContactId == _asha).Version;
        (await new RenameContact(_world.Edits).ExecuteAsync(_world.Agent, _asha, "  Asha from the market ")).Outcome.Should().Be(ContactOutcome.Saved);
        (await new RenameContact(_world.Edits).ExecuteAsync(_world.Agent, _asha, "Asha from the market")).Outcome.Should().Be(ContactOutcome.Unchanged);
        (await new RenameContact(_world.Edits).ExecuteAsync(_world.Agent, _asha, "")).Outcome.Should().Be(ContactOutcome.Saved);
        (await _world.ReadAsync(_asha)).DisplayName.Should().Be("Asha Verma");
        (await _world.RowsAsync<Conversation>()).Single(c => c.ContactId == _asha).Version.Should().Be(before + 2);
        (await _world.Profiles.ChangesAsync(_world.Agent, _asha))!.Rows.Select(c => (c.What, c.Before, c.After)).Should().Equal(
            ("Name", "Asha from the market", null), ("Name", null, "Asha from the market"));
    }

    [Theory]
    [InlineData("two\nlines", "A name is one line, without control characters.")]
    [InlineData("a\u202Eb", "A name is one line, without control characters.")]
    public async Task A_name_that_cannot_be_read_is_refused_with_a_sentence(string name, string words)
    {
        (await new RenameContact(_world.Edits).ExecuteAsync(_world.Agent, _asha, name)).Words.Should().Be(words);
        (await new RenameContact(_world.Edits).ExecuteAsync(_world.Agent, _asha, new string('a', 201))).Words.Should().Be("A name has at most 200 characters.");
        (await _world.RowsAsync<ContactChange>()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_contact_of_a_conversation_that_an_Agent_does_not_see_is_not_there_for_the_Agent()
    {
        (await new RenameContact(_world.Edits).ExecuteAsync(_world.Agent, _theirs, "Mine")).Outcome.Should().Be(ContactOutcome.NotFound);
        (await new NoteContact(_world.Edits, _world.Clock).ExecuteAsync(_world.Agent, _theirs, "Mine")).Outcome.Should().Be(ContactOutcome.NotFound);
        (await _world.Profiles.GetAsync(_world.Agent, _theirs)).Should().BeNull();
        (await _world.Profiles.NotesAsync(_world.Agent, _theirs)).Should().BeNull();
        (await _world.Facts.GetAsync(_world.Agent, _theirs)).Should().BeNull();
    }

    [Fact]
    public async Task Whoever_stopped_being_a_member_meanwhile_changes_nothing()
    {
        _world.Sandbox.Execute($"UPDATE \"Memberships\" SET \"IsActive\" = 0 WHERE \"UserId\" = {_world.Shop.Asha}");
        (await new TagContact(_world.Edits).ExecuteAsync(_world.Agent, _asha, "vip")).Outcome.Should().Be(ContactOutcome.NotAllowed);
        (await _world.RowsAsync<ContactTag>()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_field_takes_what_its_type_allows_and_says_what_else_is_wrong()
    {
        var save = new SaveContactField(_world.Catalog);
        (await save.ExecuteAsync(_world.Manager, new FieldDraft(null, "Order value", "", ContactFieldType.Number, ""))).IsDone.Should().BeTrue();
        (await save.ExecuteAsync(_world.Manager, new FieldDraft(null, "Size", "size", ContactFieldType.Choice, "S\nM\n"))).IsDone.Should().BeTrue();
        var fields = (await _world.Facts.GetAsync(_world.Agent, _asha))!.Fields;
        fields.Select(f => (f.Name, f.Type)).Should().Equal(("Order value", ContactFieldType.Number), ("Size", ContactFieldType.Choice));
        var set = new SetContactField(_world.Edits);

        (await set.ExecuteAsync(_world.Agent, _asha, fields[0].Id, "12,50")).Words.Should().Be("Order value: digits, with a point before decimals, such as 1250.50.");
        (await set.ExecuteAsync(_world.Agent, _asha, fields[1].Id, "XL")).Words.Should().Be("Size: choose one of the list.");
        (await set.ExecuteAsync(_world.Agent, _asha, 4711, "x")).Words.Should().Be("This field is not in use any more.");
        (await set.ExecuteAsync(_world.Agent, _asha, fields[0].Id, "12.50")).IsDone.Should().BeTrue();
        (await set.ExecuteAsync(_world.Agent, _asha, fields[0].Id, "13")).IsDone.Should().BeTrue();
        (await _world.Facts.GetAsync(_world.Agent, _asha))!.Fields[0].Value.Should().Be("13");
        (await set.ExecuteAsync(_world.Agent, _asha, fields[0].Id, " ")).IsDone.Should().BeTrue();
        (await _world.RowsAsync<ContactFieldValue>()).Should().BeEmpty();
        (await _world.Profiles.ChangesAsync(_world.Agent, _asha))!.Rows.Select(c => (c.What, c.Before, c.After)).Should().Equal(
            ("Order value", "13", null), ("Order value", "12.50", "13"), ("Order value", null, "12.50"));
    }

    [Theory]
    [InlineData("", "x", "Give the field a name.")]
    [InlineData("City", "City!", "A key has small letters a to z, digits and hyphens, at most 40, such as order-number. Leave it empty to have one made.")]
    [InlineData("Town", "taken", "Another field has this key, perhaps one that was put away. Choose another key.")]
    [InlineData("TAKEN", "other", "There is a field of this name already.")]
    public async Task A_field_that_cannot_be_is_refused_with_a_sentence(string name, string key, string words)
    {
        var save = new SaveContactField(_world.Catalog);
        (await save.ExecuteAsync(_world.Manager, new FieldDraft(null, "Taken", "taken", ContactFieldType.Text, ""))).IsDone.Should().BeTrue();
        (await save.ExecuteAsync(_world.Manager, new FieldDraft(null, name, key, ContactFieldType.Text, ""))).Words.Should().Be(words);
        (await save.ExecuteAsync(_world.Manager, new FieldDraft(null, "List", "list", ContactFieldType.Choice, "\n \n"))).Words.Should().Be("Write at least one choice, each on a line of its own.");
        (await save.ExecuteAsync(_world.Manager, new FieldDraft(null, "List", "list", ContactFieldType.Choice, "a\na"))).Words.Should().Be("A choice stands twice in the list.");
        (await save.ExecuteAsync(_world.Agent, new FieldDraft(null, "Mine", "", ContactFieldType.Text, ""))).Outcome.Should().Be(ContactOutcome.NotAllowed);
    }

    [Fact]
    public async Task A_field_that_is_put_away_keeps_its_values_and_comes_back_with_them()
    {
        await new SaveContactField(_world.Catalog).ExecuteAsync(_world.Manager, new FieldDraft(null, "City", "", ContactFieldType.Text, ""));
        var id = (await _world.Facts.GetAsync(_world.Agent, _asha))!.Fields.Single().Id;
        await new SetContactField(_world.Edits).ExecuteAsync(_world.Agent, _asha, id, "Pune");
        var arrange = new ArrangeContactFields(_world.Catalog, _world.Clock);

        (await arrange.ArchiveAsync(_world.Manager, id, isArchived: true)).IsDone.Should().BeTrue();
        (await _world.Facts.GetAsync(_world.Agent, _asha))!.Fields.Should().BeEmpty();
        (await new SetContactField(_world.Edits).ExecuteAsync(_world.Agent, _asha, id, "Goa")).Outcome.Should().Be(ContactOutcome.Invalid);
        (await arrange.ArchiveAsync(_world.Manager, id, isArchived: false)).IsDone.Should().BeTrue();
        (await _world.Facts.GetAsync(_world.Agent, _asha))!.Fields.Single().Value.Should().Be("Pune");
        (await _world.RowsAsync<AuditEntry>()).Select(e => e.Action).Should().Equal(
            AuditActions.ContactFieldSaved, AuditActions.ContactFieldArchived, AuditActions.ContactFieldArchived);
    }

    [Fact]
    public async Task Stages_begin_with_four_and_keep_the_order_that_they_are_given()
    {
        var query = new ContactFieldsQuery(_world.Sandbox.Database);
        (await query.GetAsync(_world.Agent)).Should().BeNull();
        (await query.GetAsync(_world.Manager))!.Stages.Select(s => s.Name).Should().Equal("New", "Interested", "Customer", "Inactive");
        (await new SaveStage(_world.Catalog).ExecuteAsync(_world.Manager, null, "Partner")).IsDone.Should().BeTrue();
        (await new SaveStage(_world.Catalog).ExecuteAsync(_world.Manager, null, "partner")).Words.Should().Be("There is a stage of this name already.");
        (await new SaveStage(_world.Catalog).ExecuteAsync(_world.Manager, null, " ")).Words.Should().Be("Give the stage a name.");
        var stages = (await query.GetAsync(_world.Manager))!.Stages;
        var arrange = new ArrangeStages(_world.Catalog, _world.Clock);
        await arrange.MoveAsync(_world.Manager, stages[4].Id, isUp: true);
        await arrange.MoveAsync(_world.Manager, stages[0].Id, isUp: true);
        await arrange.ArchiveAsync(_world.Manager, stages[1].Id, isArchived: true);
        (await query.GetAsync(_world.Manager))!.Stages.Where(s => s.ArchivedAt is null).Select(s => s.Name).Should().Equal("New", "Customer", "Partner", "Inactive");
        (await new SetContactStage(_world.Edits).ExecuteAsync(_world.Agent, _asha, stages[1].Id)).Words.Should().Be("This stage is not in use any more. Choose another one.");
        (await new SetContactStage(_world.Edits).ExecuteAsync(_world.Agent, _asha, 4711)).Outcome.Should().Be(ContactOutcome.Invalid);
    }

    [Fact]
    public async Task Tags_keep_their_first_spelling_and_are_suggested_to_others()
    {
        var tag = new TagContact(_world.Edits);
        (await tag.ExecuteAsync(_world.Agent, _asha, "#VIP")).Outcome.Should().Be(ContactOutcome.Saved);
        (await tag.ExecuteAsync(_world.Agent, _asha, "vip")).Outcome.Should().Be(ContactOutcome.Unchanged);
        (await tag.ExecuteAsync(_world.Manager, _theirs, "vip")).Outcome.Should().Be(ContactOutcome.Saved);
        (await tag.ExecuteAsync(_world.Manager, _theirs, "wholesale")).Outcome.Should().Be(ContactOutcome.Saved);
        (await tag.ExecuteAsync(_world.Agent, _asha, "a,b")).Words.Should().Be("A tag is 1 to 40 characters on one line, without a comma.");
        (await _world.Facts.TagsAsync(_world.Agent, "V")).Should().Equal("VIP");
        (await _world.Facts.TagsAsync(_world.Agent, "")).Should().Equal("VIP", "wholesale");
        (await new UntagContact(_world.Edits).ExecuteAsync(_world.Agent, _asha, "VIP")).Outcome.Should().Be(ContactOutcome.Saved);
        (await _world.Facts.GetAsync(_world.Agent, _asha))!.Tags.Should().BeEmpty();
        for (var i = 0; i < ContactTagRules.MostTags; i++)
        {
            (await tag.ExecuteAsync(_world.Agent, _asha, $"t{i}")).IsDone.Should().BeTrue();
        }

        (await tag.ExecuteAsync(_world.Agent, _asha, "one more")).Words.Should().Be("A contact has at most 30 tags. Take one off first.");
    }

    [Fact]
    public async Task A_note_is_taken_away_by_who_wrote_it_or_by_a_Manager_and_its_words_are_gone()
    {
        var note = new NoteContact(_world.Edits, _world.Clock);
        (await note.ExecuteAsync(_world.Agent, _asha, " \n ")).Words.Should().Be("Write something first.");
        (await note.ExecuteAsync(_world.Agent, _asha, new string('a', 4001))).Words.Should().Be("A note has at most 4000 characters. This one has 4001.");
        await note.ExecuteAsync(_world.Manager, _asha, "Of the manager");
        await note.ExecuteAsync(_world.Agent, _asha, "Of the agent");
        var notes = (await _world.Profiles.NotesAsync(_world.Agent, _asha))!.Rows;
        notes.Select(n => (n.Author, n.Text, n.MayRemove)).Should().Equal(("Asha", "Of the agent", true), ("Ravi", "Of the manager", false));
        var remove = new RemoveContactNote(_world.Edits);
        (await remove.ExecuteAsync(_world.Agent, _asha, notes[1].Id)).Words.Should().Be("Only who wrote a note, a Manager or an Admin takes it away.");
        (await remove.ExecuteAsync(_world.Manager, _theirs, notes[0].Id)).Outcome.Should().Be(ContactOutcome.Unchanged);
        (await remove.ExecuteAsync(_world.Manager, _asha, notes[0].Id)).Outcome.Should().Be(ContactOutcome.Saved);
        (await _world.RowsAsync<ContactChange>()).Select(c => $"{c.What}{c.Before}{c.After}").Should().NotContain(c => c.Contains("agent"));
    }

    [Theory]
    [InlineData("", "Say why, in 3 to 200 characters.")]
    [InlineData("ab", "Say why, in 3 to 200 characters.")]
    [InlineData("two\nlines", "A reason is one line, without control characters.")]
    public async Task A_number_is_not_shown_without_a_reason(string reason, string words)
    {
        var revealed = await new RevealPhoneNumber(_world.Edits, _world.Audit).ExecuteAsync(Revealing, _asha, reason);
        (revealed.Answer.Words, revealed.Number).Should().Be((words, null));
        (await _world.RowsAsync<AuditEntry>()).Should().BeEmpty();
        (await _world.RowsAsync<ContactChange>()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_number_that_is_shown_is_in_the_audit_log_and_in_the_history_without_the_number()
    {
        var reveal = new RevealPhoneNumber(_world.Edits, _world.Audit);
        _world.Sandbox.Execute("UPDATE \"Workspaces\" SET \"AgentsMayReveal\" = 1");
        var revealed = await reveal.ExecuteAsync(Revealing, _asha, "Courier at the door");
        revealed.Number.Should().Be("+919876543210");
        revealed.ToString().Should().NotContain("98765");
        var entry = (await _world.RowsAsync<AuditEntry>()).Should().ContainSingle().Subject;
        entry.Action.Should().Be(AuditActions.NumberRevealed);
        entry.Details.Should().Contain("Courier at the door").And.Contain($"Contact {_asha}").And.NotContain("98765").And.NotContain("Verma");
        (await _world.RowsAsync<ContactChange>()).Should().ContainSingle().Which.After.Should().Be("Courier at the door");
    }

    [Fact]
    public async Task A_number_is_not_shown_to_who_may_not_or_does_not_see_the_contact_or_when_it_is_hidden()
    {
        var reveal = new RevealPhoneNumber(_world.Edits, _world.Audit);
        (await reveal.ExecuteAsync(_world.Agent, _asha, "Because")).Answer.Outcome.Should().Be(ContactOutcome.NotAllowed);
        (await reveal.ExecuteAsync(Revealing, _theirs, "Because")).Answer.Outcome.Should().Be(ContactOutcome.NotFound);
        var hidden = await _world.FileAsync("Hidden");
        (await reveal.ExecuteAsync(_world.Manager, hidden, "Because")).Answer.Words.Should().Be("This contact hides the number. WhatsApp does not tell it.");
        (await _world.RowsAsync<AuditEntry>()).Should().BeEmpty();
    }

    [Fact]
    public async Task Blocking_asks_why_is_on_record_and_only_for_who_curates()
    {
        var block = new BlockContact(_world.Edits, _world.Audit, _world.Clock);
        (await block.ExecuteAsync(_world.Agent, _asha, isBlocked: true, "Spam")).Outcome.Should().Be(ContactOutcome.NotAllowed);
        (await block.ExecuteAsync(_world.Manager, _asha, isBlocked: true, " ")).Words.Should().Be("Say why, in 3 to 200 characters.");
        (await block.ExecuteAsync(_world.Manager, _asha, isBlocked: true, "Spam")).Outcome.Should().Be(ContactOutcome.Saved);
        (await block.ExecuteAsync(_world.Manager, _asha, isBlocked: true, "Spam")).Outcome.Should().Be(ContactOutcome.Unchanged);
        (await _world.ReadAsync(_asha)).BlockedAt.Should().NotBeNull();
        (await block.ExecuteAsync(_world.Manager, _asha, isBlocked: false, "A mistake")).Outcome.Should().Be(ContactOutcome.Saved);
        (await _world.ReadAsync(_asha)).BlockedAt.Should().BeNull();
        (await _world.RowsAsync<AuditEntry>()).Select(e => e.Action).Should().Equal(AuditActions.ContactBlocked, AuditActions.ContactUnblocked);
    }

    [Fact]
    public async Task A_decision_is_recorded_with_its_proof_and_shows_on_the_profile()
    {
        var record = new RecordConsent(_world.Edits, _world.Audit, _world.Clock);
        var sound = new ConsentRecord(ConsentPurpose.Marketing, ConsentDecision.Given, "In the shop", "Yes, send me offers", Today);
        (await record.ExecuteAsync(_world.Agent, _asha, sound)).Outcome.Should().Be(ContactOutcome.NotAllowed);
        (await record.ExecuteAsync(_world.Manager, _asha, sound)).Outcome.Should().Be(ContactOutcome.Saved);
        var line = (await _world.Profiles.ConsentsAsync(_world.Agent, _asha))!.Rows.Should().ContainSingle().Subject;
        (line.Evidence, line.Actor, line.Source, line.RuleVersion).Should().Be(("In the shop: Yes, send me offers", "Ravi", ConsentSource.Person, ConsentEntry.CurrentRuleVersion));
        (await _world.Profiles.GetAsync(_world.Agent, _asha))!.Consent.Standing.Should().Be(ConsentStanding.Agreed);
        (await _world.RowsAsync<AuditEntry>()).Should().ContainSingle().Which.Details.Should().NotContain("send me offers");
    }

    [Fact]
    public async Task A_stop_of_a_past_day_counts_from_its_end_so_that_it_stands_against_what_was_agreed_that_day()
    {
        var record = new RecordConsent(_world.Edits, _world.Audit, _world.Clock);
        var day = Today;
        var agreed = new ConsentRecord(ConsentPurpose.Marketing, ConsentDecision.Given, "In the shop", "Yes", day);
        (await record.ExecuteAsync(_world.Manager, _asha, agreed)).Outcome.Should().Be(ContactOutcome.Saved);
        _world.Clock.Advance(TimeSpan.FromDays(1));

        (await record.ExecuteAsync(_world.Manager, _asha, agreed with { Decision = ConsentDecision.Stopped, Words = "No more, please" })).Outcome.Should().Be(ContactOutcome.Saved);
        (await _world.ReadAsync(_asha)).Consent.IsMarketingStopped.Should().BeTrue();

        (await record.ExecuteAsync(_world.Manager, _asha, agreed with { Words = "Yes, of that day too" })).Outcome.Should().Be(ContactOutcome.Saved);
        (await _world.ReadAsync(_asha)).Consent.IsMarketingStopped.Should().BeTrue("of the same day the stricter wins");
    }

    [Fact]
    public async Task The_day_of_a_decision_is_one_of_the_workspace()
    {
        await _world.Sandbox.Database.WriteAsync(
            _world.Shop.Workspace,
            db => db.Set<Weflux.Web.Team.Workspace>().Where(w => w.Id == _world.Shop.Workspace).ExecuteUpdateAsync(set => set.SetProperty(w => w.TimeZone, "America/Los_Angeles")),
            CancellationToken.None);
        var now = _world.Clock.GetUtcNow();
        var evening = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(28);
        _world.Clock.Advance(evening - now);

        await new RecordConsent(_world.Edits, _world.Audit, _world.Clock).ExecuteAsync(
            _world.Manager, _asha, new ConsentRecord(ConsentPurpose.Marketing, ConsentDecision.Stopped, "In the shop", "No", Today.AddDays(-1)));

        (await _world.ReadAsync(_asha)).Consent.LastPersonStopAt.Should().BeOnOrAfter(evening, "there it is still that day");
    }

    [Fact]
    public async Task A_number_in_a_tag_or_a_field_is_masked_for_an_Agent_who_leaves_it_as_it_is()
    {
        await new SaveContactField(_world.Catalog).ExecuteAsync(_world.Manager, new FieldDraft(null, "Second phone", "", ContactFieldType.Text, ""));
        var field = (await _world.Facts.GetAsync(_world.Agent, _asha))!.Fields.Single().Id;
        await new SetContactField(_world.Edits).ExecuteAsync(_world.Manager, _asha, field, "+91 91234 56789");
        await new TagContact(_world.Edits).ExecuteAsync(_world.Manager, _asha, "call 9123456789");
        await new TagContact(_world.Edits).ExecuteAsync(_world.Manager, _asha, "VIP");

        var facts = (await _world.Facts.GetAsync(_world.Agent, _asha))!;
        facts.Fields.Single(f => f.Id == field).Should().BeEquivalentTo(new { Value = "+91 ••••• •••89", IsMasked = true });
        facts.Tags.Should().Equal(new TagView("", "call 91••••••89"), new TagView("VIP", "VIP"));
        (await _world.Facts.TagsAsync(_world.Agent, "")).Should().Equal("VIP");
        (await _world.List.GetAsync(_world.Agent, new ContactWish()))!.Rows.Single(r => r.Id == _asha).Tags.Should().Equal("call 91••••••89", "VIP");
        (await _world.Facts.TagsAsync(_world.Manager, "")).Should().Equal("call 9123456789", "VIP");
        (await _world.Facts.GetAsync(_world.Manager, _asha))!.Fields.Single(f => f.Id == field).Should().BeEquivalentTo(new { Value = "+91 91234 56789", IsMasked = false });
    }

    [Fact]
    public async Task A_decision_without_its_proof_is_refused_with_a_sentence_for_each_part()
    {
        var record = new RecordConsent(_world.Edits, _world.Audit, _world.Clock);
        var sound = new ConsentRecord(ConsentPurpose.Marketing, ConsentDecision.Given, "In the shop", "Yes", Today);
        foreach (var (wrong, words) in new[]
        {
            (sound with { Purpose = default }, "Choose what the contact decided."),
            (sound with { Way = "Somewhere" }, "Choose where the contact said so."),
            (sound with { Words = " \u200B" }, "Write down the exact words: they are the proof."),
            (sound with { Words = new string('a', 1001) }, "The words have at most 1000 characters."),
            (sound with { On = null }, "Choose the day on which the contact said so."),
            (sound with { On = Today.AddDays(2) }, "This day has not come yet."),
            (sound with { On = new DateOnly(1999, 1, 1) }, "On this day there was no WhatsApp yet. Check the year."),
        })
        {
            (await record.ExecuteAsync(_world.Manager, _asha, wrong)).Words.Should().Be(words);
        }

        (await _world.RowsAsync<ConsentEntry>()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_profile_tells_an_Agent_no_number_and_no_thread_that_the_Agent_may_not_see()
    {
        var profile = (await _world.Profiles.GetAsync(_world.Agent, _asha))!;
        (profile.Phone, profile.IsPhoneMasked).Should().Be(("+91••••••••10", true));
        profile.Identities.Should().ContainSingle().Which.Value.Should().Be("+91••••••••10");
        profile.Threads.Should().ContainSingle();
        (await _world.Profiles.GetAsync(_world.Manager, _asha))!.Identities.Single().Value.Should().Be("+919876543210");
    }

    [Fact]
    public async Task A_profile_that_is_named_by_a_number_shows_an_Agent_no_more_of_it()
    {
        await new RenameContact(_world.Edits).ExecuteAsync(_world.Manager, _asha, "Asha +91 91234 56789");

        var profile = (await _world.Profiles.GetAsync(_world.Agent, _asha))!;
        (profile.Name, profile.GivenName).Should().Be(("Asha +91 ••••• •••89", "Asha +91 ••••• •••89"));
        (await _world.Profiles.GetAsync(_world.Manager, _asha))!.GivenName.Should().Be("Asha +91 91234 56789");
    }

    [Fact]
    public async Task Numbers_in_what_people_wrote_of_a_contact_are_masked_too()
    {
        await new NoteContact(_world.Edits, _world.Clock).ExecuteAsync(_world.Manager, _asha, "Call her sister at +91 91234 56789");
        await new RecordConsent(_world.Edits, _world.Audit, _world.Clock).ExecuteAsync(
            _world.Manager, _asha, new ConsentRecord(ConsentPurpose.Marketing, ConsentDecision.Given, "In the shop", "Yes, at 9123456789", Today));

        async Task<string> TellsAsync(Actor reader) => string.Join(
            '|',
            (await _world.Profiles.NotesAsync(reader, _asha))!.Rows.Select(n => n.Text)
                .Concat((await _world.Profiles.ConsentsAsync(reader, _asha))!.Rows.Select(c => c.Evidence))
                .Concat((await _world.Profiles.ChangesAsync(reader, _asha))!.Rows.SelectMany(c => new[] { c.Before, c.After })));

        (await TellsAsync(_world.Manager)).Should().Contain("91234 56789").And.Contain("9123456789");
        (await TellsAsync(_world.Agent)).Should().Contain("Call her sister").And.NotContain("34 567").And.NotContain("234567");
    }

    [Fact]
    public async Task What_is_kept_of_two_contacts_that_are_one_person_is_filed_under_one()
    {
        foreach (var (id, tag) in new[] { (_asha, "both"), (_theirs, "both"), (_theirs, "only") })
        {
            await new TagContact(_world.Edits).ExecuteAsync(_world.Manager, id, tag);
        }

        await new NoteContact(_world.Edits, _world.Clock).ExecuteAsync(_world.Manager, _theirs, "A note");
        await _world.Sandbox.Database.WriteAsync(
            _world.Shop.Workspace,
            async db =>
            {
                await ContactMoves.ApplyAsync(db, _theirs, _asha, CancellationToken.None);
                await db.Set<Message>().ExecuteDeleteAsync();
                await db.Set<Conversation>().Where(c => c.ContactId == _theirs).ExecuteDeleteAsync();
                return await db.Set<Contact>().Where(c => c.Id == _theirs).ExecuteDeleteAsync();
            },
            CancellationToken.None);
        (await _world.Facts.GetAsync(_world.Manager, _asha))!.Tags.Select(t => t.Key).Should().Equal("both", "only");
        (await _world.Profiles.NotesAsync(_world.Manager, _asha))!.Rows.Should().ContainSingle();
        (await _world.Profiles.ChangesAsync(_world.Manager, _asha))!.Rows.Should().HaveCount(4);
    }

    private Actor Revealing => _world.Agent with { Settings = new AgentSettings(AgentVisibility.OwnAndUnassigned, true, MayReveal: true) };

    private DateOnly Today => DateOnly.FromDateTime(_world.Clock.GetUtcNow().UtcDateTime);
}
