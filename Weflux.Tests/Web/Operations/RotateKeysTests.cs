using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Data.SqlServer;
using Weflux.Tests.Web.Numbers;
using Weflux.Web.Account;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Api.Events;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Mail;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Operations;
using Weflux.Web.Security;
using Weflux.Web.Team.Invitations;

namespace Weflux.Tests.Web.Operations;

public sealed class RotateKeysTests
{
    private static readonly string OldKey = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
    private static readonly string NewKey = Convert.ToBase64String([.. Enumerable.Range(101, 32).Select(i => (byte)i)]);

    [Fact]
    public void Every_column_of_bytes_is_either_walked_through_or_known_to_hold_no_secret()
    {
        using var db = PretendServer.Context("Server=nowhere");
        var columns = db.Model.GetEntityTypes()
            .SelectMany(t => t.GetProperties().Where(p => p.ClrType == typeof(byte[])).Select(p => $"{t.GetTableName()}.{p.GetColumnName()}"))
            .Where(c => !c.EndsWith(".Id", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var known = ProtectedColumn.All.Select(c => $"{c.Table}.{c.Name}").Concat(ProtectedColumn.NotSecret).ToList();

        columns.Except(known, StringComparer.Ordinal).Should().BeEmpty($"each needs a row in {nameof(ProtectedColumn)}, or it is lost when its key goes");
        known.Should().OnlyHaveUniqueItems();
        known.Except(columns, StringComparer.Ordinal).Should().BeEmpty("a row without a column is out of date");
    }

    [Fact]
    public async Task After_a_walk_nothing_needs_the_old_key_and_everything_still_reads()
    {
        await using var world = await NumberWorld.StartAsync(o => Ring(o, "old"));
        var id = await world.ConnectAsync();
        await world.SimulatorAsync($"numbers/{NumberWorld.Number}/facts", new { quality_rating = "RED" });
        await Eventually.BeAsync(async () => await world.ReadAsync(db => db.Set<Weflux.Web.Webhooks.StoredEvent>().AnyAsync()));
        await world.SimulatorAsync($"apps/{PracticeNumbers.AppId}/secret", new { secret = "the-new-secret" });
        (await world.Get<RotateAppSecret>().ExecuteAsync(world.Owner, id, "the-new-secret", SecretOverlap.Week))!.IsDone.Should().BeTrue();
        await world.TokenBecomesAsync("revoked");
        await world.Get<ExamineNumber>().ExecuteAsync(world.Owner, id);
        (await world.ReadAsync(db => db.Set<OutgoingMail>().CountAsync())).Should().BeGreaterThan(0);
        await world.Get<InviteMember>().ExecuteAsync(world.Owner, null, Role.Agent);
        await world.Get<SecondFactors>().PrepareAsync(world.Owner.User, CancellationToken.None);
        await world.Get<WefluxDatabase>().WriteForSystemAsync(
            async db =>
            {
                await world.Get<AccountLinks>().IssueAsync(db, AccountLinkKind.EmailChange, world.Owner.User, "new@example.com", TimeSpan.FromHours(1), CancellationToken.None);
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        await WebhookAsync(world);
        var empty = await EmptyColumnsAsync(world.Host);
        empty.Should().BeEmpty("otherwise this test says nothing of them");

        using var output = new StringWriter();
        (await Rotate(world.Host, Load("new", ("old", OldKey), ("new", NewKey))).RunAsync([], output, CancellationToken.None)).Should().Be(0);

        output.ToString().Should().Contain("Connections.AccessToken: 3 encrypted anew").And.Contain("Done.");
        var alone = new SecretProtector(Load("new", ("new", NewKey)));
        (await UnreadableAsync(world.Host, alone)).Should().BeEmpty("the new key alone reads everything");
        var audits = new AuditCheck(world.Get<WefluxDatabase>(), new SealKeys(alone), world.Get<AuditLog>());
        var demo = await world.Host.ActorAsync("admin@demo.test");
        (await audits.WalkAsync(demo.Workspace, expected: null, CancellationToken.None)).ToString().Should().Be("The one entry is as it was written.");

        using var second = new StringWriter();
        await Rotate(world.Host, Load("new", ("old", OldKey), ("new", NewKey))).RunAsync([], second, CancellationToken.None);
        second.ToString().Should().Contain("Connections.AccessToken: 0 encrypted anew", "what is done is not done again");
    }

    [Fact]
    public async Task What_cannot_be_decrypted_is_named_and_left_as_it_is()
    {
        await using var world = await NumberWorld.StartAsync(o => Ring(o, "old"));
        var id = await world.ConnectAsync();
        await world.ReadAsync(async db =>
        {
            var connection = await db.Set<Connection>().SingleAsync();
            connection.AccessToken[^1] ^= 1;
            db.Entry(connection).Property(c => c.AccessToken).IsModified = true;
            return await db.SaveChangesAsync();
        });
        var before = await world.ReadAsync(db => db.Set<Connection>().Select(c => c.AccessToken).SingleAsync());

        using var output = new StringWriter();
        (await Rotate(world.Host, Load("new", ("old", OldKey), ("new", NewKey))).RunAsync([], output, CancellationToken.None)).Should().Be(1);

        output.ToString().Should().Contain($"1 could not be decrypted: {id}").And.Contain("Keep the older keys");
        (await world.ReadAsync(db => db.Set<Connection>().Select(c => c.AccessToken).SingleAsync())).Should().Equal(before);
    }

    [Fact]
    public async Task A_running_server_that_knows_both_keys_goes_on_taking_webhooks_in()
    {
        await using var world = await NumberWorld.StartAsync(o => Ring(o, "new"));
        await world.ConnectAsync();
        using var output = new StringWriter();

        var rotating = Rotate(world.Host, Load("old", ("old", OldKey), ("new", NewKey))).RunAsync([], output, CancellationToken.None);
        for (var i = 0; i < 30; i++)
        {
            await world.CustomerSaysAsync($"meanwhile {i}");
        }

        (await rotating).Should().Be(0);
        await Eventually.BeAsync(async () => await world.ReadAsync(db => db.Set<Weflux.Domain.Conversations.Message>().CountAsync()) == 31);
    }

    /// <summary>A webhook with two secrets, and an event that was answered.</summary>
    private static async Task WebhookAsync(NumberWorld world)
    {
        var input = new EventEndpointInput("Shop", "https://example.com/", [EventTypes.ContactCreated], HasText: false, HasNumbers: false);
        var id = (await world.Get<MakeEventEndpoint>().ExecuteAsync(world.Owner, input)).Id!.Value;
        (await world.Get<RotateEventSecret>().ExecuteAsync(world.Owner, id)).IsDone.Should().BeTrue();
        var (key, protector) = (Guid.NewGuid(), world.Get<SecretProtector>());
        await world.ReadAsync(async db =>
        {
            db.Add(new EventDelivery
            {
                WorkspaceId = world.Owner.Workspace,
                EndpointId = id,
                EventId = key,
                Type = EventTypes.ContactCreated,
                At = world.Host.Clock.GetUtcNow(),
                Body = protector.ProtectText("{}", EventDelivery.BodyContext(key)),
                Answer = protector.ProtectText("Thanks", EventDelivery.AnswerContext(key)),
                State = EventDeliveryState.Taken,
            });
            return await db.SaveChangesAsync();
        });
    }

    private static void Ring(WefluxHostOptions options, string current)
    {
        options.Settings["Weflux:Keys:Current"] = current;
        options.Settings["Weflux:Keys:Ring:old"] = OldKey;
        options.Settings["Weflux:Keys:Ring:new"] = NewKey;
    }

    private static KeyRing Load(string current, params (string Id, string Key)[] ring)
    {
        var options = new KeyRingOptions { Current = current };
        foreach (var (id, key) in ring)
        {
            options.Ring[id] = key;
        }

        return KeyRing.Load(options, Data.Stand.Directory(Path.GetTempPath()), mayGenerate: false);
    }

    private static RotateKeys Rotate(WefluxHost host, KeyRing ring) =>
        new(host.Services.GetRequiredService<WefluxDatabase>(), ring, new SecretProtector(ring));

    private static async Task<IReadOnlyList<string>> EmptyColumnsAsync(WefluxHost host)
    {
        var empty = new List<string>();
        await WalkAsync(host, (column, rows) =>
        {
            if (rows.Count == 0)
            {
                empty.Add($"{column.Table}.{column.Name}");
            }
        });
        return empty;
    }

    private static async Task<IReadOnlyList<string>> UnreadableAsync(WefluxHost host, SecretProtector protector)
    {
        var unreadable = new List<string>();
        await WalkAsync(host, (column, rows) =>
        {
            foreach (var (bound, value) in rows)
            {
                try
                {
                    protector.Unprotect(value, column.Context(bound));
                }
                catch (System.Security.Cryptography.CryptographicException exception)
                {
                    unreadable.Add($"{column.Table}.{column.Name} of {bound}: {exception.Message}");
                }
            }
        });
        return unreadable;
    }

    private static async Task WalkAsync(WefluxHost host, Action<ProtectedColumn, IReadOnlyList<(string Bound, byte[] Value)>> look)
    {
        await using var connection = new SqliteConnection(host.Services.GetRequiredService<WefluxDatabase>().ConnectionString);
        await connection.OpenAsync();
        foreach (var column in ProtectedColumn.All)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names come from our own table.
            command.CommandText = $"SELECT \"{column.BoundTo}\", \"{column.Name}\" FROM \"{column.Table}\" WHERE \"{column.Name}\" IS NOT NULL";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<(string, byte[])>();
            while (await reader.ReadAsync())
            {
                var bound = reader.GetString(0);
                rows.Add((Guid.TryParseExact(bound, "D", out var guid) ? guid.ToString("N") : bound, reader.GetFieldValue<byte[]>(1)));
            }

            look(column, rows);
        }
    }
}
