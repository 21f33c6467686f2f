using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Work;
using Weflux.Web.Work.Notes;

namespace Weflux.Tests.Web.Work;

/// <summary>Notes, events, labels and snoozes are found in an index each, however many there are.</summary>
public sealed class WorkPlanTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon.AddHours(1));
    private Shop _shop = null!;
    private Actor _manager = null!;
    private long _id;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        _manager = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager);
        _id = await _sandbox.MeetAsync(_shop, "15550001000", at: Stand.Noon);
        await _sandbox.Database.WriteAsync(
            _shop.Workspace,
            async db =>
            {
                db.Add(new Weflux.Web.Team.Membership { WorkspaceId = _shop.Workspace, UserId = _shop.Asha, Role = Role.Manager });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        var work = new ConversationWork(_sandbox.Database, Stand.Broadcaster(), _time);
        for (var nth = 0; nth < 5; nth++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            (await new WriteNote(work).ExecuteAsync(_manager, _id, $"For {NoteText.Mark(_shop.Asha)}", Guid.NewGuid())).Should().Be(WorkOutcome.Done);
            await new TakeConversation(work).ExecuteAsync(_manager, _id);
            await new HandBackConversation(work).ExecuteAsync(_manager, _id);
        }
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Notes_and_events_of_a_part_of_a_thread_are_read_in_order_from_their_indexes()
    {
        using var watch = new CommandWatch(_sandbox);
        var query = new ActivityQuery(_sandbox.Database);

        (await query.RangeAsync(_manager, _id, Stand.Noon, _time.GetUtcNow().AddHours(1))).Should().HaveCount(15);
        (await query.ChangesAsync(_manager, _id, 0)).Should().HaveCount(15);

        PlansOf(watch, "\"Notes\"").Should().HaveCount(2).And.OnlyContain(p => p.Contains("IX_Notes_WorkspaceId_ConversationId_") && !p.Contains("TEMP B-TREE"));
        PlansOf(watch, "\"ConversationEvents\"").Should().HaveCount(2)
            .And.OnlyContain(p => p.Contains("IX_ConversationEvents_WorkspaceId_ConversationId_") && !p.Contains("TEMP B-TREE"));
        PlansOf(watch, "\"NoteMentions\"").Should().HaveCount(2).And.OnlyContain(p => p.Contains("SEARCH n USING"));
    }

    [Fact]
    public async Task Labels_of_rows_are_found_by_conversation()
    {
        using var watch = new CommandWatch(_sandbox);

        await new SharedRows(_sandbox.Database).GetAsync(_shop.Workspace, [new RowVersion(_id, 0)]);
        await new ConversationListQuery(_sandbox.Database, new SharedRows(_sandbox.Database), _time).GetAsync(_manager, InboxView.Newest, null, PageDirection.After, 20);

        PlansOf(watch, "\"ConversationLabels\"").Should().HaveCount(2).And.OnlyContain(p => p.Contains("WorkspaceId=? AND ConversationId=?"));
    }

    [Fact]
    public async Task Snoozes_that_are_over_are_found_without_looking_at_the_others()
    {
        using var watch = new CommandWatch(_sandbox);

        (await new SnoozeEnds(_sandbox.Database, Stand.Broadcaster(), _time, NullLogger<SnoozeEnds>.Instance).EndAsync(CancellationToken.None)).Should().Be(0);

        PlansOf(watch, "\"SnoozedUntil\"").Should().ContainSingle().Which.Should().Contain("IX_Conversations_SnoozedUntil").And.NotContain("TEMP B-TREE");
    }

    private static List<string> PlansOf(CommandWatch watch, string table) =>
        [.. watch.Commands.Where(c => c.Sql.StartsWith("SELECT", StringComparison.Ordinal) && c.Sql.Contains($"FROM {table}", StringComparison.Ordinal) | (table == "\"SnoozedUntil\"" && c.Sql.Contains("ORDER BY \"c\".\"SnoozedUntil\"", StringComparison.Ordinal)))
            .Select(c => string.Join("; ", watch.Plan(c)))];
}
