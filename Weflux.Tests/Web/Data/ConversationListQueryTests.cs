using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Data;

public sealed class ConversationListQueryTests : IDisposable
{
    private const string Phone = "15550104477";
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    /// <summary>
    /// Whatever lies in the list, with many lines of the same second: paging down and up again visits each line that
    /// the reader may see once, in order, and none that the reader may not see.
    /// </summary>
    [Fact]
    public async Task Paging_visits_each_line_once_and_in_order_for_every_reader()
    {
        var shop = await _sandbox.OpenShopAsync();
        var ids = new List<long>();
        for (var i = 0; i < 14; i++)
        {
            ids.Add(await _sandbox.MeetAsync(shop, $"155500010{i:00}"));
        }

        var line = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 9]);
        await Gen.Select(line.Array[14], Gen.Int[1, 6]).SampleAsync(
            async (lines, take) =>
            {
                Arrange(ids, lines, shop);
                foreach (var actor in Readers(shop))
                {
                    foreach (var order in Enum.GetValues<ListOrder>())
                    {
                        await VisitAsync(actor, order, take);
                    }
                }
            },
            iter: 25,
            threads: 1);
    }

    [Fact]
    public async Task A_place_that_is_gone_is_as_good_a_place_to_go_on_from()
    {
        var shop = await _sandbox.OpenShopAsync();
        for (var i = 0; i < 9; i++)
        {
            await _sandbox.MeetAsync(shop, $"1555000{i:0000}", at: Stand.Noon.AddMinutes(i));
        }

        var query = Query();
        var actor = Readers(shop)[0];
        var first = await query.GetAsync(actor, InboxView.Default, null, PageDirection.After, 4);
        var last = first.Rows[^1];
        await _sandbox.ChangeAsync(shop, last.Id, c => c.Close());
        var next = await query.GetAsync(actor, InboxView.Default, ListCursor.Of(last), PageDirection.After, 4);
        next.Rows.Select(r => r.Id).Should().Equal(5, 4, 3, 2);
        next.HasMore.Should().BeTrue();
    }

    [Fact]
    public async Task A_line_tells_what_its_reader_has_not_read_and_nobody_elses_cursor_matters()
    {
        var shop = await _sandbox.OpenShopAsync();
        var id = await _sandbox.MeetAsync(shop, Phone);
        await _sandbox.HearAsync(shop, id, Stand.Noon, new TextContent("Two"), new TextContent("Three"));
        var (asha, ravi) = (Stand.Actor(shop.Workspace, shop.Asha, Role.Manager), Stand.Actor(shop.Workspace, shop.Ravi, Role.Manager));
        (await UnreadAsync(asha)).Should().Be(3);
        var seen = new MarkSeen(_sandbox.Database, new SharedRows(_sandbox.Database), Stand.Broadcaster());
        await seen.ExecuteAsync(asha, id, 2);
        (await UnreadAsync(asha)).Should().Be(1);
        (await UnreadAsync(ravi)).Should().Be(3);
        await seen.ExecuteAsync(asha, id, 1);
        (await UnreadAsync(asha)).Should().Be(1, "a cursor moves only forward");
        await seen.ExecuteAsync(asha, id, 999);
        (await UnreadAsync(asha)).Should().Be(0);
        await _sandbox.HearAsync(shop, id, Stand.Noon, new TextContent("Four"), new SystemContent("user_changed_number", "Notice", null, null));
        (await UnreadAsync(asha)).Should().Be(1, "notices of the platform are nobody's unread messages");
    }

    [Fact]
    public async Task A_line_shows_its_readers_own_draft_only()
    {
        var shop = await _sandbox.OpenShopAsync();
        var id = await _sandbox.MeetAsync(shop, Phone);
        var asha = Stand.Actor(shop.Workspace, shop.Asha, Role.Manager);
        await new SaveDraft(_sandbox.Database, new SharedRows(_sandbox.Database), TimeProvider.System).ExecuteAsync(asha, id, Guid.NewGuid(), "My words");
        (await Query().GetAsync(asha, InboxView.Newest, null, PageDirection.After, 5)).Rows.Single().DraftLine.Should().Be("My words");
        (await Query().GetAsync(asha with { User = shop.Ravi }, InboxView.Newest, null, PageDirection.After, 5)).Rows.Single().DraftLine.Should().BeNull();
    }

    [Fact]
    public async Task Hints_bring_an_agent_only_what_the_agent_may_see()
    {
        var shop = await _sandbox.OpenShopAsync();
        var (own, free, others) = (
            await _sandbox.MeetAsync(shop, "15550000001", assignee: shop.Asha),
            await _sandbox.MeetAsync(shop, "15550000002"),
            await _sandbox.MeetAsync(shop, "15550000003", assignee: shop.Ravi));
        RowVersion[] hints = [new(own, 1), new(free, 1), new(others, 1), new(999, 1)];
        foreach (var (visibility, expected) in new (AgentVisibility, long[])[]
        {
            (AgentVisibility.Own, [own]), (AgentVisibility.OwnAndUnassigned, [own, free]), (AgentVisibility.All, [own, free, others]),
        })
        {
            var changed = await Query().ChangedAsync(Stand.Actor(shop.Workspace, shop.Asha, Role.Agent, visibility), InboxView.Default, hints);
            changed.Rows.Select(r => r.Id).Should().BeEquivalentTo(expected);
            changed.GoneIds.Should().BeEquivalentTo(hints.Select(h => h.Id).Except(expected));
        }
    }

    [Fact]
    public async Task A_conversation_that_leaves_the_list_is_gone_for_hints_too()
    {
        var shop = await _sandbox.OpenShopAsync();
        var id = await _sandbox.MeetAsync(shop, Phone);
        await _sandbox.ChangeAsync(shop, id, c => c.Close());
        var changed = await Query().ChangedAsync(Stand.Actor(shop.Workspace, shop.Asha, Role.Admin), InboxView.Default, [new RowVersion(id, 99)]);
        changed.Rows.Should().BeEmpty();
        changed.GoneIds.Should().Equal(id);
    }

    [Fact]
    public async Task No_field_holds_the_number_in_full_for_a_reader_who_sees_it_masked()
    {
        var shop = await _sandbox.OpenShopAsync();
        var id = await _sandbox.MeetAsync(shop, Phone);
        await _sandbox.HearAsync(
            shop, id, Stand.Noon.AddMinutes(1), new SystemContent("user_changed_number", $"Ana changed from {Phone} to +1 555 010 4478", "15550104478", null));
        var agent = Stand.Actor(shop.Workspace, shop.Asha, Role.Agent);
        var masked = await RowAsync(agent, id);
        Digits(masked).Should().NotContain(Phone).And.NotContain("15550104478");
        masked.Phone.Should().Be("+15•••••••77");
        masked.ContactName.Should().Be("+15•••••••77");
        masked.LastLine.Should().Be("user_changed_number", "the platform's words spell out both numbers");
        Digits(await RowAsync(agent with { Role = Role.Manager }, id)).Should().Contain(Phone);
        Digits(await RowAsync(Stand.Actor(shop.Workspace, shop.Asha, Role.Agent, mask: false), id)).Should().Contain(Phone);
    }

    [Fact]
    public async Task A_name_that_is_a_number_is_masked_too()
    {
        var shop = await _sandbox.OpenShopAsync();
        var id = await _sandbox.MeetAsync(shop, Phone, "+1 555 010 4477");
        var agent = Stand.Actor(shop.Workspace, shop.Asha, Role.Agent);

        (await RowAsync(agent, id)).ContactName.Should().Be("+1 5•• ••• ••77");
        (await RowAsync(agent with { Role = Role.Manager }, id)).ContactName.Should().Be("+1 555 010 4477");
    }

    internal static string Digits(object shown) =>
        new([.. JsonSerializer.Serialize(shown, JsonColumns.Options).Where(c => !(c is ' ' or '-' or '(' or ')' or '.'))]);

    private async Task<ConversationRow> RowAsync(Actor actor, long id)
    {
        var page = await Query().GetAsync(actor, InboxView.Newest, null, PageDirection.After, 5);
        var changed = await Query().ChangedAsync(actor, InboxView.Default, [new RowVersion(id, 1)]);
        changed.Rows.Single().Should().BeEquivalentTo(page.Rows.Single());
        return page.Rows.Single();
    }

    private ConversationListQuery Query() => new(_sandbox.Database, new SharedRows(_sandbox.Database), TimeProvider.System);

    private async Task<int> UnreadAsync(Actor actor) =>
        (await Query().GetAsync(actor, InboxView.Newest, null, PageDirection.After, 5)).Rows.Single().UnreadCount;

    private static List<Actor> Readers(Shop shop) =>
    [
        Stand.Actor(shop.Workspace, shop.Asha, Role.Manager, AgentVisibility.Own),
        .. Enum.GetValues<AgentVisibility>().Select(v => Stand.Actor(shop.Workspace, shop.Asha, Role.Agent, v)),
    ];

    private void Arrange(List<long> ids, (int Time, int Holder, bool Waits, int State)[] lines, Shop shop)
    {
        var sql = new StringBuilder();
        foreach (var (id, line) in ids.Zip(lines))
        {
            var holder = line.Holder switch { 0 => "NULL", 1 => $"{shop.Asha}", _ => $"{shop.Ravi}" };
            sql.Append(System.Globalization.CultureInfo.InvariantCulture, $"""
                UPDATE "Conversations" SET "LastActivityAt" = {Stand.Noon.AddSeconds(line.Time).UtcTicks}, "LastSequence" = {id * 7 % 5}, "AssigneeId" = {holder},
                "NeedsReply" = {(line.Waits ? 1 : 0)}, "State" = {(line.State == 0 ? 3 : 1)} WHERE "Id" = {id};
                """);
        }

        _sandbox.Execute(sql.ToString());
    }

    private async Task VisitAsync(Actor actor, ListOrder order, int take)
    {
        var expected = await ExpectedAsync(actor, order);
        var down = new List<ConversationRow>();
        ListCursor? cursor = null;
        for (var hasMore = true; hasMore;)
        {
            var page = await Query().GetAsync(actor, InboxView.Default with { Order = order }, cursor, PageDirection.After, take);
            page.Rows.Count.Should().BeLessThanOrEqualTo(take);
            down.AddRange(page.Rows);
            hasMore = page.HasMore;
            cursor = page.Rows.Count > 0 ? ListCursor.Of(page.Rows[^1]) : cursor;
            (!hasMore || page.Rows.Count == take).Should().BeTrue("a page with more behind it is full");
        }

        down.Select(r => r.Id).Should().Equal(expected);
        down.Where(r => !actor.MaySee(new Holding(r.AssigneeId))).Should().BeEmpty();
        if (down.Count == 0)
        {
            return;
        }

        List<ConversationRow> up = [down[^1]];
        for (var hasMore = true; hasMore;)
        {
            var page = await Query().GetAsync(actor, InboxView.Default with { Order = order }, ListCursor.Of(up[0]), PageDirection.Before, take);
            up.InsertRange(0, page.Rows);
            hasMore = page.HasMore;
        }

        up.Select(r => r.Id).Should().Equal(expected);
    }

    /// <summary>The whole list, computed in the plainest way.</summary>
    private async Task<List<long>> ExpectedAsync(Actor actor, ListOrder order)
    {
        await using var db = _sandbox.Database.Open(actor.Workspace);
        var all = await db.Set<Conversation>().AsNoTracking().ToListAsync();
        return [.. all.Where(c => c.State == ConversationState.Open && actor.MaySee(c.Holding))
            .OrderByDescending(c => order == ListOrder.NeedsReplyFirst && c.NeedsReply)
            .ThenByDescending(c => c.LastActivityAt).ThenByDescending(c => c.LastSequence).ThenByDescending(c => c.Id).Select(c => c.Id)];
    }
}
