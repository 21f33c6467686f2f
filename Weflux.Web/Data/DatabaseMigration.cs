using Microsoft.EntityFrameworkCore;

namespace Weflux.Web.Data;

/// <summary>Brings the schema up to date at start, one process at a time, and refuses a schema that is newer than the program.</summary>
public sealed partial class DatabaseMigration(WefluxDatabase database, DataDirectory directory, ILogger<DatabaseMigration> logger)
{
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        await using var fileLock = database.IsSqlite ? await LockAsync(cancellationToken) : null;
        if (database.IsSqlite)
        {
            await PrepareSqliteAsync(db, cancellationToken);
        }

        var pending = await PendingAsync(db, cancellationToken);
        if (pending > 0)
        {
            Migrating(pending);
            await db.Database.MigrateAsync(cancellationToken);
        }
    }

    /// <summary>Changes nothing, and refuses a schema that is not the one of this program.</summary>
    /// <exception cref="StartupRefusedException">It is older or newer.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        if (await PendingAsync(db, cancellationToken) > 0)
        {
            throw new StartupRefusedException(
                "The database is not up to date with this version of Weflux, or there is none yet. Start Weflux itself once, which brings it up to date, and then type this again.");
        }
    }

    private static async Task<int> PendingAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var unknown = applied.Where(name => !known.Contains(name)).ToList();
        return unknown.Count > 0
            ? throw new StartupRefusedException(
                $"The database was written by a newer version of Weflux (it has the migration {unknown[^1]}). " +
                "Start that version, or restore a backup made with this one.")
            : known.Count(name => !applied.Contains(name));
    }

    private static async Task PrepareSqliteAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);

        // We hold the file lock, so a migration lock in the database was left by a process that was killed.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\";", cancellationToken);
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = directory.File("migration.lock");
        for (var waited = TimeSpan.Zero; ; waited += LockRetry)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LockPatience)
            {
                await Task.Delay(LockRetry, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Bringing the database up to date: {Count} migrations")]
    private partial void Migrating(int count);
}

/// <summary>Weflux must not start as it is configured; the message says what to do.</summary>
public sealed class StartupRefusedException(string message) : Exception(message);
