using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Inbox.Views;

/// <summary>Each view is read in order from an index made for it, counted without touching a row, and bounded whatever is asked for.</summary>
public sealed partial class ViewPlanTests : IAsyncLifetime
{
    private const int Many = 1_500;
    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon.AddMinutes(1));
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        var id = await _sandbox.MeetAsync(_shop, "15550001000", at: Stand.Noon);
        var contact = _sandbox.Scalar($"""SELECT "ContactId" FROM "Conversations" WHERE "Id" = {id}""");

        var columns = string.Join(", ", Columns("Conversations").Where(c => c is not ("Id" or "ContactId" or "AssigneeId" or "TeamId" or "LastActivityAt" or "State" or "SnoozedUntil")).Select(c => $"\"{c}\""));
        var people = string.Join(", ", Columns("Contacts").Where(c => c != "Id").Select(c => $"\"{c}\""));
        _sandbox.Execute($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many})
            INSERT INTO "Contacts" ("Id", {people}) SELECT 1000 + i, {people} FROM n, "Contacts" WHERE "Contacts"."Id" = {contact};
            INSERT INTO "Labels" ("Id", "WorkspaceId", "Name", "NameKey", "Color") VALUES (1, {_shop.Workspace}, 'VIP', 'VIP', 1);
            """);
        _sandbox.Execute($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many})
            INSERT INTO "Conversations" ("Id", "ContactId", "AssigneeId", "TeamId", "LastActivityAt", "State", "SnoozedUntil", {columns})
            SELECT 1000 + i, 1000 + i, CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN {_shop.Asha} ELSE {_shop.Ravi} END, NULLIF(i % 4, 3), {Stand.Noon.UtcTicks} - i,
                1 + (i % 11 = 0) + (i % 13 = 0 AND i % 11 = 0), CASE WHEN i % 11 = 0 AND i % 13 <> 0 THEN {Stand.Noon.AddHours(3).UtcTicks} + i END, {columns}
            FROM n, "Conversations" WHERE "Conversations"."Id" = {id};
            INSERT INTO "ConversationLabels" ("WorkspaceId", "ConversationId", "LabelId") SELECT "WorkspaceId", "Id", 1 FROM "Conversations" WHERE "Id" > 1000;
            """);
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<ViewKind, string> Indexes => new()
    {
        { ViewKind.All, "State_NeedsReply_LastActivityAt" },
        { ViewKind.Mine, "State_NeedsReply_LastActivityAt" },
        { ViewKind.Unassigned, "State_NeedsReply_LastActivityAt" },
        { ViewKind.NeedsReply, "State_WaitingSince" },
        { ViewKind.Snoozed, "SnoozedUntil_Id" },
        { ViewKind.Closed, "State_LastActivityAt" },
        { ViewKind.ClosingSoon, "State_NeedsReply_LastCustomerActAt" },
    };

    [Theory]
    [MemberData(nameof(Indexes))]
    public async Task A_page_of_each_view_is_read_in_order_from_an_index_made_for_it(ViewKind kind, string order)
    {
        foreach (var isAnalyzed in new[] { false, true })
        {
            if (isAnalyzed)
            {
                _sandbox.Execute("ANALYZE;");
            }

            foreach (var actor in Readers())
            {
                foreach (var (cursor, direction) in Places())
                {
                    var reads = await ReadsAsync(actor, new InboxView { Kind = kind }, cursor, direction);
                    reads.Where(r => IsJoined(r.Plan) && !LedByOwn().IsMatch(r.Plan)).Should().BeEmpty("the few in which one takes part are looked up and sorted");
                    reads = reads.FindAll(r => !IsJoined(r.Plan));
                    (reads.Count > 0).Should().Be(kind != ViewKind.Unassigned || actor.SeesUnassigned);
                    reads.Where(r => !r.Plan.StartsWith("SEARCH c USING INDEX IX_Conversations_WorkspaceId_", StringComparison.Ordinal)).Should().BeEmpty();

                    // What somebody is asked to take over is little: its own index holds nothing else, and it may be sorted.
                    var (asked, others) = (reads.FindAll(r => IsOfAsked(r.Plan)), reads.FindAll(r => !IsOfAsked(r.Plan)));
                    (asked.Count > 0).Should().Be(MustAsk(actor, kind));
                    others.Where(r => r.Plan.Contains("TEMP B-TREE")).Should().BeEmpty();

                    // With statistics the planner may know a better one for a few rows.
                    others.Where(r => !isAnalyzed && !r.Plan.Contains(IndexFor(r.Condition, kind, order))).Should().BeEmpty("{0} of {1} at {2}", kind, actor.Role, cursor);
                }
            }
        }
    }

    [Fact]
    public async Task Where_one_takes_part_is_led_to_by_ones_own_rows_and_by_nothing_else()
    {
        foreach (var isAnalyzed in new[] { false, true })
        {
            foreach (var actor in Readers())
            {
                foreach (var (cursor, direction) in Places())
                {
                    foreach (var filter in new[] { ViewFilter.None, new ViewFilter { AssigneeId = 3 } })
                    {
                        (await PlansAsync(actor, new InboxView { Kind = ViewKind.TakingPart, Filter = filter }, cursor, direction)).Should().NotBeEmpty().And.OnlyContain(p => LedByOwn().IsMatch(p));
                    }
                }
            }

            if (!isAnalyzed)
            {
                _sandbox.Execute("ANALYZE;");
            }
        }
    }

    [Fact]
    public async Task Mentions_of_the_reader_lead_and_everything_else_follows_by_its_key()
    {
        foreach (var actor in Readers())
        {
            foreach (var (cursor, direction) in Places())
            {
                var plans = await PlansAsync(actor, new InboxView { Kind = ViewKind.Mentions }, cursor, direction);
                plans.Should().NotBeEmpty().And.OnlyContain(p => p.StartsWith("SEARCH n USING", StringComparison.Ordinal)
                    && p.Contains("IX_NoteMentions_WorkspaceId_UserId_IsSeen_NoteId") && !p.Contains("TEMP B-TREE FOR ORDER BY"));
            }
        }
    }

    [Fact]
    public async Task What_fits_many_is_walked_to_along_the_order_and_what_fits_few_leads()
    {
        foreach (var actor in Readers())
        {
            (await PlansAsync(actor, InboxView.Newest with { Filter = new ViewFilter { LabelId = 1 } }, null, PageDirection.After))
                .Should().OnlyContain(p => IsJoined(p) ? LedByOwn().IsMatch(p) : !p.Contains("TEMP B-TREE FOR ORDER BY"));
        }

        _sandbox.Execute("""DELETE FROM "ConversationLabels" WHERE "ConversationId" > 1010;""");
        (await PlansAsync(Readers()[0], InboxView.Newest with { Filter = new ViewFilter { LabelId = 1 } }, null, PageDirection.After))
            .Should().OnlyContain(p => !Regex.IsMatch(p, @"SEARCH c USING [^(]*\(WorkspaceId=\?\)", default, TimeSpan.FromSeconds(1)) && p.Contains("SEARCH c0 USING INTEGER PRIMARY KEY"));
    }

    [Fact]
    public async Task Failures_lead_to_their_conversations()
    {
        var failed = new InboxView { Kind = ViewKind.Failed };
        foreach (var actor in Readers())
        {
            (await PlansAsync(actor, failed, null, PageDirection.After)).Should().NotBeEmpty().And.OnlyContain(p =>
                p.Contains("IX_SendTroubles_WorkspaceId_ConversationId_MessageId") && Regex.IsMatch(p, @"SEARCH c\d* USING INTEGER PRIMARY KEY", default, TimeSpan.FromSeconds(1)));
        }
    }

    [Fact]
    public async Task Counts_are_read_in_indexes_without_touching_a_row_and_come_in_one_question()
    {
        foreach (var actor in Readers())
        {
            using var watch = new CommandWatch(_sandbox);
            (await new ViewCountsQuery(_sandbox.Database, _time).GetAsync(actor))!.All.Should().BePositive();
            var command = watch.Commands.Should().ContainSingle().Subject;
            var plan = watch.Plan(command);
            var parts = plan.Where(p => p.StartsWith("CO-ROUTINE ", StringComparison.Ordinal)).Select(p => p["CO-ROUTINE ".Length..]).ToList();
            plan.Where(p => p.StartsWith("SCAN ", StringComparison.Ordinal) && !parts.Contains(p["SCAN ".Length..]))
                .Where(_ => actor.SeesUnassigned) // What nobody may see is asked for by WHERE 0, which goes through nothing.
                .Should().BeEmpty("only parts of the question itself are gone through");
            plan.Where(p => p.Contains(" IX_Conversations_", StringComparison.Ordinal)).Should().HaveCountGreaterThan(5)
                .And.OnlyContain(p => p.Contains("USING COVERING INDEX"));
        }
    }

    [Fact]
    public async Task More_than_can_be_counted_is_said_to_be_so()
    {
        var counts = (await new ViewCountsQuery(_sandbox.Database, _time).GetAsync(Readers()[0]))!;
        counts.All.Should().Be(ViewCountsQuery.Most);
        ViewWords.Count(counts.All).Should().Be("999+");
        ViewWords.Count(999).Should().Be("999");
    }

    /// <summary>Not a row of those that are passed over is shown, none that fits is missed, and each page looks no further than it may.</summary>
    [Fact]
    public async Task A_rare_thing_among_many_is_found_by_looking_further_each_time_somebody_wishes_to()
    {
        const int all = (2 * ViewReading.MostLooked) + 500;
        var columns = string.Join(", ", Columns("Conversations").Where(c => c is not ("Id" or "ContactId" or "LastActivityAt" or "InboundCount")).Select(c => $"\"{c}\""));
        var people = string.Join(", ", Columns("Contacts").Where(c => c != "Id").Select(c => $"\"{c}\""));
        _sandbox.Execute($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {all})
            INSERT INTO "Contacts" ("Id", {people}) SELECT 100000 + i, {people} FROM n, "Contacts" WHERE "Contacts"."Id" = 1001;
            """);
        _sandbox.Execute($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {all})
            INSERT INTO "Conversations" ("Id", "ContactId", "LastActivityAt", "InboundCount", {columns})
            SELECT 100000 + i, 100000 + i, {Stand.Noon.UtcTicks} - 5000 - i, CASE WHEN i IN (30000, {all}) THEN 1 ELSE 0 END, {columns} FROM n, "Conversations" WHERE "Conversations"."Id" = 1001;
            UPDATE "Conversations" SET "InboundCount" = 0 WHERE "Id" < 100000;
            """);
        var view = InboxView.Newest with { Filter = new ViewFilter { IsUnread = true } };
        var query = new ConversationListQuery(_sandbox.Database, new SharedRows(_sandbox.Database), _time);
        var window = new ListWindow(view);
        var page = await query.GetAsync(Readers()[0], view, null, PageDirection.After, 30);
        window.Reset(page, null);

        page.Rows.Should().BeEmpty();
        (page.HasMore, window.End, window.IsLost).Should().Be((true, page.End, false));
        window.Append(await query.GetAsync(Readers()[0], view, window.Bottom, PageDirection.After, 30));
        window.Rows.Select(r => r.Id).Should().Equal(130_000);
        window.Append(await query.GetAsync(Readers()[0], view, window.Bottom, PageDirection.After, 30));
        window.Rows.Select(r => r.Id).Should().Equal(130_000, 100_000 + all);
        (window.HasBelow, window.End).Should().Be((false, null));
    }

    private static bool IsJoined(string plan) => plan.StartsWith("SEARCH p", StringComparison.Ordinal) && plan.Contains("Participations", StringComparison.Ordinal);

    [GeneratedRegex(@"^SEARCH p\d* USING (COVERING )?INDEX \S*Participations\S* \(WorkspaceId=\? AND UserId=\?\); SEARCH c\d* USING INTEGER PRIMARY KEY", RegexOptions.None, 1000)]
    private static partial Regex LedByOwn();

    private Actor[] Readers() =>
    [
        Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager),
        Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent, AgentVisibility.Own),
        Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent),
        Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent) with { Teams = TeamSet.Of([1, 2]) },
    ];

    private static bool IsOfAsked(string plan) => plan.Contains("IX_Conversations_WorkspaceId_Asked", StringComparison.Ordinal);

    /// <summary>Whoever sees all sees it among all; what is snoozed or closed is not asked of anybody.</summary>
    private static bool MustAsk(Actor actor, ViewKind kind) => kind == ViewKind.Mine
        || (actor.Role == Role.Agent && kind is ViewKind.All or ViewKind.NeedsReply or ViewKind.ClosingSoon);

    private static IEnumerable<(ListCursor?, PageDirection)> Places() =>
    [
        (null, PageDirection.After),
        (new ListCursor(true, Stand.Noon, 5, 5), PageDirection.After),
        (new ListCursor(false, Stand.Noon, 5, 5), PageDirection.Before),
    ];

    private IEnumerable<string> Columns(string table)
    {
        using var connection = _sandbox.Raw();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.GetString(0);
        }
    }

    private async Task<List<string>> PlansAsync(Actor actor, InboxView view, ListCursor? cursor, PageDirection direction) =>
        (await ReadsAsync(actor, view, cursor, direction)).ConvertAll(r => r.Plan);

    private async Task<List<PlannedRead>> ReadsAsync(Actor actor, InboxView view, ListCursor? cursor, PageDirection direction)
    {
        using var watch = new CommandWatch(_sandbox);
        await new ConversationListQuery(_sandbox.Database, new SharedRows(_sandbox.Database), _time).GetAsync(actor, view, cursor, direction, 5);
        return
        [
            .. watch.Commands.Where(c => c.Sql.Contains("JOIN \"Contacts\"", StringComparison.Ordinal) || c.Sql.Contains("\"Contacts\" AS", StringComparison.Ordinal))
                .Select(c => new PlannedRead(c.Sql[c.Sql.LastIndexOf("WHERE ", StringComparison.Ordinal)..], string.Join("; ", watch.Plan(c)))),
        ];
    }

    /// <summary>The index of whose conversations are asked for, in the order of the view.</summary>
    private static string IndexFor(string condition, ViewKind kind, string order)
    {
        if (!condition.Contains("\"AssigneeId\" ", StringComparison.Ordinal))
        {
            return $"IX_Conversations_WorkspaceId_{order}";
        }

        // What is closed and nobody's of a team is read twice, as what needs a reply and what does not.
        return !condition.Contains("\"TeamId\" ", StringComparison.Ordinal) ? $"IX_Conversations_WorkspaceId_AssigneeId_{order}"
            : kind == ViewKind.Closed ? "IX_Conversations_WorkspaceId_FreeOfTeam_State_NeedsReply_LastActivityAt"
            : $"IX_Conversations_WorkspaceId_FreeOfTeam_{order}";
    }

    private sealed record PlannedRead(string Condition, string Plan);
}
