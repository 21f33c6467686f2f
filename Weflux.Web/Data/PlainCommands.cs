using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Weflux.Web.Data;

/// <summary>
/// Statements that every transaction of the hot path runs, as plain commands inside the context's transaction: through
/// the query pipeline each would cost several times what the database takes for it.
/// </summary>
internal static class PlainCommands
{
    public static Task<int> ExecutePlainAsync(
        this WefluxDbContext db, string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters) =>
        RunAsync(db, sql, parameters, command => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    /// <returns>The first column of the first row; null if there is no row.</returns>
    public static Task<object?> ReadPlainAsync(
        this WefluxDbContext db, string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters) =>
        RunAsync(db, sql, parameters, command => command.ExecuteScalarAsync(cancellationToken), cancellationToken);

    private static async Task<T> RunAsync<T>(
        WefluxDbContext db, string sql, (string Name, object Value)[] parameters, Func<DbCommand, Task<T>> run, CancellationToken cancellationToken)
    {
        var connection = db.Database.GetDbConnection();
        var isOpen = connection.State == System.Data.ConnectionState.Open;
        if (!isOpen)
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
        }

        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }

            return await run(command);
        }
        finally
        {
            if (!isOpen)
            {
                await db.Database.CloseConnectionAsync();
            }
        }
    }
}
