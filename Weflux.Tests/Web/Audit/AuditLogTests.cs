using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Api.Keys;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Tests.Web.Audit;

public sealed class AuditLogTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private WefluxHost Host => shared.Host;

    [Fact]
    public async Task What_is_done_and_by_whom_and_from_where_is_on_record_without_the_secret_of_it()
    {
        var admin = (await Host.ActorAsync("admin@demo.test")) with { From = "203.0.113.7" };
        var issued = await Host.Services.GetRequiredService<IssueApiKey>().ExecuteAsync(admin, "Reports", [ApiScopes.ReadMessages], null);
        await Host.Services.GetRequiredService<RevokeApiKey>().ExecuteAsync(admin, issued!.Id);

        var entries = await EntriesAsync();
        entries.Select(e => e.Action).TakeLast(2).Should().Equal(AuditActions.ApiKeyIssued, AuditActions.ApiKeyRevoked);
        var made = entries[^2];
        made.UserId.Should().Be(admin.User);
        var details = JsonSerializer.Deserialize<AuditDetails>(made.Details!, JsonColumns.Options)!;
        details.Actor.Should().Be(admin.Name);
        details.From.Should().Be("203.0.113.7");
        details.Subject.Should().Be("Reports");
        details.After.Should().Contain("Scopes", ApiScopes.ReadMessages);
        made.Details.Should().NotContain(issued.Key);
    }

    [Fact]
    public async Task Entries_are_numbered_without_a_gap_and_each_follows_the_one_before()
    {
        var admin = await Host.ActorAsync("admin@demo.test");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Host.Services.GetRequiredService<IssueApiKey>().ExecuteAsync(admin, $"Key {i}", ["*"], null)));

        var entries = await EntriesAsync();
        entries.Select(e => e.Number).Should().Equal(Enumerable.Range(1, entries.Count).Select(n => (long)n));
        var keys = await Host.ReadAsync(db => Host.Services.GetRequiredService<SealKeys>().AllAsync(db, CancellationToken.None));
        var before = AuditChain.Beginning;
        foreach (var entry in entries)
        {
            entry.DetailsDigest.Should().Equal(AuditChain.Digest(entry.Details!));
            entry.Hash.Should().Equal(AuditChain.Seal(keys[entry.SealKeyId]!, before, entry));
            before = entry.Hash;
        }
    }

    [Fact]
    public async Task An_action_that_fails_is_not_on_record()
    {
        var admin = await Host.ActorAsync("admin@demo.test");
        var count = (await EntriesAsync()).Count;
        var database = Host.Services.GetRequiredService<WefluxDatabase>();
        var log = Host.Services.GetRequiredService<AuditLog>();

        await database.Invoking(d => d.WriteAsync<bool>(
            admin.Workspace,
            async db =>
            {
                await log.AddAsync(db, admin, AuditActions.ApiKeyRevoked, AuditFacts.Gone("Key"), CancellationToken.None);
                throw new InvalidOperationException("It did not go well.");
            },
            CancellationToken.None)).Should().ThrowAsync<InvalidOperationException>();

        (await EntriesAsync()).Should().HaveCount(count);
    }

    [Fact]
    public void Facts_of_a_change_leave_out_what_stayed_as_it_was()
    {
        var facts = AuditFacts.Changed("Sana", ("Role", "Agent", "Manager"), ("Name", "Sana", "Sana"));
        facts.Before.Should().Equal(new Dictionary<string, string?> { ["Role"] = "Agent" });
        facts.After.Should().Equal(new Dictionary<string, string?> { ["Role"] = "Manager" });
    }

    [Fact]
    public void Every_action_has_its_sentence() =>
        typeof(AuditActions).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)
            .Should().BeEquivalentTo(AuditActions.All);

    private Task<List<AuditEntry>> EntriesAsync() => Host.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Number).ToListAsync());
}
