using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Operations;

/// <summary>
/// Encrypts every secret anew with the current key of the ring, so that older keys can be taken out of it. Works in
/// small transactions beside a running server: a value that was changed meanwhile is left to the next walk, and what
/// was broken off goes on where it ended, because what is done is not found again.
/// </summary>
public sealed class RotateKeys(WefluxDatabase database, KeyRing keys, SecretProtector protector) : ICommand
{
    private const int BatchSize = 100;
    private const int MostNamed = 20;

    public string Name => "rotate-keys";

    public string Help => "encrypts every secret anew with the current key, so that older keys can go.";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"Encrypting with the key '{keys.CurrentId}'. The server may run meanwhile, if it has this key in its ring.");
        var failures = 0;
        foreach (var column in ProtectedColumn.All)
        {
            failures += await RotateAsync(column, output, cancellationToken);
        }

        await output.WriteLineAsync(failures == 0
            ? $"Done. Nothing needs another key than '{keys.CurrentId}' any more."
            : $"Done, except for {failures} values that could not be decrypted. Keep the older keys, or put back the one that is missing, and run this again.");
        return failures == 0 ? 0 : 1;
    }

    private async Task<int> RotateAsync(ProtectedColumn column, TextWriter output, CancellationToken cancellationToken)
    {
        var (done, failed) = (0, new List<string>());
        object? after = null;
        while (true)
        {
            // Looking for them takes longer than writing them: nobody waits for that.
            var rows = await ReadAsync(column, after, cancellationToken);
            var renewed = new List<(Row Row, byte[] Value)>(rows.Count);
            foreach (var row in rows)
            {
                after = row.Key;
                if (Rewrite(column, row) is { } value)
                {
                    renewed.Add((row, value));
                }
                else
                {
                    failed.Add(Convert.ToString(row.Key, CultureInfo.InvariantCulture)!);
                }
            }

            if (renewed.Count > 0)
            {
                done += await WriteAsync(column, renewed, cancellationToken);
            }

            if (rows.Count < BatchSize)
            {
                break;
            }

            await output.WriteLineAsync($"{column.Table}.{column.Name}: {done} so far");
        }

        await output.WriteLineAsync($"{column.Table}.{column.Name}: {done} encrypted anew{(failed.Count == 0 ? "" : $", {failed.Count} could not be decrypted: {Named(failed)}")}");
        return failed.Count;
    }

    private static string Named(List<string> rows) => string.Join(", ", rows.Take(MostNamed)) + (rows.Count > MostNamed ? " …" : "");

    private byte[]? Rewrite(ProtectedColumn column, Row row)
    {
        var context = column.Context(row.BoundTo);
        try
        {
            return protector.Protect(protector.Unprotect(row.Value, context), context);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Rows after a key whose value another key encrypted. The layout begins with version, length of the key id and key id.</summary>
    private async Task<List<Row>> ReadAsync(ProtectedColumn column, object? after, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        await db.Database.OpenConnectionAsync(cancellationToken);
        var head = Head();
        await using var command = Command(db, Select(column, database.IsSqlite, head.Length, after is not null));
        Add(command, "@head", head);
        if (after is not null)
        {
            Add(command, "@after", after);
        }

        var rows = new List<Row>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new Row(reader.GetValue(0), BoundTo(reader, 1), reader.GetFieldValue<byte[]>(2)));
        }

        return rows;
    }

    private async Task<int> WriteAsync(ProtectedColumn column, IReadOnlyList<(Row Row, byte[] Value)> renewed, CancellationToken cancellationToken)
    {
        var done = 0;
        await database.WriteForSystemAsync(
            async db =>
            {
                foreach (var (row, value) in renewed)
                {
                    done += await WriteAsync(db, column, row, value, cancellationToken);
                }
            },
            cancellationToken);
        return done;
    }

    private static async Task<int> WriteAsync(WefluxDbContext db, ProtectedColumn column, Row row, byte[] value, CancellationToken cancellationToken)
    {
        await using var command = Command(db, Update(column));
        Add(command, "@value", value);
        Add(command, "@key", row.Key);
        Add(command, "@old", row.Value);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static string Select(ProtectedColumn column, bool isSqlite, int headLength, bool isContinued)
    {
        var length = headLength.ToString(CultureInfo.InvariantCulture);
        return $"""
            SELECT {(isSqlite ? "" : $"TOP ({BatchSize}) ")}"{column.Key}", "{column.BoundTo}" AS "BoundTo", "{column.Name}" FROM "{column.Table}"
            WHERE "{column.Name}" IS NOT NULL AND {(isSqlite ? "length" : "DATALENGTH")}("{column.Name}") > 0
            AND {(isSqlite ? "substr" : "SUBSTRING")}("{column.Name}", 1, {length}) <> @head{(isContinued ? $" AND \"{column.Key}\" > @after" : "")}
            ORDER BY "{column.Key}"{(isSqlite ? $" LIMIT {BatchSize}" : "")}
            """;
    }

    /// <summary>Only while the value is the one that was read.</summary>
    internal static string Update(ProtectedColumn column) =>
        $"""UPDATE "{column.Table}" SET "{column.Name}" = @value WHERE "{column.Key}" = @key AND "{column.Name}" = @old""";

    private byte[] Head() => [1, (byte)keys.CurrentId.Length, .. Encoding.ASCII.GetBytes(keys.CurrentId)];

    /// <summary>Guids stand in contexts without hyphens, whichever way the database keeps them.</summary>
    private static string BoundTo(DbDataReader reader, int ordinal)
    {
        var text = Convert.ToString(reader.GetValue(ordinal), CultureInfo.InvariantCulture)!;
        return Guid.TryParseExact(text, "D", out var guid) ? guid.ToString("N") : text;
    }

    private static DbCommand Command(WefluxDbContext db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // Every name comes from the table of protected columns.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private sealed record Row(object Key, string BoundTo, byte[] Value);
}
