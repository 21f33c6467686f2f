using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Floor;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Presence;

namespace Weflux.Tests.Web.Floor;

/// <summary>The numbers of the floor are counted in indexes, up to a bound, and read no row.</summary>
public sealed partial class FloorPlanTests : IAsyncLifetime
{
    private const int Many = 1_200;
    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon.AddMinutes(1));
    private Shop _shop = null!;
    private Actor _manager = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        _manager = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager);
        await _sandbox.Database.WriteAsync(
            _shop.Workspace,
            async db =>
            {
                db.Add(new Weflux.Web.Team.Membership { WorkspaceId = _shop.Workspace, UserId = _shop.Asha, Role = Role.Manager, JoinedAt = Stand.Noon });
                db.Add(new Weflux.Web.Team.Membership { WorkspaceId = _shop.Workspace, UserId = _shop.Ravi, Role = Role.Agent, JoinedAt = Stand.Noon, Capacity = 10 });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        var id = await _sandbox.MeetAsync(_shop, "15550001000", assignee: _shop.Ravi, at: Stand.Noon);
        var contact = _sandbox.Scalar($"""SELECT "ContactId" FROM "Conversations" WHERE "Id" = {id}""");
        _sandbox.Execute($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many})
            INSERT INTO "Contacts" ("Id", {Others("Contacts", "Id")}) SELECT 1000 + i, {Others("Contacts", "Id")} FROM n, "Contacts" WHERE "Contacts"."Id" = {contact};
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many})
            INSERT INTO "Conversations" ("Id", "ContactId", {Others("Conversations", "Id", "ContactId")})
            SELECT 1000 + i, 1000 + i, {Others("Conversations", "Id", "ContactId")} FROM n, "Conversations" WHERE "Conversations"."Id" = {id};
            """);
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Desks_are_counted_in_the_index_of_the_holder_and_no_further_than_the_bound()
    {
        using var watch = new CommandWatch(_sandbox);

        var floor = (await Query().GetAsync(_manager))!;

        var ravi = floor.People.Single(p => p.User == _shop.Ravi);
        (ravi.Load.Open, ravi.Waiting).Should().Be((ViewCountsQuery.Most, ViewCountsQuery.Most));
        FloorPlanWords(ravi).Should().Be(("999+ of 10 open", "Over the limit"));
        floor.People.Single(p => p.User == _shop.Asha).Load.Should().Be(new MemberLoad(0, null));

        var count = watch.Commands.Single(c => c.Sql.Contains("\"Memberships\"", StringComparison.Ordinal) && c.Sql.Contains("\"NeedsReply\"", StringComparison.Ordinal));
        var plan = watch.Plan(count).Where(step => step.StartsWith("SEARCH", StringComparison.Ordinal) && step.Contains("Conversations", StringComparison.Ordinal)).ToList();
        plan.Should().HaveCount(2).And.OnlyContain(step => step.Contains("USING COVERING INDEX IX_Conversations_WorkspaceId_AssigneeId_State_", StringComparison.Ordinal));
        count.Sql.Should().Contain("LIMIT");
    }

    [Fact]
    public async Task Nothing_that_the_floor_asks_walks_through_all_conversations()
    {
        using var watch = new CommandWatch(_sandbox);

        await Query().GetAsync(_manager);

        var walks = watch.Commands.Where(c => c.Sql.StartsWith("SELECT", StringComparison.Ordinal)).SelectMany(command =>
        {
            var names = ConversationAliases().Matches(command.Sql).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
            return watch.Plan(command).Where(step => step.Split(' ') is ["SCAN", var alias, ..] && names.Contains(alias));
        });
        walks.Should().BeEmpty();
    }

    [Fact]
    public async Task Who_is_there_is_found_by_member_and_those_who_are_here_in_an_index_of_their_own()
    {
        using var watch = new CommandWatch(_sandbox);
        var pages = new OpenPages(_time);
        using var page = pages.Enter(_manager);
        var query = new PresenceQuery(_sandbox.Database, pages, _time);
        var edits = new PresenceEdits(_sandbox.Database, pages, Stand.Broadcaster(), new PresenceNews(Microsoft.Extensions.Logging.Abstractions.NullLogger<PresenceNews>.Instance), _time);
        using var beat = new PresenceBeat(_sandbox.Database, pages, edits, _time, Microsoft.Extensions.Logging.Abstractions.NullLogger<PresenceBeat>.Instance);

        await beat.BeatAsync(CancellationToken.None);
        (await query.GetAsync(_manager))[_shop.Asha].State.Should().Be(MemberPresence.Available);

        var steps = watch.Commands.Where(c => c.Sql.Contains("\"MemberPresences\"", StringComparison.Ordinal) && !c.Sql.StartsWith("INSERT", StringComparison.Ordinal))
            .SelectMany(watch.Plan).Where(step => step.Contains("SCAN", StringComparison.Ordinal)).ToList();
        steps.Should().NotContain(step => step.Contains("MemberPresences", StringComparison.Ordinal) && !step.Contains("IX_MemberPresences_State", StringComparison.Ordinal));
    }

    private static (string Held, string Room) FloorPlanWords(FloorPerson person) => (FloorWords.Held(person.Load), FloorWords.Room(person.Load));

    [GeneratedRegex("\"Conversations\" AS \"(\\w+)\"")]
    private static partial Regex ConversationAliases();

    private FloorQuery Query()
    {
        var rows = new SharedRows(_sandbox.Database);
        return new FloorQuery(
            _sandbox.Database,
            new ConversationListQuery(_sandbox.Database, rows, _time),
            new ViewCountsQuery(_sandbox.Database, _time),
            new PresenceQuery(_sandbox.Database, new OpenPages(_time), _time));
    }

    private string Others(string table, params string[] without)
    {
        using var connection = _sandbox.Raw();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return string.Join(", ", names.Except(without).Select(n => $"\"{n}\""));
    }
}
