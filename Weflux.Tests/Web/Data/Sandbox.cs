using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weflux.Tests.Support;
using Weflux.Web.Data;

namespace Weflux.Tests.Web.Data;

/// <summary>A real SQLite file in a directory of its own, with the schema of the day.</summary>
internal sealed class Sandbox : IDisposable
{
    public Sandbox(bool isMigrated = true)
    {
        Path = Directory.CreateTempSubdirectory("weflux-data-").FullName;
        Files = Stand.Directory(Path);
        if (isMigrated)
        {
            FreshDatabase.PutInto(Path);
        }

        Database = Open();
    }

    public string Path { get; }

    public DataDirectory Files { get; }

    public string DatabaseFile => System.IO.Path.Combine(Path, "weflux.db");

    public WefluxDatabase Database { get; }

    /// <summary>The same file as another process would open it, with a gate of its own.</summary>
    public WefluxDatabase Open() => new(Options.Create(new DatabaseOptions()), Files, NullLoggerFactory.Instance);

    public DatabaseMigration Migration(WefluxDatabase? database = null) =>
        new(database ?? Database, Files, NullLogger<DatabaseMigration>.Instance);

    /// <summary>A connection that knows nothing of our settings and is not pooled.</summary>
    public SqliteConnection Raw()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public long Scalar(string sql)
    {
        using var connection = Raw();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Execute(string sql)
    {
        using var connection = Raw();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        using (var pooled = new SqliteConnection(Database.ConnectionString))
        {
            SqliteConnection.ClearPool(pooled);
        }

        Directory.Delete(Path, recursive: true);
    }
}
