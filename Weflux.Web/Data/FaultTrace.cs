using System.Globalization;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Weflux.Web.Data;

/// <summary>An exception for the log: kinds, codes and places, but no message, because messages can quote what people wrote.</summary>
internal static class FaultTrace
{
    public static string Of(Exception exception)
    {
        var trace = new StringBuilder();
        for (var fault = exception; fault is not null; fault = fault.InnerException)
        {
            trace.Append(trace.Length == 0 ? "" : " <- ").Append(fault.GetType().Name).Append(CodeOf(fault));
        }

        return trace.AppendLine().Append(exception.StackTrace).ToString();
    }

    private static string CodeOf(Exception fault) => fault switch
    {
        SqliteException sqlite => $" {sqlite.SqliteExtendedErrorCode.ToString(CultureInfo.InvariantCulture)}",
        SqlException sql => $" {sql.Number.ToString(CultureInfo.InvariantCulture)}",
        _ => "",
    };
}
