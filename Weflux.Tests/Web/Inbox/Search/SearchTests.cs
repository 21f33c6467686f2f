using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Keys;
using Weflux.Web.Inbox.Search;
using Weflux.Web.Work.Labels;

namespace Weflux.Tests.Web.Inbox.Search;

/// <summary>Who finds what, and that nobody finds what they may not see.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private const string Number = "+91 98765 43210";
    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon.AddHours(1));
    private Shop _shop = null!;
    private long _ashas;
    private long _ravis;
    private long _free;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        _ashas = await _sandbox.MeetAsync(_shop, "919876500001", "Meera Shah", _shop.Asha, words: "Where is my saffron order?");
        _ravis = await _sandbox.MeetAsync(_shop, "919876500002", "Tom Becker", _shop.Ravi, words: "The saffron arrived");
        _free = await _sandbox.MeetAsync(_shop, "919876500003", "Meena Iyer", words: "Do you sell saffron tea?");
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(Role.Admin, AgentVisibility.Own, 3)]
    [InlineData(Role.Manager, AgentVisibility.Own, 3)]
    [InlineData(Role.Agent, AgentVisibility.All, 3)]
    [InlineData(Role.Agent, AgentVisibility.OwnAndUnassigned, 2)]
    [InlineData(Role.Agent, AgentVisibility.Own, 1)]
    public async Task One_finds_what_the_list_would_show_and_nothing_else(Role role, AgentVisibility visibility, int count)
    {
        await NoteAsync(_ashas, "saffron is late");
        await NoteAsync(_ravis, "saffron is fine");
        await NoteAsync(_free, "saffron, ask the shop");
        var actor = Stand.Actor(_shop.Workspace, _shop.Asha, role, visibility);
        long[] seen = count switch { 3 => [_ashas, _ravis, _free], 2 => [_ashas, _free], _ => [_ashas] };

        foreach (var typed in new[] { "saffron", "saff", "SAFFRON" })
        {
            var found = await FindAsync(actor, typed);
            found.Messages!.Hits.Select(h => h.ConversationId).Should().BeEquivalentTo(seen);
            found.Notes!.Hits.Select(h => h.ConversationId!.Value).Should().BeEquivalentTo(seen);
        }

        (await FindAsync(actor, "Mee")).Contacts!.Hits.Select(h => h.ConversationId!.Value).Should().BeEquivalentTo(seen.Where(c => c != _ravis));
        (await FindAsync(actor, "Tom")).Contacts!.Hits.Should().HaveCount(seen.Contains(_ravis) ? 1 : 0);
    }

    [Fact]
    public async Task Whoever_sees_many_conversations_finds_the_same_as_whoever_sees_few()
    {
        // More than are named to the index, so that what is found is looked at one by one.
        await ManyAsync(SearchSight.Few + 10, "Hello");
        await NoteAsync(_ravis, "saffron is fine");
        var actor = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent);

        var found = await FindAsync(actor, "saffron");

        found.Messages!.Hits.Select(h => h.ConversationId).Should().BeEquivalentTo([_ashas, _free]);
        found.Notes!.Hits.Should().BeEmpty();
        (await FindAsync(actor, "becker")).Contacts!.Hits.Should().BeEmpty();
        (await FindAsync(actor, "meera")).Contacts!.Hits.Single().ConversationId.Should().Be(_ashas);
    }

    [Fact]
    public async Task A_key_finds_nothing_and_neither_does_another_workspace()
    {
        var other = await _sandbox.OpenShopAsync("other");
        await _sandbox.MeetAsync(other, "15550009999", "Other Person", words: "saffron elsewhere");

        (await FindAsync(Stand.Actor(other.Workspace, other.Asha, Role.Admin), "saffron")).Messages!.Hits.Should().ContainSingle().Which.ContactName.Should().Be("Other Person");
        (await FindAsync(Manager, "saffron")).Messages!.Hits.Should().HaveCount(3);
        (await Query.FindAsync(Actor.WithKey(_shop.Workspace, new ApiKeyGrant(new ApiKeyId(1), "key", [ApiScopes.All])), new SearchWish { Text = "saffron" })).Should().BeNull();
    }

    [Fact]
    public async Task Of_two_workspaces_that_share_common_words_each_finds_its_own()
    {
        var other = await _sandbox.OpenShopAsync("other");
        await ManyAsync(100, "common words");
        var shop = _shop;
        _shop = other;
        await ManyAsync(100, "common words");

        foreach (var (mine, theirs) in new[] { (shop, other), (other, shop) })
        {
            var actor = Stand.Actor(mine.Workspace, mine.Asha, Role.Manager);
            var ids = await PagesAsync(actor, new SearchWish { Text = "common", Kind = SearchKind.Messages });
            ids.Should().HaveCount(100).And.OnlyHaveUniqueItems();
            (await OwnersAsync(ids)).Should().OnlyContain(w => w == mine.Workspace && w != theirs.Workspace);
        }
    }

    [Fact]
    public async Task Hidden_digits_are_not_found_in_notes_or_contacts_and_snippets_hide_them()
    {
        await NoteAsync(_ashas, $"call back on {Number}");
        await ContactNoteAsync(_ashas, $"mother: {Number}");
        var (agent, manager) = (Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent), Manager);

        foreach (var typed in new[] { "98765", "43210", "987654321", "919876500001", "+91 98765 00001", "0001" })
        {
            (await FindAsync(agent, typed)).Count.Should().Be(0, typed);
        }

        (await FindAsync(manager, "43210")).Notes!.Hits.Should().HaveCount(2);
        (await FindAsync(manager, "0001")).Contacts!.Hits.Single().Beside.Should().Contain("+919876500001");
        var hits = (await FindAsync(agent, "call")).Notes!.Hits.Concat((await FindAsync(agent, "mother")).Notes!.Hits).ToList();
        hits.Should().HaveCount(2);
        hits.Select(h => string.Concat(h.Snippet.Select(p => p.Text))).Should().OnlyContain(t => !t.Contains("98765") && t.Contains('•'));

        // What is shown of the number is two digits in front and two at the end.
        (await FindAsync(agent, "01")).Contacts!.Hits.Single().Beside.Should().Contain("+91").And.EndWith("01").And.NotContain("98765");
        (await FindAsync(Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent, mask: false), "43210")).Notes!.Hits.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_name_that_is_a_number_is_shown_masked_and_not_found_by_its_hidden_digits()
    {
        await _sandbox.MeetAsync(_shop, "919811122233", "Nila +91 98111 22233", _shop.Asha, words: "Is the cardamom fresh?");
        var agent = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent);
        var palette = new PaletteQuery(_sandbox.Database);

        var found = await FindAsync(agent, "cardamom");
        found.Messages!.Hits.Should().ContainSingle().Which.ContactName.Should().Be("Nila +91 ••••• •••33");
        string.Concat((await FindAsync(agent, "nila")).Contacts!.Hits.Single().Name.Select(p => p.Text)).Should().Be("Nila +91 ••••• •••33");
        (await palette.FindAsync(agent, "nila")).Should().ContainSingle().Which.Name.Should().Be("Nila +91 ••••• •••33");

        foreach (var typed in new[] { "98111", "981", "nila 222" })
        {
            (await FindAsync(agent, typed)).Contacts!.Hits.Should().BeEmpty(typed);
            (await palette.FindAsync(agent, typed)).Should().BeEmpty(typed);
        }

        (await FindAsync(Manager, "nila 222")).Contacts!.Hits.Should().ContainSingle();
        (await palette.FindAsync(Manager, "nila 222")).Should().ContainSingle().Which.Name.Should().Be("Nila +91 98111 22233");
    }

    [Fact]
    public async Task Numbers_that_the_platform_wrote_are_found_by_nobody()
    {
        await _sandbox.HearAsync(_shop, _ashas, Stand.Noon, new SystemContent("user_changed_number", "919876500001 changed to 919811122233", "919811122233", null));
        (await FindAsync(Manager, "919811122233")).Messages!.Hits.Should().BeEmpty();
    }

    [Fact]
    public async Task Everything_that_narrows_it_must_fit()
    {
        await _sandbox.HearAsync(_shop, _ashas, Stand.Noon.AddDays(-40), new TextContent("old saffron"));
        await ReplyAsync(_ashas, "saffron leaves today", _shop.Ravi);
        await _sandbox.Database.WriteAsync(_shop.Workspace, async db =>
        {
            var label = Label.Make(_shop.Workspace, "VIP", LabelColor.Blue);
            db.Add(label);
            await db.SaveChangesAsync();
            db.Add(new ConversationLabel { WorkspaceId = _shop.Workspace, ConversationId = _free, LabelId = label.Id });
            await db.SaveChangesAsync();
        }, default);
        var saffron = new SearchWish { Text = "saffron", Kind = SearchKind.Messages };

        (await LinesAsync(saffron with { From = new DateOnly(2026, 5, 1) })).Should().HaveCount(4).And.NotContain("old saffron");
        (await LinesAsync(saffron with { To = new DateOnly(2026, 4, 1) })).Should().Equal("old saffron");
        (await LinesAsync(saffron with { Direction = MessageDirection.Out })).Should().Equal("saffron leaves today");
        (await LinesAsync(saffron with { Direction = MessageDirection.In })).Should().HaveCount(4);
        (await LinesAsync(saffron with { AuthorId = _shop.Ravi.Value })).Should().Equal("saffron leaves today");
        (await LinesAsync(saffron with { AuthorId = _shop.Asha.Value })).Should().BeEmpty();
        (await LinesAsync(saffron with { HolderId = _shop.Ravi.Value })).Should().Equal("The saffron arrived");
        (await LinesAsync(saffron with { HolderId = 0 })).Should().Equal("Do you sell saffron tea?");
        (await LinesAsync(saffron with { LabelId = 1 })).Should().Equal("Do you sell saffron tea?");
        (await LinesAsync(saffron with { ConnectionId = _shop.ConnectionId })).Should().HaveCount(5);
        (await LinesAsync(saffron with { ConnectionId = 4711 })).Should().BeEmpty();
        (await Query.FindAsync(Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent), saffron with { HolderId = _shop.Ravi.Value }))!.Count.Should().Be(0);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gaps_or_doubles_the_newest_first()
    {
        for (var i = 0; i < 55; i++)
        {
            await _sandbox.HearAsync(_shop, _ashas, Stand.Noon.AddMinutes(i), new TextContent($"cardamom {i}"));
            await NoteAsync(_ashas, $"cardamom note {i}");
            if (i % 2 == 0)
            {
                await ContactNoteAsync(_ashas, $"cardamom contact {i}");
            }
        }

        var messages = await PagesAsync(Manager, new SearchWish { Text = "cardamom", Kind = SearchKind.Messages });
        messages.Should().HaveCount(55).And.OnlyHaveUniqueItems().And.BeInDescendingOrder();
        var notes = new List<NoteHit>();
        var wish = new SearchWish { Text = "cardamom", Kind = SearchKind.Notes };
        for (var page = (await Query.FindAsync(Manager, wish))!.Notes!; ; page = (await Query.MoreAsync(Manager, wish, SearchKind.Notes, page.Next!))!.Notes!)
        {
            notes.AddRange(page.Hits);
            if (page.Next is null)
            {
                break;
            }
        }

        notes.Should().HaveCount(55 + 28).And.BeInDescendingOrder(n => n.At);
        notes.Select(n => (n.ConversationId is null, n.Id)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Without_an_index_the_newest_are_gone_through_with_the_same_answer()
    {
        await _sandbox.HearAsync(_shop, _ashas, Stand.Noon, [.. Enumerable.Range(0, 30).Select(i => new TextContent($"turmeric {i}"))]);
        await NoteAsync(_ravis, $"turmeric {Number}");
        var agent = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent, AgentVisibility.Own);
        foreach (var actor in new[] { Manager, agent })
        {
            await using var db = _sandbox.Database.Open(_shop.Workspace);
            var wish = new SearchWish { Text = "turm" };
            var sight = await SearchSight.OfAsync(db, actor, wish, _time.GetUtcNow(), default);
            var search = new MessageSearch(db, sight, SearchTerms.Of(wish.Text), isIndexed: false, _time);
            var first = await search.FindAsync(null, 20, default);
            var second = await search.FindAsync(first.Next, 20, default);
            first.IsOfNewest.Should().BeTrue();
            first.Hits.Concat(second.Hits).Select(h => h.Id).Should().Equal(await PagesAsync(actor, wish with { Kind = SearchKind.Messages }));
            (await new NoteSearch(db, sight, SearchTerms.Of(wish.Text), isIndexed: false, _time).FindAsync(null, 20, default)).Hits.Should().HaveCount(actor == agent ? 0 : 1);
        }
    }

    [Fact]
    public async Task A_long_beginning_is_found_too_and_only_that()
    {
        await _sandbox.HearAsync(_shop, _ashas, Stand.Noon, new TextContent("international shipping"), new TextContent("internal memo"));
        (await LinesAsync(new SearchWish { Text = "internat", Kind = SearchKind.Messages })).Should().Equal("international shipping");
    }

    private SearchQuery Query => new(_sandbox.Database, _time);

    private Actor Manager => Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager);

    private async Task<SearchResult> FindAsync(Actor actor, string typed) => (await Query.FindAsync(actor, new SearchWish { Text = typed }))!;

    private async Task<List<string>> LinesAsync(SearchWish wish) =>
        [.. (await Query.FindAsync(Manager, wish))!.Messages!.Hits.Select(h => string.Concat(h.Snippet.Select(p => p.Text)))];

    private async Task<List<long>> PagesAsync(Actor actor, SearchWish wish)
    {
        var ids = new List<long>();
        for (var page = (await Query.FindAsync(actor, wish))!.Messages!; ; page = (await Query.MoreAsync(actor, wish, SearchKind.Messages, page.Next!))!.Messages!)
        {
            ids.AddRange(page.Hits.Select(h => h.Id));
            if (page.Next is null)
            {
                return ids;
            }
        }
    }

    private async Task<List<WorkspaceId>> OwnersAsync(List<long> messages)
    {
        await using var db = _sandbox.Database.OpenForSystem();
        return await db.Set<Message>().AcrossWorkspaces().Where(m => messages.Contains(m.Id)).Select(m => m.WorkspaceId).ToListAsync();
    }

    private async Task ManyAsync(int count, string words)
    {
        for (var i = 0; i < count; i++)
        {
            await _sandbox.MeetAsync(_shop, $"1777{_shop.Workspace.Value}{i:000000}", $"Person {i}", words: words);
        }
    }

    private Task NoteAsync(long conversation, string text) => _sandbox.Database.WriteAsync(_shop.Workspace, async db =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var thread = await db.Set<Conversation>().SingleAsync(c => c.Id == conversation);
        db.Add(Note.Write(thread, _shop.Ravi, Guid.NewGuid(), text, _time.GetUtcNow(), await db.TakeSequenceAsync(1, default)));
        await db.SaveChangesAsync();
    }, default);

    private Task ContactNoteAsync(long conversation, string text) => _sandbox.Database.WriteAsync(_shop.Workspace, async db =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var contact = await db.Set<Conversation>().Where(c => c.Id == conversation).Select(c => c.ContactId).SingleAsync();
        db.Add(new ContactNote { WorkspaceId = _shop.Workspace, ContactId = contact, AuthorId = _shop.Ravi, Text = text, At = _time.GetUtcNow() });
        await db.SaveChangesAsync();
    }, default);

    private Task ReplyAsync(long conversation, string text, UserId author) => _sandbox.Database.WriteAsync(_shop.Workspace, async db =>
    {
        var thread = await db.Set<Conversation>().SingleAsync(c => c.Id == conversation);
        db.Add(Message.ToCustomer(thread, new TextContent(text), author, Guid.NewGuid(), await db.TakeSequenceAsync(1, default), _time.GetUtcNow()));
        await db.SaveChangesAsync();
    }, default);
}
