using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Api.Keys;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Operations;

namespace Weflux.Tests.Web.Audit;

/// <summary>Reading, exporting and verifying what is on record.</summary>
public sealed class AuditScreenTests : IAsyncLifetime
{
    private WefluxHost _host = null!;
    private Actor _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _admin = await _host.ActorAsync("admin@demo.test");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_newest_come_first_and_pages_neither_repeat_nor_skip()
    {
        for (var i = 0; i < (AuditQuery.PageLength * 2) + 5; i++)
        {
            await IssueAsync($"Key {i}");
        }

        var (seen, before) = (new List<long>(), (long?)null);
        do
        {
            var page = (await The<AuditQuery>().GetAsync(_admin, new AuditFilter(), before))!;
            seen.AddRange(page.Lines.Select(l => l.Number));
            before = page.Next;
        }
        while (before is not null);

        seen.Should().Equal(Enumerable.Range(1, (AuditQuery.PageLength * 2) + 6).Reverse().Select(n => (long)n));
    }

    [Fact]
    public async Task It_is_filtered_by_person_action_day_and_words_of_the_subject()
    {
        await IssueAsync("Reports 100%");
        await IssueAsync("Reports [old]");
        await IssueAsync("Élan_vital \"quoted\"");
        await The<RevokeApiKey>().ExecuteAsync(_admin, new ApiKeyId(await _host.ReadAsync(db => db.Set<ApiKey>().MaxAsync(k => k.Id))));
        (await FindAsync(new AuditFilter(Search: "reports"))).Should().Equal("Reports [old]", "Reports 100%");
        (await FindAsync(new AuditFilter(Search: "100%"))).Should().Equal("Reports 100%");
        (await FindAsync(new AuditFilter(Search: "[old]"))).Should().Equal("Reports [old]");
        (await FindAsync(new AuditFilter(Search: "\"quoted\""))).Should().HaveCount(2);
        (await FindAsync(new AuditFilter(Search: "messages:read"))).Should().BeEmpty("that stands in the facts and not in the subject");
        (await FindAsync(new AuditFilter(Action: AuditActions.ApiKeyRevoked))).Should().HaveCount(1);
        (await FindAsync(new AuditFilter(Person: _admin.User))).Should().HaveCount(4);
        (await FindAsync(new AuditFilter(Person: new UserId(999)))).Should().BeEmpty();
        var now = _host.Clock.GetUtcNow();
        (await FindAsync(new AuditFilter(From: now.AddDays(-1), Until: now.AddDays(1)))).Should().HaveCount(5, "the workspace was made as well");
        (await FindAsync(new AuditFilter(Until: now.AddDays(-1)))).Should().BeEmpty();
        (await The<AuditQuery>().PeopleAsync(_admin)).Should().Equal(new AuditPerson(_admin.User, "Priya Nair"), new AuditPerson(default, "Weflux"));
    }

    [Fact]
    public void The_days_of_an_address_are_those_of_the_workspaces_clock_and_the_last_is_whole()
    {
        var filter = AuditAddress.Read(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["from"] = "2026-05-04", ["until"] = "2026-05-04", ["action"] = "no-such", ["person"] = "-1" }, "Asia/Kolkata");
        filter.Should().Be(new AuditFilter(From: new DateTimeOffset(2026, 5, 3, 18, 30, 0, TimeSpan.Zero), Until: new DateTimeOffset(2026, 5, 4, 18, 30, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task As_CSV_nothing_in_it_is_a_formula()
    {
        await IssueAsync("=HYPERLINK(\"http://evil.example\",\"x\")");
        await IssueAsync(" +1, \"two\"");
        await IssueAsync("@SUM(A1)");
        using var admin = await _host.SignInAsync("admin@demo.test");
        using var answer = await admin.GetAsync("/w/demo/settings/audit/export.csv");
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/csv");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        var text = await answer.Content.ReadAsStringAsync();

        text.Should().Contain("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"").And.Contain("\"'+1, \"\"two\"\"\"").And.Contain("\"'@SUM(A1)\"");
        text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(6, "the head, the workspace, three keys, and the export itself");
    }

    [Fact]
    public async Task As_JSON_lines_it_holds_what_the_filter_says()
    {
        await IssueAsync("One");
        await IssueAsync("Two");
        using var admin = await _host.SignInAsync("admin@demo.test");
        var lines = (await admin.GetStringAsync("/w/demo/settings/audit/export.jsonl?q=two")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var entry = JsonDocument.Parse(lines.Should().ContainSingle().Subject).RootElement;
        entry.GetProperty("subject").GetString().Should().Be("Two");
        entry.GetProperty("hash").GetString().Should().HaveLength(64);
        (await FindAsync(new AuditFilter(Action: AuditActions.AuditExported))).Should().ContainSingle();
        (await admin.GetAsync("/w/demo/settings/audit/export.xml")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET Details = replace(Details, 'Key 2', 'Key X') WHERE WorkspaceId = 1 AND Number = 3", 3, "its details were changed")]
    [InlineData("UPDATE AuditEntries SET Details = NULL WHERE WorkspaceId = 1 AND Number = 3", 3, "its details were taken out")]
    [InlineData("UPDATE AuditEntries SET UserId = 999 WHERE WorkspaceId = 1 AND Number = 4", 4, "it does not follow the entry before it")]
    [InlineData("UPDATE AuditEntries SET At = At + 10000000 WHERE WorkspaceId = 1 AND Number = 2", 2, "it does not follow the entry before it")]
    [InlineData("DELETE FROM AuditEntries WHERE WorkspaceId = 1 AND Number = 3", 3, "it is missing")]
    [InlineData("DELETE FROM AuditEntries WHERE WorkspaceId = 1 AND Number = 1", 1, "it is missing")]
    public async Task The_first_entry_that_somebody_changed_in_the_database_is_named(string sql, long number, string why)
    {
        await IssueFourAsync();
        (await The<AuditCheck>().ExecuteAsync(_admin))!.ToString().Should().Be("All 5 entries are as they were written.");
        await TamperAsync(sql);

        var verdict = (await The<AuditCheck>().ExecuteAsync(_admin))!;
        (verdict.BrokenAt, verdict.Why, verdict.Sound).Should().Be((number, why, number - 1));
        var (code, output) = await VerifyAsync();
        code.Should().Be(1);
        output.Should().Contain($"demo: Entry {number} is broken: {why}.").And.Contain("demo-two: The one entry is as it was written.");
        (await VerifyAsync("demo-two")).Code.Should().Be(0);
        (await VerifyAsync("nowhere")).Should().Be((1, "nowhere: There is no such workspace." + Environment.NewLine));
    }

    [Fact]
    public async Task A_log_that_was_emptied_is_broken_and_stays_so_when_something_is_done_after()
    {
        await IssueFourAsync();
        await TamperAsync("DELETE FROM AuditEntries WHERE WorkspaceId = 1", rows: 5);

        (await The<AuditCheck>().ExecuteAsync(_admin))!.ToString().Should().Be("Entry 1 is broken: it is missing.");
        (await The<AuditCheck>().ExecuteAsync(_admin))!.ToString().Should().Be("Entry 1 is broken: it is missing.", "that of the check itself is not the one that was there");
    }

    [Fact]
    public async Task Whoever_writes_to_the_database_alone_cannot_make_a_chain_that_fits()
    {
        await IssueFourAsync();

        // The whole chain anew, as its arithmetic stands in the program, only without the key.
        await _host.Services.GetRequiredService<WefluxDatabase>().WriteForSystemAsync(
            async db =>
            {
                var entries = await db.Set<AuditEntry>().AcrossWorkspaces().AsNoTracking().Where(e => e.WorkspaceId == _admin.Workspace).OrderBy(e => e.Number).ToListAsync();
                var before = AuditChain.Beginning;
                foreach (var entry in entries)
                {
                    var details = entry.Details!.Replace("Key 2", "Key X", StringComparison.Ordinal);
                    var forged = AuditEntry.After((entry.SealKeyId, new byte[32]), before, entry.Number, entry.At, _admin, entry.Action, details);
                    before = forged.Hash;
                    await db.Database.ExecuteSqlAsync(
                        $"UPDATE AuditEntries SET Details = {forged.Details}, DetailsDigest = {forged.DetailsDigest}, Hash = {forged.Hash}, UserId = {_admin.User.Value} WHERE Id = {entry.Id}");
                }
            },
            CancellationToken.None);

        (await The<AuditCheck>().ExecuteAsync(_admin))!.ToString().Should().Be("Entry 1 is broken: it does not follow the entry before it.");
    }

    [Fact]
    public async Task Entries_cut_off_at_the_end_show_against_a_hash_that_was_kept_elsewhere()
    {
        await IssueFourAsync();
        var kept = (await The<AuditCheck>().ExecuteAsync(_admin))!.Keep;
        (await VerifyAsync("demo", "--expect", kept)).Code.Should().Be(0);
        await IssueFourAsync();
        (await VerifyAsync("demo", "--expect", kept)).Code.Should().Be(0, "what came later changes nothing of it");

        await TamperAsync("DELETE FROM AuditEntries WHERE WorkspaceId = 1 AND Number > 4", rows: 6);

        (await VerifyAsync("demo")).Code.Should().Be(0, "the chain alone cannot show it");
        var (code, output) = await VerifyAsync("demo", "--expect", kept);
        code.Should().Be(1);
        output.Should().StartWith("demo: Entry 5 is broken: it is missing.");
        await IssueFourAsync();
        (await VerifyAsync("demo", "--expect", kept)).Output.Should().StartWith("demo: Entry 5 is broken: its hash is not the one that was kept.");
    }

    [Theory]
    [InlineData("--expect", "1:00")]
    [InlineData("demo", "--expect")]
    [InlineData("demo", "--expect", "1")]
    [InlineData("demo", "demo-two", "--expect", "1:0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task An_expectation_that_makes_no_sense_says_how_to_type_it(params string[] arguments)
    {
        var (code, output) = await VerifyAsync(arguments);

        code.Should().Be(2);
        output.Should().StartWith("Type one slug before --expect");
    }

    [Fact]
    public async Task When_the_key_of_the_seals_is_lost_people_still_act_and_the_old_entries_are_named()
    {
        await IssueFourAsync();
        await TamperAsync("UPDATE SealKeys SET Secret = zeroblob(80)");

        await IssueAsync("After");

        (await FindAsync(new AuditFilter(Search: "After"))).Should().ContainSingle();
        (await The<AuditCheck>().ExecuteAsync(_admin))!.ToString().Should().Be("Entry 1 is broken: its seal cannot be checked, because the key that sealed it cannot be decrypted.");
    }

    [Fact]
    public async Task The_context_refuses_to_change_or_delete_an_entry_in_every_way_there_is()
    {
        await IssueAsync("Key");
        await Refused(async db => db.Remove(await db.Set<AuditEntry>().FirstAsync()));
        await Refused(async db => db.Entry(await db.Set<AuditEntry>().FirstAsync()).Property(e => e.Action).CurrentValue = "other");
        await Refused(async db => db.Entry(await db.Set<AuditEntry>().FirstAsync()).Property(e => e.Details).CurrentValue = "{}");
        await _host.Invoking(h => h.ReadAsync(db => db.Set<AuditEntry>().ExecuteDeleteAsync())).Should().ThrowAsync<InvalidOperationException>().WithMessage("*written once*");
        await _host.Invoking(h => h.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Number > 0).ExecuteUpdateAsync(set => set.SetProperty(e => e.Action, "other"))))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*written once*");
        (await FindAsync(new AuditFilter())).Should().Equal("Key", "Chai & Co.");

        Task Refused(Func<WefluxDbContext, Task> change) => _host.Invoking(h => h.ReadAsync(async db =>
        {
            await change(db);
            return await db.SaveChangesAsync();
        })).Should().ThrowAsync<InvalidOperationException>().WithMessage("*written once*");
    }

    [Fact]
    public async Task Who_is_no_Admin_reads_exports_and_verifies_nothing()
    {
        var manager = await _host.ActorAsync("manager@demo.test");
        (await The<AuditQuery>().GetAsync(manager, new AuditFilter(), null)).Should().BeNull();
        (await The<AuditCheck>().ExecuteAsync(manager)).Should().BeNull();
        (await The<AuditExport>().ExecuteAsync(manager, new AuditFilter(), AuditFormat.Csv)).Should().BeNull();
    }

    private Task IssueAsync(string name) => The<IssueApiKey>().ExecuteAsync(_admin, name, [ApiScopes.ReadMessages], null);

    private async Task<IEnumerable<string>> FindAsync(AuditFilter filter) =>
        (await The<AuditQuery>().GetAsync(_admin, filter, null))!.Lines.Select(l => l.Subject);

    private async Task IssueFourAsync()
    {
        for (var i = 1; i <= 4; i++)
        {
            await IssueAsync($"Key {i}");
        }
    }

    private async Task<(int Code, string Output)> VerifyAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await _host.Services.GetServices<ICommand>().Single(c => c.Name == "verify-audit").RunAsync(arguments, output, default);
        return (code, output.ToString());
    }

    private async Task TamperAsync(string sql, int rows = 1)
    {
        await using var connection = new SqliteConnection(The<WefluxDatabase>().ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand above.
        command.CommandText = sql;
#pragma warning restore CA2100
        (await command.ExecuteNonQueryAsync()).Should().Be(rows);
    }

    private T The<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
