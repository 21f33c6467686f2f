using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;

namespace Weflux.Tests.Web.Data;

public sealed class DatabaseMigrationTests : IDisposable
{
    private readonly Sandbox _sandbox = new(isMigrated: false);

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task An_empty_directory_gets_the_whole_schema()
    {
        await _sandbox.Migration().RunAsync(CancellationToken.None);
        await using var db = _sandbox.Database.OpenForSystem();
        (await db.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
        db.Database.HasPendingModelChanges().Should().BeFalse();
        foreach (var type in db.Model.GetEntityTypes())
        {
            _sandbox.Scalar($"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '{type.GetTableName()}'").Should().Be(1);
        }
    }

    [Fact]
    public async Task A_second_start_changes_nothing()
    {
        await _sandbox.Migration().RunAsync(CancellationToken.None);
        var shop = await _sandbox.OpenShopAsync();
        await _sandbox.MeetAsync(shop, "15550001111");
        await _sandbox.Migration().RunAsync(CancellationToken.None);
        _sandbox.Scalar("SELECT COUNT(*) FROM \"Messages\"").Should().Be(1);
    }

    [Fact]
    public async Task Processes_that_start_at_the_same_time_migrate_once()
    {
        await Parallel.ForAsync(0, 6, async (_, token) => await _sandbox.Migration(_sandbox.Open()).RunAsync(token));
        await using var db = _sandbox.Database.OpenForSystem();
        _sandbox.Scalar("SELECT COUNT(*) FROM \"__EFMigrationsHistory\"").Should().Be(db.Database.GetMigrations().Count());
    }

    [Fact]
    public async Task A_lock_that_a_killed_process_left_in_the_database_is_cleared()
    {
        await _sandbox.Migration().RunAsync(CancellationToken.None);
        _sandbox.Execute(
            "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL);"
            + "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01');");
        await _sandbox.Migration().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        _sandbox.Scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'").Should().Be(0);
    }

    [Fact]
    public async Task A_lock_left_before_the_first_migration_is_cleared_too()
    {
        _sandbox.Execute(
            "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL);"
            + "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01');");
        await _sandbox.Migration().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        _sandbox.Scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = 'Conversations'").Should().Be(1);
    }

    [Fact]
    public async Task A_schema_of_a_newer_program_is_refused_and_left_alone()
    {
        await _sandbox.Migration().RunAsync(CancellationToken.None);
        _sandbox.Execute("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99.0.0');");
        var start = () => _sandbox.Migration().RunAsync(CancellationToken.None);
        (await start.Should().ThrowAsync<StartupRefusedException>()).WithMessage(
            "*newer version of Weflux*29990101000000_FromTheFuture*Start that version, or restore a backup*");
        _sandbox.Scalar("SELECT COUNT(*) FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '2999%'").Should().Be(1);
    }
}
