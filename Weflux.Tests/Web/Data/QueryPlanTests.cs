using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Api;
using Weflux.Web.Api.Reading;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Lanes;
using Weflux.Web.Sending;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Data;

/// <summary>Every query behind a screen goes through an index made for it, so that it stays flat however much there is.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private static readonly string[] Large = ["Conversations", "Messages", "WebhookDeliveries", "OutboundMessages", "Contacts", "ContactIdentities", "SendAttempts"];
    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon);
    private Shop _shop = null!;
    private long _conversation;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        for (var i = 0; i < 30; i++)
        {
            _conversation = await _sandbox.MeetAsync(
                _shop, $"1555000{i:0000}", assignee: i % 3 == 0 ? _shop.Asha : i % 3 == 1 ? _shop.Ravi : null, at: Stand.Noon.AddMinutes(i));
        }
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<Role, AgentVisibility, ListOrder, PageDirection, bool?> Pages
    {
        get
        {
            var pages = new TheoryData<Role, AgentVisibility, ListOrder, PageDirection, bool?>();
            foreach (var (role, visibility) in new[]
            {
                (Role.Manager, AgentVisibility.Own), (Role.Agent, AgentVisibility.Own),
                (Role.Agent, AgentVisibility.OwnAndUnassigned), (Role.Agent, AgentVisibility.All),
            })
            {
                foreach (var order in Enum.GetValues<ListOrder>())
                {
                    foreach (var direction in Enum.GetValues<PageDirection>())
                    {
                        foreach (var cursor in new bool?[] { null, true, false })
                        {
                            pages.Add(role, visibility, order, direction, cursor);
                        }
                    }
                }
            }

            return pages;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_of_the_list_is_read_in_order_from_an_index(
        Role role, AgentVisibility visibility, ListOrder order, PageDirection direction, bool? cursor)
    {
        var query = new ConversationListQuery(_sandbox.Database, new SharedRows(_sandbox.Database), _time);
        var actor = Stand.Actor(_shop.Workspace, _shop.Asha, role, visibility);
        using var watch = new CommandWatch(_sandbox);
        await query.GetAsync(actor, InboxView.Default with { Order = order }, cursor is { } waiting ? new ListCursor(waiting, Stand.Noon.AddMinutes(15), 15, 15) : null, direction, 5);

        // The few that one takes part in, or is asked to take over, are looked up and sorted: see the plans of views.
        var pages = Check(watch, "FROM \"Conversations\"").FindAll(p => !p.StartsWith("SEARCH p ", StringComparison.Ordinal) && !p.Contains("IX_Conversations_WorkspaceId_Asked"));
        pages.Should().NotBeEmpty().And.OnlyContain(p => !p.Contains("TEMP B-TREE"));
        pages.Should().OnlyContain(p => p.StartsWith("SEARCH c USING INDEX IX_Conversations_WorkspaceId_"), "the list leads and contacts follow");
    }

    [Fact]
    public async Task A_page_stays_in_order_of_its_index_when_the_planner_knows_the_sizes()
    {
        _sandbox.Execute("ANALYZE;");
        foreach (var page in Pages)
        {
            var (role, visibility, order, direction, cursor) = page.Data;
            await A_page_of_the_list_is_read_in_order_from_an_index(role, visibility, order, direction, cursor);
        }
    }

    [Fact]
    public async Task Rows_that_hints_name_are_read_by_their_keys()
    {
        using var watch = new CommandWatch(_sandbox);
        await new SharedRows(_sandbox.Database).GetAsync(_shop.Workspace, [new RowVersion(_conversation, 1), new RowVersion(_conversation - 1, 1)]);
        Check(watch, "FROM \"Conversations\"").Should().ContainSingle();
    }

    [Fact]
    public async Task A_thread_is_read_in_order_from_its_index()
    {
        var threads = new ThreadQuery(_sandbox.Database, _time);
        var actor = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager);
        using var watch = new CommandWatch(_sandbox);
        await threads.GetAsync(actor, _conversation);
        await threads.OlderAsync(actor, _conversation, new ThreadCursor(Stand.Noon.AddDays(1), 99));
        var pages = Check(watch, "FROM \"Messages\"");
        pages.Should().HaveCount(4).And.OnlyContain(p => !p.Contains("TEMP B-TREE"));
        pages.Count(p => p.Contains("IX_Messages_WorkspaceId_ConversationId_SaidAt_Sequence")).Should().Be(2);
        pages.Count(p => p.Contains("IX_Messages_WorkspaceId_ConversationId_TargetWhatsAppId")).Should().Be(2, "what is about these messages is looked up, and not searched");
    }

    [Fact]
    public async Task What_changed_in_a_thread_is_found_without_reading_the_thread()
    {
        var threads = new ThreadQuery(_sandbox.Database, _time);
        using var watch = new CommandWatch(_sandbox);
        await threads.ChangesAsync(Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager), _conversation, 3);
        var found = Check(watch, "FROM \"Messages\"");
        found.Should().HaveCount(2);
        found[1].Should().Contain("IX_Messages_WorkspaceId_ConversationId_TargetWhatsAppId");
        found[0].Should().Contain("IX_Messages_WorkspaceId_ConversationId_ChangeSequence (WorkspaceId=? AND ConversationId=? AND ChangeSequence>?)");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_lists_of_the_API_are_read_in_order_from_their_indexes(bool isAnalyzed)
    {
        await DeliverAsync();
        await ProcessAsync();
        if (isAnalyzed)
        {
            _sandbox.Execute("ANALYZE;");
        }

        var actor = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Admin);
        var page = new PageRequest(1, 5);
        using var watch = new CommandWatch(_sandbox);
        await new MessageStreamQuery(_sandbox.Database).GetAsync(actor, page);
        await new ConversationsQuery(_sandbox.Database, _time).GetAsync(actor, page);
        await new ContactsQuery(_sandbox.Database).GetAsync(actor, page);
        foreach (var state in new WebhookDeliveryState?[] { null, WebhookDeliveryState.Pending, WebhookDeliveryState.Done, WebhookDeliveryState.Parked })
        {
            await new DeliveriesQuery(_sandbox.Database, _time).GetAsync(actor, state, page);
        }

        var messages = Check(watch, "FROM \"Messages\"");
        messages.Should().HaveCount(2).And.OnlyContain(p => p.Contains("IX_Messages_WorkspaceId_Sequence") && !p.Contains("TEMP B-TREE"));
        var conversations = Check(watch, "FROM \"Conversations\"");
        conversations.Should().HaveCount(2).And.OnlyContain(p => !p.Contains("TEMP B-TREE"));
        Check(watch, "FROM \"Contacts\"").Should().HaveCount(2);
        if (!isAnalyzed)
        {
            // With one workspace in the file, a planner that knows the sizes may as well take the key.
            conversations[1].Should().Contain("IX_Conversations_WorkspaceId_Id (WorkspaceId=? AND Id>?)");
            Check(watch, "FROM \"Contacts\"").Should().OnlyContain(p => p.Contains("IX_Contacts_WorkspaceId_Id (WorkspaceId=? AND Id>?)"));
        }

        var deliveries = Check(watch, "FROM \"WebhookDeliveries\"");
        deliveries.Should().HaveCountGreaterThanOrEqualTo(4).And.OnlyContain(p =>
            p.Contains("IX_WebhookDeliveries_WorkspaceId_State_Id (WorkspaceId=? AND State=? AND Id>?)") || p.StartsWith("SEARCH w USING INTEGER PRIMARY KEY (rowid=?)"));
        deliveries.Skip(1).Should().OnlyContain(p => !p.Contains("TEMP B-TREE"));
    }

    [Fact]
    public async Task Quoted_messages_and_drafts_are_found_by_their_ids()
    {
        using var watch = new CommandWatch(_sandbox);
        await using (var db = _sandbox.Database.Open(_shop.Workspace))
        {
            var ids = new List<string> { "wamid.1", "wamid.2" };
            var (connection, draft) = (_shop.ConnectionId, Guid.NewGuid());
            await db.Set<Message>().Where(m => m.ConnectionId == connection && ids.Contains(m.WhatsAppId!)).AsNoTracking().ToListAsync();
            await db.Set<Message>().AnyAsync(m => m.DraftId == draft);
        }

        Check(watch, "\"Messages\"").Should().HaveCount(2).And.OnlyContain(p => p.Contains("WhatsAppId=?") || p.Contains("DraftId=?"));
    }

    [Fact]
    public async Task The_journals_next_deliveries_come_from_the_index_of_pending_ones()
    {
        await DeliverAsync();
        using var watch = new CommandWatch(_sandbox);
        await ProcessAsync();
        var reads = Check(watch, "FROM \"WebhookDeliveries\"");
        reads.Should().NotBeEmpty();
        reads.Should().OnlyContain(p => !p.Contains("TEMP B-TREE"));
    }

    [Fact]
    public async Task Deliveries_are_settled_by_their_keys_and_not_by_a_walk_through_the_workspace()
    {
        await using var db = _sandbox.Database.Open(_shop.Workspace);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + WebhookProcessor.SettleSql(isSqlite: true)
            .Replace("@state", "2").Replace("@items", "1").Replace("@now", "1").Replace("@ids", "'[1,2]'");
        var steps = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            steps.Add(reader.GetString(3));
        }

        steps[0].Should().Be("SEARCH WebhookDeliveries USING INTEGER PRIMARY KEY (rowid=?)");
    }

    [Fact]
    public async Task Receiving_finds_people_messages_and_conversations_by_their_indexes()
    {
        await DeliverAsync();
        using var watch = new CommandWatch(_sandbox);
        await ProcessAsync();
        foreach (var table in new[] { "Contacts", "Messages", "Conversations", "SendAttempts" })
        {
            Check(watch, $"FROM \"{table}\"").Should().NotBeEmpty(table);
        }
    }

    [Fact]
    public async Task The_outbox_looks_only_at_what_waits()
    {
        var sender = new OutboxSender(
            _sandbox.Database,
            new Dispatch(_sandbox.Database, Stand.CloudApi(System.Net.HttpStatusCode.OK, "{}"), Stand.Uploads(_sandbox.Database, _time), new SendBreakers(_time), new Weflux.Web.Webhooks.PendingDeliveries(_sandbox.Database), Stand.Broadcaster(), new Weflux.Web.Connections.ConnectionSignals(), new ReadReceiptSender(_sandbox.Database, Stand.CloudApi(System.Net.HttpStatusCode.OK, "{}"), _time, NullLogger<ReadReceiptSender>.Instance), Stand.Meter(), _time),
            new SendPace(),
            new LaneSignals(),
            _time,
            NullLogger<OutboxSender>.Instance);
        var lease = await LeaseAsync();
        using var ending = new CancellationTokenSource();
        using var watch = new CommandWatch(_sandbox);
        var running = Task.Run(() => sender.RunAsync(lease, ending.Token));
        await Support.Eventually.BeAsync(() => Task.FromResult(watch.Commands.Count(c => c.Sql.Contains("\"OutboundMessages\"")) >= 4));
        await ending.CancelAsync();
        await running.Awaiting(r => r).Should().ThrowAsync<OperationCanceledException>();
        Check(watch, "\"OutboundMessages\"").Should().HaveCountGreaterThanOrEqualTo(4);
    }

    /// <summary>The plans of the commands that name a table; none of them reads a large table from end to end.</summary>
    private static List<string> Check(CommandWatch watch, string part)
    {
        var plans = new List<string>();
        foreach (var command in watch.Commands.Where(c => c.Sql.Contains(part, StringComparison.Ordinal) && !c.Sql.EndsWith("WHERE 0", StringComparison.Ordinal)))
        {
            var plan = string.Join("; ", watch.Plan(command));
            foreach (var alias in Large.SelectMany(t => Aliases(command.Sql, t)))
            {
                $"{plan};".Should().NotContainAny([$"SCAN {alias} ", $"SCAN {alias};"], command.Sql);

                // A whole workspace is as much as a whole table.
                System.Text.RegularExpressions.Regex.IsMatch(plan, $@"SEARCH {alias} USING [^(]*\(WorkspaceId=\?\)", default, TimeSpan.FromSeconds(1))
                    .Should().BeFalse($"{plan} for {command.Sql}");
            }

            plans.Add(plan);
        }

        return plans;
    }

    private static IEnumerable<string> Aliases(string sql, string table) =>
        System.Text.RegularExpressions.Regex.Matches(sql, $"\"{table}\" AS \"(\\w+)\"", default, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups[1].Value).Append(table);

    private async Task<LaneLease> LeaseAsync() =>
        (await new LaneKeeper(_sandbox.Database, _time).TakeFreeAsync(CancellationToken.None)).Single();

    private Task DeliverAsync() => _sandbox.Database.WriteAsync(
        _shop.Workspace,
        async db =>
        {
            var key = Guid.NewGuid();
            var body = SqlServer.DatabaseBodies.EveryKind.Replace("WabaId", "waba-shop", StringComparison.Ordinal)
                .Replace("PhoneNumberId", "number-shop", StringComparison.Ordinal);
            db.Add(new WebhookDelivery
            {
                WorkspaceId = _shop.Workspace,
                MetaAppId = _shop.MetaAppId,
                BodyKey = key,
                Body = Stand.Protector.Protect(Encoding.UTF8.GetBytes(body), WebhookDelivery.BodyContext(key)),
                ReceivedAt = Stand.Noon,
                State = WebhookDeliveryState.Pending,
            });
            await db.SaveChangesAsync();
        },
        CancellationToken.None);

    private async Task ProcessAsync()
    {
        var lanes = new LaneSignals();
        var processor = new WebhookProcessor(
            _sandbox.Database, Stand.Journal(_sandbox.Database, lanes, _time), Stand.Protector, new SharedRows(_sandbox.Database), Stand.Broadcaster(), lanes, new Weflux.Web.Media.Fetching.MediaSignals(), new Weflux.Web.Templates.TemplateSignals(), _time, NullLogger<WebhookProcessor>.Instance);
        using var ending = new CancellationTokenSource();
        var lease = await LeaseAsync();
        var running = Task.Run(() => processor.RunAsync(lease, ending.Token));
        await Support.Eventually.BeAsync(() => Task.FromResult(_sandbox.Scalar("SELECT COUNT(*) FROM \"WebhookDeliveries\" WHERE \"State\" = 1") == 0));
        await ending.CancelAsync();
        await running.Awaiting(r => r).Should().ThrowAsync<OperationCanceledException>();
    }
}
