using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Weflux.Benchmarks.Measures;

/// <summary>Looks into the database file of a server under measurement.</summary>
internal static class Journal
{
    public static Task<long> PendingAsync(string folder) => CountAsync(folder, "SELECT COUNT(*) FROM WebhookDeliveries WHERE State = 1");

    public static Task<long> MessagesAsync(string folder) => CountAsync(folder, "SELECT COUNT(*) FROM Messages");

    /// <summary>Waits until everything acknowledged is applied.</summary>
    public static async Task DrainAsync(string folder)
    {
        while (await PendingAsync(folder) > 0)
        {
            await Task.Delay(20);
        }
    }

    private static async Task<long> CountAsync(string folder, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "weflux.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
