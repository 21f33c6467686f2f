using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Weflux.Web.Data;

/// <summary>
/// Settings that belong to the physical connection, so they are set at every open: a pooled connection may come back
/// with others. FULL keeps what was acknowledged through a power cut; secure delete makes erasure an erasure.
/// </summary>
public sealed class SqliteSession : DbConnectionInterceptor
{
    public const string Pragmas =
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA busy_timeout=30000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
