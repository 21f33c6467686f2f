using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Inbox.Search;

namespace Weflux.Tests.Web.Inbox.Search;

/// <summary>The index is asked first and newest first, and what it names follows by its key: nothing is sorted, and no table is gone through.</summary>
public sealed class SearchPlanTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon);
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        for (var i = 0; i < 40; i++)
        {
            await _sandbox.MeetAsync(_shop, $"1555000{i:0000}", "Asha Verma", i % 3 == 0 ? _shop.Asha : null, words: "Where is my order?");
        }
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<Role, AgentVisibility, bool> Readers => new()
    {
        { Role.Manager, AgentVisibility.Own, false }, { Role.Agent, AgentVisibility.Own, false }, { Role.Agent, AgentVisibility.OwnAndUnassigned, false }, { Role.Agent, AgentVisibility.All, false },
        { Role.Manager, AgentVisibility.Own, true }, { Role.Agent, AgentVisibility.Own, true }, { Role.Agent, AgentVisibility.OwnAndUnassigned, true }, { Role.Agent, AgentVisibility.All, true },
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Nothing_is_sorted_and_no_table_is_gone_through(Role role, AgentVisibility visibility, bool isAnalyzed)
    {
        if (isAnalyzed)
        {
            _sandbox.Execute("ANALYZE;");
        }

        var actor = Stand.Actor(_shop.Workspace, _shop.Asha, role, visibility);
        var query = new SearchQuery(_sandbox.Database, _time);
        using var watch = new CommandWatch(_sandbox);
        foreach (var wish in new[]
        {
            new SearchWish { Text = "order" }, new SearchWish { Text = "order ash" }, new SearchWish { Text = "order", Direction = MessageDirection.In, From = new DateOnly(2026, 5, 1), AuthorId = 1 },
            new SearchWish { Text = "order", ConnectionId = _shop.ConnectionId },
        })
        {
            (await query.FindAsync(actor, wish)).Should().NotBeNull();
            await query.MoreAsync(actor, wish, SearchKind.Messages, new SearchCursor(20));
        }

        var asked = watch.Commands.Where(c => c.Sql.Contains(" MATCH ", StringComparison.Ordinal)).Select(c => string.Join("; ", watch.Plan(c))).ToList();
        asked.Should().NotBeEmpty().And.OnlyContain(p => Regex.IsMatch(p, @"^SCAN \w+Search VIRTUAL TABLE INDEX \d+:M\d", RegexOptions.None, TimeSpan.FromSeconds(1)) && !p.Contains("TEMP B-TREE"));
        foreach (var command in watch.Commands.Where(c => !c.Sql.Contains("\"WorkspaceCounters\"") && Regex.IsMatch(c.Sql, "\"(Messages|Conversations|Contacts|Notes|ContactNotes|ContactWords)\"", default, TimeSpan.FromSeconds(1))))
        {
            var plan = string.Join("; ", watch.Plan(command));
            foreach (var alias in Regex.Matches(command.Sql, "\"(?:Messages|Conversations|Contacts|Notes|ContactNotes|ContactWords)\" AS \"(\\w+)\"", default, TimeSpan.FromSeconds(1)).Select(m => m.Groups[1].Value))
            {
                $"{plan};".Should().NotContainAny([$"SCAN {alias} ", $"SCAN {alias};"], command.Sql);
            }

            // Where the numbers lead, a whole workspace is as much as a whole table.
            if (command.Sql.Contains("json_each", StringComparison.Ordinal))
            {
                Regex.IsMatch(plan, @"SEARCH \w+ USING [^(]*\(WorkspaceId=\?\)", default, TimeSpan.FromSeconds(1)).Should().BeFalse($"{plan} for {command.Sql}");
            }
        }
    }

    [Fact]
    public async Task A_reader_of_few_conversations_asks_the_index_about_those_alone()
    {
        using var watch = new CommandWatch(_sandbox);
        await new SearchQuery(_sandbox.Database, _time).FindAsync(Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent, AgentVisibility.Own), new SearchWish { Text = "order", Kind = SearchKind.Messages });
        var match = watch.Commands.Single(c => c.Sql.Contains(" MATCH ", StringComparison.Ordinal)).Parameters.Select(p => p.Value).OfType<string>().Single();
        Regex.Count(match, " OR ", default, TimeSpan.FromSeconds(1)).Should().Be(13, "14 conversations are Asha's");
    }
}
