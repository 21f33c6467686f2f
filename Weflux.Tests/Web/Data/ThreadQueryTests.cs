using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Data;

public sealed class ThreadQueryTests : IAsyncLifetime
{
    private const string Phone = "15550104477";
    private readonly Sandbox _sandbox = new();
    private Shop _shop = null!;
    private long _id;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        _id = await _sandbox.MeetAsync(_shop, Phone, assignee: _shop.Ravi);
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>However many messages fall into one second and in whatever order they were stored.</summary>
    [Fact]
    public async Task Paging_back_visits_each_message_once_and_in_order() => await Gen.Int[0, 20].Array[0, 170].SampleAsync(
        async seconds =>
        {
            var id = await _sandbox.MeetAsync(_shop, $"1555{Guid.NewGuid().GetHashCode() & 0xFFFFFF:00000000}", at: Stand.Noon);
            await _sandbox.Database.WriteAsync(
                _shop.Workspace,
                async db =>
                {
                    var conversation = (await db.FindAsync<Conversation>(id))!;
                    foreach (var second in seconds)
                    {
                        await Inboxes.HearAsync(db, conversation, Stand.Noon.AddSeconds(second), new TextContent("More"));
                    }

                    await db.SaveChangesAsync();
                },
                CancellationToken.None);
            var manager = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager);
            var view = (await Query().GetAsync(manager, id))!;
            var seen = view.Messages.ToList();
            for (var hasOlder = view.HasOlder; hasOlder;)
            {
                var older = await Query().OlderAsync(manager, id, seen[0].Cursor);
                older.Messages.Should().HaveCountLessThanOrEqualTo(ThreadQuery.PageSize);
                seen.InsertRange(0, older.Messages);
                hasOlder = older.HasOlder;
            }

            await using var db = _sandbox.Database.Open(_shop.Workspace);
            var expected = (await db.Set<Message>().AsNoTracking().Where(m => m.ConversationId == id).ToListAsync())
                .OrderBy(m => m.SaidAt).ThenBy(m => m.Sequence).Select(m => m.Id);
            seen.Select(m => m.Id).Should().Equal(expected);
        },
        iter: 12,
        threads: 1);

    [Theory]
    [InlineData(AgentVisibility.Own)]
    [InlineData(AgentVisibility.OwnAndUnassigned)]
    public async Task An_agent_gets_nothing_of_what_somebody_else_holds(AgentVisibility visibility)
    {
        var agent = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent, visibility);
        (await Query().GetAsync(agent, _id)).Should().BeNull();
        (await Query().ChangesAsync(agent, _id, 0)).Should().BeNull();
        var older = await Query().OlderAsync(agent, _id, new ThreadCursor(Stand.Noon.AddDays(1), long.MaxValue));
        older.Messages.Should().BeEmpty();
        older.HasOlder.Should().BeFalse();
        (await Query().GetAsync(agent with { User = _shop.Ravi }, _id)).Should().NotBeNull();
        (await Query().GetAsync(Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent, AgentVisibility.All), _id)).Should().NotBeNull();
    }

    [Fact]
    public async Task An_agent_who_sees_only_own_ones_gets_nothing_of_an_unassigned_one()
    {
        await _sandbox.ChangeAsync(_shop, _id, c => c.Assign(null));
        (await Query().GetAsync(Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent, AgentVisibility.Own), _id)).Should().BeNull();
        (await Query().GetAsync(Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent), _id)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_thread_that_is_taken_away_answers_its_next_question_with_nothing()
    {
        var ravi = Stand.Actor(_shop.Workspace, _shop.Ravi, Role.Agent);
        var view = (await Query().GetAsync(ravi, _id))!;
        await _sandbox.ChangeAsync(_shop, _id, c => c.Assign(_shop.Asha));
        (await Query().ChangesAsync(ravi, _id, view.ChangeSequence)).Should().BeNull();
        (await Query().OlderAsync(ravi, _id, view.Messages[0].Cursor)).Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task What_changed_since_comes_once_and_in_order()
    {
        var manager = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager);
        var view = (await Query().GetAsync(manager, _id))!;
        (await Query().ChangesAsync(manager, _id, view.ChangeSequence))!.Messages.Should().BeEmpty();
        await _sandbox.HearAsync(_shop, _id, Stand.Noon.AddMinutes(5), new TextContent("Late"));
        await _sandbox.HearAsync(_shop, _id, Stand.Noon.AddMinutes(2), new TextContent("Said before, told later"));
        var changes = (await Query().ChangesAsync(manager, _id, view.ChangeSequence))!;
        changes.Messages.Select(m => m.Content.Text).Should().Equal("Said before, told later", "Late");
        (await Query().ChangesAsync(manager, _id, changes.ChangeSequence))!.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task No_field_holds_the_number_in_full_for_a_reader_who_sees_it_masked()
    {
        await _sandbox.HearAsync(
            _shop, _id, Stand.Noon.AddMinutes(1), new SystemContent("user_changed_number", $"Ana changed from {Phone} to +1 555 010 4478", "15550104478", null));
        await QuoteTheNoticeAsync();
        var agent = Stand.Actor(_shop.Workspace, _shop.Ravi, Role.Agent);
        var view = (await Query().GetAsync(agent, _id))!;
        var changes = (await Query().ChangesAsync(agent, _id, 0))!;
        var older = await Query().OlderAsync(agent, _id, new ThreadCursor(Stand.Noon.AddDays(1), long.MaxValue));
        foreach (var shown in new object[] { view, changes, older, view.Head.Contact.Name })
        {
            ConversationListQueryTests.Digits(shown).Should().NotContain(Phone).And.NotContain("15550104478");
        }

        view.Head.Contact.Phone.Should().Be("+15•••••••77");
        view.Head.Contact.IsPhoneMasked.Should().BeTrue();
        var manager = (await Query().GetAsync(agent with { Role = Role.Manager }, _id))!;
        ConversationListQueryTests.Digits(manager.Head).Should().Contain(Phone);
        ConversationListQueryTests.Digits(manager.Messages).Should().Contain("15550104478");
        manager.Head.Contact.IsPhoneMasked.Should().BeFalse();
    }

    [Fact]
    public async Task A_quoted_message_is_shown_and_one_of_another_thread_is_not()
    {
        var other = await _sandbox.MeetAsync(_shop, "15550009999", words: "Not for this thread");
        var foreign = await WhatsAppIdAsync(other);
        var own = await WhatsAppIdAsync(_id);
        foreach (var quoted in new[] { own, foreign })
        {
            await HearQuotingAsync(quoted);
        }

        var view = (await Query().GetAsync(Stand.Actor(_shop.Workspace, _shop.Ravi, Role.Agent), _id))!;
        view.Messages[^2].Quoted.Should().BeEquivalentTo(new { WhatsAppId = own, IsKnown = true, Line = "Hello" });
        view.Messages[^1].Quoted.Should().BeEquivalentTo(new { WhatsAppId = foreign, IsKnown = false, Line = "" });
    }

    [Fact]
    public async Task A_draft_is_its_writers_alone()
    {
        var (asha, ravi) = (Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager), Stand.Actor(_shop.Workspace, _shop.Ravi, Role.Manager));
        var draft = Guid.NewGuid();
        await new SaveDraft(_sandbox.Database, new SharedRows(_sandbox.Database), TimeProvider.System).ExecuteAsync(asha, _id, draft, "Mine");
        var opened = (await Query().GetAsync(asha, _id))!.Draft;
        opened.Text.Should().Be("Mine");
        opened.DraftId.Should().NotBe(draft, "each screen sends under an id of its own");
        (await Query().GetAsync(ravi, _id))!.Draft.Text.Should().BeEmpty();
    }

    private ThreadQuery Query() => new(_sandbox.Database, new FakeTimeProvider(Stand.Noon));

    private async Task<string> WhatsAppIdAsync(long conversationId)
    {
        await using var db = _sandbox.Database.Open(_shop.Workspace);
        return (await db.Set<Message>().Where(m => m.ConversationId == conversationId).OrderByDescending(m => m.Id).Select(m => m.WhatsAppId).FirstAsync())!;
    }

    private async Task QuoteTheNoticeAsync() => await HearQuotingAsync(await WhatsAppIdAsync(_id));

    private Task HearQuotingAsync(string quoted) => _sandbox.Database.WriteAsync(
        _shop.Workspace,
        async db =>
        {
            var conversation = (await db.FindAsync<Conversation>(_id))!;
            var sequence = await db.TakeSequenceAsync(1, CancellationToken.None);
            var at = Stand.Noon.AddHours(1);
            db.Add(conversation.Receive(
                new InboundMessage($"wamid.{Guid.NewGuid():N}", new TextContent("About that"), new MessageContext(quoted), at, at, null), sequence).Message);
            await db.SaveChangesAsync();
        },
        CancellationToken.None);
}
