using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;

namespace Weflux.Tests.Web.Data;

public sealed class SqliteSessionTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public static TheoryData<string, long> Settings => new()
    {
        { "synchronous", 2 },
        { "secure_delete", 1 },
        { "foreign_keys", 1 },
        { "busy_timeout", 30_000 },
        { "temp_store", 2 },
    };

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Every_open_sets_it_even_on_a_pooled_connection_that_had_another_value(string pragma, long expected)
    {
        for (var round = 0; round < 3; round++)
        {
            await using var db = _sandbox.Database.OpenForSystem();
            await db.Database.OpenConnectionAsync();
            Read(db.Database.GetDbConnection(), pragma).Should().Be(expected);

            // The value stays with the physical connection, which goes back to the pool.
            Execute(db.Database.GetDbConnection(), $"PRAGMA {pragma}=0;");
            Read(db.Database.GetDbConnection(), pragma).Should().Be(0);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task The_connection_of_the_journal_has_it_too(string pragma, long expected)
    {
        for (var round = 0; round < 2; round++)
        {
            await using var connection = await _sandbox.Database.OpenConnectionAsync(CancellationToken.None);
            Read(connection, pragma).Should().Be(expected);
            Execute(connection, $"PRAGMA {pragma}=0;");
        }
    }

    [Fact]
    public void The_file_keeps_its_log_ahead_of_the_data()
    {
        using var connection = _sandbox.Raw();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode;";
        command.ExecuteScalar().Should().Be("wal");
    }

    [Fact]
    public async Task A_second_writer_waits_from_its_begin_instead_of_failing_when_it_first_writes()
    {
        var shop = await _sandbox.OpenShopAsync();
        var other = _sandbox.Open();
        using var firstRead = new SemaphoreSlim(0);
        using var mayCommit = new SemaphoreSlim(0);
        var first = _sandbox.Database.WriteAsync(
            shop.Workspace,
            async db =>
            {
                // Reads first: a transaction that begins as a reader fails when another has written meanwhile.
                await db.ReadCounterAsync(CancellationToken.None);
                firstRead.Release();
                await mayCommit.WaitAsync();
                await db.TakeSequenceAsync(1, CancellationToken.None);
            },
            CancellationToken.None);
        await firstRead.WaitAsync();
        var secondBegan = false;
        var second = Task.Run(() => other.WriteAsync(
            shop.Workspace,
            async db =>
            {
                secondBegan = true;
                await db.ReadCounterAsync(CancellationToken.None);
                await db.TakeSequenceAsync(1, CancellationToken.None);
            },
            CancellationToken.None));
        using (var probe = _sandbox.Raw())
        {
            Execute(probe, "PRAGMA busy_timeout=1;");
            var begin = () => Execute(probe, "BEGIN IMMEDIATE;");
            probe.DefaultTimeout = 1;
            begin.Should().Throw<SqliteException>("the first holds the file for writing though it has only read").Which.SqliteErrorCode.Should().Be(5);
        }

        secondBegan.Should().BeFalse();
        mayCommit.Release();
        await first;
        await second;
        _sandbox.Scalar("SELECT \"Sequence\" FROM \"WorkspaceCounters\"").Should().Be(2);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_from_the_file()
    {
        const string secret = "the-words-that-must-not-remain-anywhere";
        var shop = await _sandbox.OpenShopAsync();
        for (var i = 0; i < 50; i++)
        {
            await _sandbox.MeetAsync(shop, $"1555000{i:0000}", words: $"{secret} {i}");
        }

        await _sandbox.Database.WriteAsync(
            shop.Workspace,
            async db =>
            {
                await db.Set<Weflux.Domain.Conversations.Message>().ExecuteDeleteAsync();
                await db.Set<Weflux.Domain.Conversations.Conversation>().ExecuteDeleteAsync();
            },
            CancellationToken.None);
        await using (var db = _sandbox.Database.OpenForSystem())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE);");
        }

        var bytes = await ReadFileAsync(_sandbox.DatabaseFile);
        System.Text.Encoding.UTF8.GetString(bytes).Should().NotContain(secret);
    }

    private static async Task<byte[]> ReadFileAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }


    private static long Read(System.Data.Common.DbConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {pragma};";
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Execute(System.Data.Common.DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
