using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Webhooks.Receiving;

namespace Weflux.Web.Webhooks;

/// <summary>Tells what an item did from what befell the database: the one is parked, the other is tried again.</summary>
internal static class Faults
{
    private const int SqliteConstraint = 19;
    private const int SqliteMismatch = 20;
    private const int SqliteTooBig = 18;

    /// <summary>Duplicate key, constraint, overflow, truncation and conversion errors of SQL Server.</summary>
    private static readonly HashSet<int> SqlServerDataErrors = [515, 547, 2601, 2627, 2628, 8115, 8152, 8114, 245, 220];

    public static bool IsOfTheItems(Exception exception) => exception switch
    {
        LaneLostException or OperationCanceledException or OutOfMemoryException or DatabaseUnavailableException => false,
        DbUpdateConcurrencyException => false,
        ItemRefusedException => true,
        DbUpdateException { InnerException: { } inner } => IsOfTheItems(inner),
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteConstraint or SqliteMismatch or SqliteTooBig,
        SqlException sql => SqlServerDataErrors.Contains(sql.Number),
        System.Data.Common.DbException or IOException => false,
        _ => true,
    };

    /// <summary>Why, without anything that a customer wrote.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        ItemRefusedException refused => refused.Message,
        DbUpdateException { InnerException: { } inner } => $"The database refused it ({inner.GetType().Name}).",
        _ => $"It could not be applied ({exception.GetType().Name}).",
    };
}
