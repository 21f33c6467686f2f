using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Journeys;

public sealed class ManyMessagesTests(Chromium chromium) : Journey(chromium)
{
    private const int Customers = 36;
    private const int PerCustomer = 3;

    [Theory]
    [InlineData("", true)]
    [InlineData("?order=newest", false)]
    public async Task Under_a_flood_of_messages_an_open_list_ends_up_as_the_database_says(string order, bool needsReplyFirst)
    {
        var manager = await SignInAsync(Manager, "/w/demo/inbox" + order);
        var agent = await SignInAsync(Agent);
        await PostAsync(nth: 0);
        await Expect(manager.Row("Guest 07")).ToBeVisibleAsync();

        var flood = PostAsync(nth: 1);
        foreach (var name in (string[])["Guest 07", "Guest 23", "Guest 31"])
        {
            await agent.OpenAsync(name);
            await agent.SendAsync($"Hello {name}");
        }

        await flood;
        await PostAsync(nth: 2, from: 20);
        await Host.SettledAsync();
        await manager.Row("Guest 30").ClickAsync();

        var (shown, stored) = (new List<string>(), new List<string>());
        await Eventually.SeeAsync(
            async () => (shown, stored) = (await ShownAsync(manager), await StoredAsync(needsReplyFirst)),
            seen => seen.shown.SequenceEqual(seen.stored) && seen.stored.Count(r => r.Contains("unread 0", StringComparison.Ordinal)) == 1);
        shown.Should().HaveCount(Customers).And.OnlyHaveUniqueItems();
        shown.Should().Equal(stored);
    }

    [Fact]
    public async Task A_row_that_moves_while_it_is_pressed_is_opened_all_the_same()
    {
        var agent = await SignInAsync(Agent);
        await PostAsync(nth: 0);
        await Expect(agent.Rows).ToHaveCountAsync(Customers);
        var second = agent.Rows.Nth(1);
        var name = await second.Locator(".name").InnerTextAsync();
        var last = await agent.Rows.Last.Locator(".name").InnerTextAsync();
        await second.HoverAsync();

        await agent.Page.Mouse.DownAsync();
        using (var client = Host.NewClient())
        {
            var customer = int.Parse(last[^2..], CultureInfo.InvariantCulture);
            await new MetaWebhooks(client).PostAsync(
                MetaWebhooks.TextFrom("wamid.moves", $"9198{customer:D8}", "I move the list", Host.Clock.GetUtcNow(), last));
        }

        await Expect(agent.Rows.First.Locator(".words")).ToHaveTextAsync("I move the list");
        await agent.Page.Mouse.UpAsync();

        await Expect(agent.Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }).First).ToBeVisibleAsync();
    }

    private static async Task<List<string>> ShownAsync(InboxScreen screen) => [.. await screen.Rows.EvaluateAllAsync<string[]>(
        """
        rows => rows.map(row => [
          row.dataset.conversationId,
          row.querySelector(".name").textContent,
          row.querySelector(".words").textContent,
          row.dataset.lastWamid,
          row.dataset.needsReply,
          `unread ${row.dataset.unread}`,
        ].join(" | "))
        """)];

    private Task<List<string>> StoredAsync(bool needsReplyFirst) => Host.ReadAsync(async db =>
    {
        var reader = new UserId(await db.Set<Weflux.Web.Account.WefluxUser>().Where(u => u.Email == Manager).Select(u => u.Id).SingleAsync());
        var read = await db.Set<ReadCursor>().Where(r => r.UserId == reader).ToDictionaryAsync(r => r.ConversationId, r => r.InboundCount);
        var names = await db.Set<Contact>().ToDictionaryAsync(c => c.Id, c => c.ProfileName);
        var conversations = await db.Set<Conversation>().AsNoTracking().ToListAsync();
        return conversations
            .OrderByDescending(c => needsReplyFirst && c.NeedsReply).ThenByDescending(c => c.LastActivityAt).ThenByDescending(c => c.LastSequence).ThenByDescending(c => c.Id)
            .Select(c => string.Create(
                CultureInfo.InvariantCulture,
                $"{c.Id} | {names[c.ContactId]} | {c.LastLine} | {c.LastWhatsAppId} | {(c.NeedsReply ? "true" : "false")} | unread {c.InboundCount - read.GetValueOrDefault(c.Id)}"))
            .ToList();
    });

    /// <summary>One message of each customer, several at once and in no order.</summary>
    private async Task PostAsync(int nth, int from = 0)
    {
        using var client = Host.NewClient();
        var webhooks = new MetaWebhooks(client);
        var random = new Random(nth);
        var now = Host.Clock.GetUtcNow();
        foreach (var chunk in Enumerable.Range(from, Customers - from).OrderBy(_ => random.Next()).Chunk(6))
        {
            var answers = await Task.WhenAll(chunk.Select(customer => webhooks.PostAsync(MetaWebhooks.TextFrom(
                $"wamid.{customer}.{nth}", $"9198{customer:D8}", $"Message {nth + 1} of {PerCustomer}", now.AddSeconds(-customer % 7), $"Guest {customer:D2}"))));
            answers.Should().AllBeEquivalentTo(HttpStatusCode.OK);
        }
    }
}
