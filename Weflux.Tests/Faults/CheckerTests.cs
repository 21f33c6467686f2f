using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Sending;

namespace Weflux.Tests.Faults;

/// <summary>A checker that finds nothing proves nothing until it was seen to find something: books that are made to disagree.</summary>
public sealed class CheckerTests : IAsyncLifetime
{
    private const string Answer = "answer 1";
    private GraphStub _graph = null!;
    private WefluxHost _host = null!;
    private Load _load = null!;
    private Evidence _evidence = null!;
    private long _conversation;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphStub.StartAsync();
        _host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString());
        _evidence = new Evidence(Path.Combine(_host.DataDirectory, "weflux.db"));
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        _load = new Load(_host.Address, seed: 1);
        (await _load.PostAsync(messages: 1, new Random(1))).Should().BeTrue();
        await _host.SettledAsync();
        _conversation = (await _host.ConversationsAsync()).Single().Id;
        await _host.Services.GetRequiredService<SendReply>().ExecuteAsync(
            await _host.ActorAsync("manager@demo.test"), _conversation, new TextContent(Answer), Guid.NewGuid());
        await Eventually.BeAsync(async () => (await _host.MessagesAsync()).Exists(m => m.Status == DeliveryStatus.Sent));
        await Eventually.BeAsync(() => Task.FromResult(_evidence.Outbox() == 0));
    }

    public async ValueTask DisposeAsync()
    {
        _load.Dispose();
        await _host.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public void Books_that_agree_show_no_violation() => Found(Ledger()).Should().BeEmpty();

    [Fact]
    public void What_was_acknowledged_and_is_not_stored_is_found()
    {
        _load.Acknowledged["wamid.in.77"] = Load.PhoneOf(1);

        Found(Ledger()).Should().ContainSingle().Which.Should().Contain("wamid.in.77").And.Contain("lost");
    }

    [Fact]
    public void A_message_under_another_contact_is_found()
    {
        _load.Acknowledged["wamid.in.1"] = "919399999999";

        Found(Ledger()).Should().ContainSingle().Which.Should().Contain("filed under");
    }

    [Fact]
    public void A_second_post_after_one_that_was_not_certainly_refused_for_the_moment_is_found()
    {
        string[] firsts =
        [
            """{ "wamid": "wamid.other", "status": 200 }""",
            """{ "status": null, "fault": "reset" }""",
            """{ "status": 502, "fault": "server_error" }""",
            """{ "status": 400, "error_code": 131026 }""",
            """{ "status": 500, "error_code": 130429, "wamid": "wamid.other" }""",
        ];
        foreach (var first in firsts)
        {
            var found = Found([Entry(1, JsonNode.Parse(first)!.AsObject(), Guid.NewGuid().ToString("N")), .. Ledger(sequence: 2)]);

            found.Should().Contain(f => f.Contains($"'{Answer}' was posted again", StringComparison.Ordinal), first);
        }
    }

    [Fact]
    public async Task Rows_that_tell_otherwise_than_the_ledger_are_found()
    {
        var ledger = Ledger();

        await FoundAfterAsync(
            () => Task.FromResult(Found(ledger)),
            ("""UPDATE "SendAttempts" SET "Outcome" = 3""", "is RetryLater in the database"),
            ("""UPDATE "SendAttempts" SET "Outcome" = 2""", "is Rejected in the database"),
            ("""UPDATE "SendAttempts" SET "Outcome" = 4""", "is NotSent in the database"),
            ("""UPDATE "Messages" SET "Status" = 5 WHERE "Direction" = 2""", "is shown as Failed"),
            ("""UPDATE "Messages" SET "Status" = 2 WHERE "Direction" = 2""", "for ever"),
            ("""UPDATE "Messages" SET "WhatsAppId" = 'wamid.x' WHERE "Direction" = 2""", "with the id wamid.x"),
            ("""UPDATE "WebhookDeliveries" SET "State" = 3""", "are parked"),
            ("""DELETE FROM "SendAttempts" """, "was posted before it was committed"),
            ("""UPDATE "Messages" SET "ConversationId" = 999999 WHERE "Direction" = 2""", "foreign key"));
    }

    [Fact]
    public async Task A_page_that_shows_other_than_the_database_is_found()
    {
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        var thread = await BrowserScreen.OpenAsync(await chromium.NewContextAsync(_host.Address), "Daniel Okafor", _conversation);
        var list = await BrowserScreen.OpenAsync(await chromium.NewContextAsync(_host.Address), "Priya Nair");
        await Eventually.SeeAsync(() => thread.DifferencesAsync(_evidence), differences => differences.Count == 0);
        await Eventually.SeeAsync(() => list.DifferencesAsync(_evidence), differences => differences.Count == 0);

        // Without a hint and past the counter, so that no screen may know.
        await FoundAfterAsync(
            () => thread.DifferencesAsync(_evidence),
            ("""UPDATE "Messages" SET "SaidAt" = "SaidAt" + 36000000000 WHERE "Direction" = 1""", "the order differs"),
            ("""UPDATE "Messages" SET "Status" = 5 WHERE "Direction" = 2""", "| failed |"),
            ("""UPDATE "Messages" SET "WhatsAppId" = 'wamid.x' WHERE "Direction" = 1""", "wamid.x"));
        await FoundAfterAsync(
            () => list.DifferencesAsync(_evidence),
            ("""UPDATE "Conversations" SET "LastWhatsAppId" = 'wamid.y'""", "wamid.y"),
            ("""UPDATE "Conversations" SET "NeedsReply" = 1""", "| true |"),
            ("""UPDATE "Conversations" SET "InboundCount" = 77""", "| 77 |"),
            ("""UPDATE "Conversations" SET "LastLine" = 'else'""", "| else |"),
            ("""UPDATE "Conversations" SET "LastStatus" = 7""", "| Read"));
    }

    private async Task FoundAfterAsync(Func<Task<IReadOnlyList<string>>> look, params (string Sql, string Expected)[] changes)
    {
        foreach (var (sql, expected) in changes)
        {
            (await look()).Should().NotContain(f => f.Contains(expected, StringComparison.Ordinal), sql);

            await ChangeAsync(sql);

            (await look()).Should().Contain(f => f.Contains(expected, StringComparison.Ordinal), sql);
        }
    }

    private static JsonElement Entry(long sequence, JsonObject entry, string attempt)
    {
        entry["sequence"] = sequence;
        entry["attempt"] = attempt;
        entry["body"] = new JsonObject { ["text"] = new JsonObject { ["body"] = Answer } };
        return JsonSerializer.SerializeToElement(entry);
    }

    /// <summary>What an honest simulator would have written down.</summary>
    private IReadOnlyList<JsonElement> Ledger(long sequence = 1) =>
        [Entry(sequence, new JsonObject { ["wamid"] = _evidence.Answers().Single().WhatsAppId, ["status"] = 200 }, _evidence.Attempts().Keys.Single())];

    private IReadOnlyList<string> Found(IReadOnlyList<JsonElement> ledger) =>
        [.. Checker.Violations(_evidence, _load, [Answer], ledger), .. Checker.Unsettled(_evidence), .. Checker.Untruths(_evidence, ledger)];

    private async Task ChangeAsync(string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(_host.DataDirectory, "weflux.db"),
            Pooling = false,
            ForeignKeys = false,
            DefaultTimeout = 60,
        }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
