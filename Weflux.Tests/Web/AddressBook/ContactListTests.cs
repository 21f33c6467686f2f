using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.AddressBook;
using Weflux.Web.Contacts;

namespace Weflux.Tests.Web.AddressBook;

public sealed class ContactListTests : IAsyncLifetime
{
    private ContactWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await ContactWorld.OpenAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Contacts_are_sorted_by_name_without_accents_and_those_without_one_last()
    {
        await _world.FileAsync("Zoe");
        await _world.FileAsync(null, "919876500001");
        await _world.FileAsync("élodie");
        await _world.FileAsync("Dora");
        (await _world.NamesAsync(_world.Manager, new ContactWish())).Should().Equal("Dora", "élodie", "Zoe", "+919876500001");
    }

    [Fact]
    public async Task Who_wrote_last_comes_first_when_sorted_by_that()
    {
        foreach (var (name, minutes) in new[] { ("First", 1), ("Third", 3), ("Second", 2) })
        {
            await _world.FileAsync(name, change: c => c.HearWords(new TextContent("Hello"), OptOutWords.BuiltIn, $"wamid.{name}", Stand.Noon.AddMinutes(minutes)));
        }

        (await _world.NamesAsync(_world.Manager, new ContactWish { Order = ContactOrder.LastSeen })).Should().Equal("Third", "Second", "First");
    }

    [Theory]
    [InlineData("ash", "Asha Verma")]
    [InlineData("verma a", "Asha Verma")]
    [InlineData("VÉRMA", "Asha Verma")]
    [InlineData("chai_l", "Kabir")]
    [InlineData("+91 98765 43210", "Asha Verma")]
    [InlineData("098765 43210", "Asha Verma")]
    [InlineData("3210", "Asha Verma")]
    [InlineData("00919876543210", "Asha Verma")]
    [InlineData("0000", "Kabir")]
    [InlineData("sha", null)]
    [InlineData("9999", null)]
    public async Task Somebody_is_found_by_the_beginning_of_words_and_by_the_end_of_the_number(string search, string? name)
    {
        await _world.FileAsync("Asha Verma", "919876543210");
        await _world.FileAsync("Kabir", "919876500000", "chai_lover");
        (await _world.NamesAsync(_world.Manager, new ContactWish { Search = search })).Should().Equal(name is null ? [] : [name]);
    }

    [Fact]
    public async Task Who_sees_numbers_masked_cannot_look_for_them_and_gets_none()
    {
        await _world.MeetAsync("919876543210", "Asha", _world.Shop.Asha);
        foreach (var search in new[] { "919876543210", "3210", "+91 98765 43210" })
        {
            (await _world.NamesAsync(_world.Agent, new ContactWish { Search = search })).Should().BeEmpty();
        }

        var row = (await _world.List.GetAsync(_world.Agent, new ContactWish()))!.Rows.Should().ContainSingle().Subject;
        row.Phone.Should().Be("+91••••••••10");
        row.ToString().Should().NotContain("98765");
    }

    [Fact]
    public async Task A_name_that_is_a_number_is_masked_and_not_found_by_its_hidden_digits()
    {
        await _world.MeetAsync("919876543210", "Asha +91 98765 43210", _world.Shop.Asha);

        (await _world.NamesAsync(_world.Agent, new ContactWish { Search = "asha" })).Should().Equal("Asha +91 ••••• •••10");
        (await _world.NamesAsync(_world.Agent, new ContactWish { Search = "asha 987" })).Should().BeEmpty();
        (await _world.NamesAsync(_world.Manager, new ContactWish { Search = "asha 987" })).Should().Equal("Asha +91 98765 43210");
    }

    [Fact]
    public async Task An_Agent_sees_the_customers_of_the_conversations_that_the_Agent_sees()
    {
        await _world.MeetAsync("919876500001", "Mine", _world.Shop.Asha);
        await _world.MeetAsync("919876500002", "Free");
        await _world.MeetAsync("919876500003", "Theirs", _world.Shop.Ravi);
        await _world.FileAsync("No thread");
        (await _world.NamesAsync(_world.Agent, new ContactWish())).Should().Equal("Free", "Mine");
        (await _world.NamesAsync(_world.Agent with { Settings = new(AgentVisibility.Own, true, false) }, new ContactWish())).Should().Equal("Mine");
        (await _world.NamesAsync(_world.Agent with { Settings = new(AgentVisibility.All, true, false) }, new ContactWish())).Should().Equal("Free", "Mine", "Theirs");
        (await _world.NamesAsync(_world.Manager, new ContactWish())).Should().HaveCount(4);
    }

    [Fact]
    public async Task Filters_narrow_the_list_each_alone_and_together()
    {
        var asha = await _world.MeetAsync("919876500001", "Asha");
        var kabir = await _world.MeetAsync("919876500002", "Kabir");
        await _world.FileAsync("Nobody");
        var stage = (await _world.Facts.GetAsync(_world.Manager, asha))!.Stages.Single(s => s.Name == "Customer").Id;
        (await new SetContactStage(_world.Edits).ExecuteAsync(_world.Manager, asha, stage)).IsDone.Should().BeTrue();
        (await new TagContact(_world.Edits).ExecuteAsync(_world.Manager, asha, "VIP")).IsDone.Should().BeTrue();
        (await new TagContact(_world.Edits).ExecuteAsync(_world.Manager, kabir, "vip")).IsDone.Should().BeTrue();
        await new RecordConsent(_world.Edits, _world.Audit, _world.Clock).ExecuteAsync(
            _world.Manager, kabir, new ConsentRecord(ConsentPurpose.Marketing, ConsentDecision.Given, RecordConsent.Ways[0], "Yes", DateOnly.FromDateTime(_world.Clock.GetUtcNow().UtcDateTime)));
        var thread = (await _world.Profiles.GetAsync(_world.Manager, kabir))!.Threads.Single().Id;
        await _world.Sandbox.ChangeAsync(_world.Shop, thread, c => c.Close());

        (await _world.NamesAsync(_world.Manager, new ContactWish { StageId = stage })).Should().Equal("Asha");
        (await _world.NamesAsync(_world.Manager, new ContactWish { Tag = "Vip" })).Should().Equal("Asha", "Kabir");
        (await _world.NamesAsync(_world.Manager, new ContactWish { Standing = ConsentStanding.Agreed })).Should().Equal("Kabir");
        (await _world.NamesAsync(_world.Manager, new ContactWish { ConnectionId = _world.Shop.ConnectionId })).Should().Equal("Asha", "Kabir");
        (await _world.NamesAsync(_world.Manager, new ContactWish { HasOpen = true })).Should().Equal("Asha");
        (await _world.NamesAsync(_world.Manager, new ContactWish { Tag = "vip", Search = "k", ConnectionId = _world.Shop.ConnectionId })).Should().Equal("Kabir");
        (await _world.NamesAsync(_world.Manager, new ContactWish { Tag = "a,b" })).Should().BeEmpty();
        (await _world.NamesAsync(_world.Manager, new ContactWish { StageId = 999 })).Should().BeEmpty();
    }

    [Theory]
    [InlineData(ContactOrder.Name)]
    [InlineData(ContactOrder.LastSeen)]
    public async Task Pages_forth_and_back_hold_everybody_once_and_in_order(ContactOrder order)
    {
        for (var i = 0; i < 120; i++)
        {
            // Some have the same name, and all the same time.
            await _world.FileAsync($"Person {i % 70:00}");
        }

        List<long> forth = [];
        List<long> starts = [];
        var page = (await _world.List.GetAsync(_world.Manager, new ContactWish { Order = order }))!;
        page.Before.Should().BeNull();
        while (true)
        {
            forth.AddRange(page.Rows.Select(r => r.Id));
            starts.Add(page.Rows[0].Id);
            if (page.After is not { } after)
            {
                break;
            }

            page = (await _world.List.GetAsync(_world.Manager, new ContactWish { Order = order, After = after }))!;
        }

        forth.Should().HaveCount(120).And.OnlyHaveUniqueItems();
        var back = (await _world.List.GetAsync(_world.Manager, new ContactWish { Order = order, Before = page.Before }))!;
        back.Rows[0].Id.Should().Be(starts[1]);
        back = (await _world.List.GetAsync(_world.Manager, new ContactWish { Order = order, Before = back.Before }))!;
        (back.Rows[0].Id, back.Before, back.Rows.Count).Should().Be((starts[0], null, ContactListQuery.PageSize));
    }

    [Fact]
    public async Task A_contact_that_is_gone_from_an_old_address_begins_at_the_top()
    {
        await _world.FileAsync("Asha");
        (await _world.NamesAsync(_world.Manager, new ContactWish { After = 4711 })).Should().Equal("Asha");
        (await _world.NamesAsync(_world.Manager, new ContactWish { Before = 4711 })).Should().Equal("Asha");
    }

    [Fact]
    public async Task Somebody_is_found_by_a_past_name()
    {
        var id = await _world.FileAsync("Asha Verma");
        await new RenameContact(_world.Edits).ExecuteAsync(_world.Manager, id, "Shop on the corner");
        (await _world.NamesAsync(_world.Manager, new ContactWish { Search = "corner" })).Should().Equal("Shop on the corner");
        (await _world.NamesAsync(_world.Manager, new ContactWish { Search = "verma" })).Should().Equal("Shop on the corner");
    }

    [Theory]
    [InlineData("+91 98765 43210", AddOutcome.Found)]
    [InlineData("919876543210", AddOutcome.Found)]
    [InlineData("+5511987654321", AddOutcome.Found)]
    [InlineData("+551187654321", AddOutcome.Found)]
    [InlineData("+1 555 000 0000", AddOutcome.OwnNumber)]
    [InlineData("12", AddOutcome.WrongNumber)]
    [InlineData("call me", AddOutcome.WrongNumber)]
    [InlineData("+91 98765 11111", AddOutcome.Added)]
    public async Task Adding_a_number_opens_whoever_has_it_in_any_spelling(string typed, AddOutcome outcome)
    {
        await _world.FileAsync("Asha", "919876543210");
        await _world.FileAsync("Bia", "5511987654321");
        var before = (await _world.RowsAsync<Contact>()).Count;
        var answer = await new AddContact(_world.Sandbox.Database, _world.Clock).ExecuteAsync(_world.Manager, typed, "New");
        answer.Outcome.Should().Be(outcome);
        (answer.Fault is null).Should().Be(answer.ContactId is not null);
        (await _world.RowsAsync<Contact>()).Should().HaveCount(before + (outcome == AddOutcome.Added ? 1 : 0));
    }

    [Fact]
    public async Task Contacts_of_before_are_filed_and_then_found()
    {
        await _world.FileAsync("Asha Verma", "919876543210");
        _world.Sandbox.Execute("UPDATE \"Contacts\" SET \"SortName\" = '', \"PhoneTail\" = NULL, \"LastSeenAt\" = 0, \"Standing\" = 0; DELETE FROM \"ContactWords\";");
        using var file = new FileContacts(_world.Sandbox.Database, Microsoft.Extensions.Logging.Abstractions.NullLogger<FileContacts>.Instance);
        (await file.RunAsync(CancellationToken.None)).Should().Be(1);
        (await file.RunAsync(CancellationToken.None)).Should().Be(0);
        (await _world.NamesAsync(_world.Manager, new ContactWish { Search = "verma" })).Should().Equal("Asha Verma");
        (await _world.NamesAsync(_world.Manager, new ContactWish { Search = "3210", Standing = ConsentStanding.Unasked })).Should().Equal("Asha Verma");
        (await _world.RowsAsync<Contact>()).Single().LastSeenAt.Should().Be(Stand.Noon);
    }
}
