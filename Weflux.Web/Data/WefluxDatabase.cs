using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Weflux.Domain.Team;

namespace Weflux.Web.Data;

/// <summary>Opens contexts: one for each operation, for one workspace or, in so many words, for the system.</summary>
public sealed class WefluxDatabase
{
    private readonly DbContextOptions<SqliteWefluxDbContext>? _sqlite;
    private readonly DbContextOptions<SqlServerWefluxDbContext>? _sqlServer;

    /// <param name="options">Which database.</param>
    /// <param name="directory">Where its file is, if it is one.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="watchers">What features add that looks at every transaction.</param>
    public WefluxDatabase(IOptions<DatabaseOptions> options, DataDirectory directory, ILoggerFactory loggers, IEnumerable<IInterceptor>? watchers = null)
    {
        IsSqlite = options.Value.IsSqlite;
        if (IsSqlite)
        {
            ConnectionString = options.Value.ConnectionString ?? new SqliteConnectionStringBuilder
            {
                DataSource = directory.File("weflux.db"),
                ForeignKeys = true,
            }.ToString();
            _sqlite = new DbContextOptionsBuilder<SqliteWefluxDbContext>()
                .UseIdentitySchema().UseSqlite(ConnectionString).AddInterceptors([.. Interceptors(), .. watchers ?? []]).UseLoggerFactory(loggers).ConfigureWarnings(KeepDataOutOfLogs).Options;
        }
        else
        {
            ConnectionString = options.Value.ConnectionString!;
            _sqlServer = new DbContextOptionsBuilder<SqlServerWefluxDbContext>()
                .UseIdentitySchema().UseSqlServer(ConnectionString).AddInterceptors([AppendOnlyGuard.Shared, .. watchers ?? []]).UseLoggerFactory(loggers).ConfigureWarnings(KeepDataOutOfLogs).Options;
        }

        Gate = new WriteGate(isOpen: !IsSqlite);
    }

    public WefluxDatabase(DbContextOptions<SqlServerWefluxDbContext> options)
    {
        _sqlServer = options;
        ConnectionString = "";
        Gate = new WriteGate(isOpen: true);
    }

    /// <summary>Raised after each commit that left something to be told. Whoever hears it must be quick and must not fail.</summary>
    public event EventHandler<CommittedEventArgs>? Committed;

    public bool IsSqlite { get; }

    public string ConnectionString { get; }

    public WriteGate Gate { get; }

    /// <summary>A context that sees and writes one workspace.</summary>
    public WefluxDbContext Open(WorkspaceId workspace) => Create(WorkspaceScope.Of(workspace));

    /// <summary>
    /// The same, and its connection stays open until it is disposed of: for screens that ask several questions. Opening a
    /// connection, with all that is set on it, costs about as much as a question.
    /// </summary>
    public Task<WefluxDbContext> OpenForSeveralAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
        ConnectAsync(Open(workspace), cancellationToken);

    /// <summary>The same for what belongs to no workspace.</summary>
    public Task<WefluxDbContext> OpenForSeveralOfSystemAsync(CancellationToken cancellationToken) => ConnectAsync(OpenForSystem(), cancellationToken);

    /// <summary>A context for what belongs to no workspace. Rows of workspaces are reached with <c>AcrossWorkspaces()</c>.</summary>
    public WefluxDbContext OpenForSystem() => Create(WorkspaceScope.System);

    /// <summary>Runs one write transaction for a workspace, in its turn. It commits when the work returns and rolls back when it throws.</summary>
    public Task<T> WriteAsync<T>(WorkspaceId workspace, Func<WefluxDbContext, Task<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(WorkspaceScope.Of(workspace), work, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}(WorkspaceId, Func{WefluxDbContext, Task{T}}, CancellationToken)"/>
    public Task WriteAsync(WorkspaceId workspace, Func<WefluxDbContext, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(WorkspaceScope.Of(workspace), Ignore(work), cancellationToken);

    /// <summary>Runs one write transaction for the system.</summary>
    public Task WriteForSystemAsync(Func<WefluxDbContext, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(WorkspaceScope.System, Ignore(work), cancellationToken);

    /// <summary>
    /// Runs one write transaction in a context that the caller keeps for many, and whose tracker the caller clears
    /// before each.
    /// </summary>
    public async Task<T> WriteAsync<T>(WefluxDbContext db, Func<WefluxDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        using var turn = await Gate.EnterAsync(WritePriority.Work, cancellationToken);
        return await RunAsync(db, work, cancellationToken);
    }

    /// <summary>A bare connection for the journal. The caller disposes it.</summary>
    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        DbConnection connection = IsSqlite ? new SqliteConnection(ConnectionString) : new SqlConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            if (IsSqlite)
            {
                SqliteSession.Apply(connection);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static IInterceptor[] Interceptors() => FailPoint.IsArmed
        ? [new SqliteSession(), AppendOnlyGuard.Shared, new FailPoint.InMigrations()]
        : [new SqliteSession(), AppendOnlyGuard.Shared];

    /// <summary>Database servers quote the offending values in their errors; whoever catches those logs their kind alone.</summary>
    private static void KeepDataOutOfLogs(WarningsConfigurationBuilder warnings) =>
        warnings.Ignore(CoreEventId.SaveChangesFailed, RelationalEventId.CommandError);

    private static async Task<WefluxDbContext> ConnectAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private async Task<T> WriteAsync<T>(WorkspaceScope scope, Func<WefluxDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        using var turn = await Gate.EnterAsync(WritePriority.Work, cancellationToken);
        await using var db = Create(scope);
        return await RunAsync(db, work, cancellationToken);
    }

    private async Task<T> RunAsync<T>(WefluxDbContext db, Func<WefluxDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        db.Database.AutoSavepointsEnabled = false;
        db.AfterCommit.Clear();
        await using var transaction = await BeginAsync(db, cancellationToken);
        var result = await work(db);
        await transaction.CommitAsync(cancellationToken);
        if (db.AfterCommit.Count > 0)
        {
            Committed?.Invoke(this, new CommittedEventArgs([.. db.AfterCommit]));
        }

        return result;
    }

    private static async Task<IDbContextTransaction> BeginAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            return await db.Database.BeginTransactionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // An exhausted pool says so with an exception of no special kind.
            throw new DatabaseUnavailableException(exception);
        }
    }

    private static Func<WefluxDbContext, Task<bool>> Ignore(Func<WefluxDbContext, Task> work) => async db =>
    {
        await work(db);
        return true;
    };

    private WefluxDbContext Create(WorkspaceScope scope) => _sqlite is not null
        ? new SqliteWefluxDbContext(_sqlite, scope)
        : new SqlServerWefluxDbContext(_sqlServer!, scope);
}

/// <summary>What a transaction left to be told.</summary>
public sealed class CommittedEventArgs(IReadOnlyList<object> news) : EventArgs
{
    public IReadOnlyList<object> News => news;
}

/// <summary>No transaction could be begun. Trying again later may help.</summary>
public sealed class DatabaseUnavailableException(Exception inner) : Exception("The database cannot be written at the moment.", inner);
