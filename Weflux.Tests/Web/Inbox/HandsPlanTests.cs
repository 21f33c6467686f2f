using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Drafts;
using Weflux.Web.Inbox.Keys;
using Weflux.Web.Lanes;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Inbox;

/// <summary>Drafts, the palette and the look for a faster colleague are found in an index each, however much there is.</summary>
public sealed class HandsPlanTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon.AddHours(1));
    private Shop _shop = null!;
    private long _id;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        for (var nth = 0; nth < 5; nth++)
        {
            _id = await _sandbox.MeetAsync(_shop, $"1555000{nth:0000}", "Asha Verma", at: Stand.Noon);
        }
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Drafts_are_read_in_order_from_their_index()
    {
        var actor = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent);
        await new SaveDraft(_sandbox.Database, new SharedRows(_sandbox.Database), _time).ExecuteAsync(actor, _id, Guid.NewGuid(), "Hello");
        using var watch = new CommandWatch(_sandbox);

        (await new DraftsQuery(_sandbox.Database).ListAsync(actor))!.Rows.Should().ContainSingle();

        PlansOf(watch, "\"Drafts\"").Should().ContainSingle().Which.Should().Contain("IX_Drafts_WorkspaceId_UserId_UpdatedAt").And.NotContain("TEMP B-TREE").And.NotContain("SCAN");
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Manager)]
    public async Task The_palette_walks_along_the_words_of_names_and_through_no_table(Role role)
    {
        using var watch = new CommandWatch(_sandbox);

        (await new PaletteQuery(_sandbox.Database).FindAsync(Stand.Actor(_shop.Workspace, _shop.Asha, role), "ver ash")).Should().HaveCount(5);

        var plans = PlansOf(watch, "SELECT");
        plans.Should().NotBeEmpty().And.OnlyContain(p => !p.Contains("SCAN c") && !p.Contains("SCAN m"));
        plans[0].Should().Contain("IX_ContactWords_WorkspaceId_Word_ContactId");
    }

    [Fact]
    public async Task A_faster_colleague_is_looked_for_among_what_changed_since()
    {
        using var watch = new CommandWatch(_sandbox);
        var send = new SendReply(_sandbox.Database, Stand.Broadcaster(), new LaneSignals(), _time);

        (await send.ExecuteAsync(Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager), _id, new TextContent("Hello"), Guid.NewGuid(), known: 1))!.Decision.IsAllowed.Should().BeTrue();

        PlansOf(watch, "\"AuthorId\" IS NOT NULL").Should().ContainSingle().Which.Should().Contain("IX_Messages_WorkspaceId_ConversationId_ChangeSequence");
    }

    private static List<string> PlansOf(CommandWatch watch, string part) =>
        [.. watch.Commands.Where(c => c.Sql.Contains(part, StringComparison.Ordinal)).Select(c => string.Join('\n', watch.Plan(c)))];
}
