using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static class TSqlText
{
    public static TSqlScript Parse(string sql)
    {
        using var reader = new StringReader(sql);
        var script = (TSqlScript)new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Count == 0
            ? script
            : throw new FormatException($"{errors[0].Message} (line {errors[0].Line}) in: {sql}");
    }

    /// <summary>A model of what a script makes. Batches are taken one at a time, as the server would.</summary>
    public static TSqlModel Model(string script)
    {
        var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        var statements = Parse(script).Batches.SelectMany(b => b.Statements).SelectMany(Definitions).ToList();
        var later = statements.OfType<AlterTableAddTableElementStatement>().Where(a => a.Definition.ColumnDefinitions.Count > 0).ToList();
        foreach (var statement in statements.Except(later))
        {
            model.AddObjects(statement is CreateTableStatement table ? Whole(table, later, script) : Text(statement, script));
        }

        return model;
    }

    // A model takes a table only whole, so the columns that later migrations add are written into it.
    private static string Whole(CreateTableStatement table, IEnumerable<AlterTableAddTableElementStatement> later, string script)
    {
        var name = Text(table.SchemaObjectName, script);
        var added = later.Where(a => Text(a.SchemaObjectName, script) == name)
            .SelectMany(a => a.Definition.ColumnDefinitions).Select(c => ", " + Text(c, script));
        var last = table.Definition.ColumnDefinitions[^1];
        return Text(table, script).Insert(last.StartOffset + last.FragmentLength - table.StartOffset, string.Concat(added));
    }

    /// <summary>The command as a stored procedure with its parameters declared.</summary>
    private static string Procedure(string name, RecordedCommand command)
    {
        var parameters = string.Join(", ", command.Parameters.Select(p => $"{Prefixed(p.ParameterName)} {Declare(p)}"));
        return $"CREATE PROCEDURE [{name}] {parameters} AS BEGIN\n{command.Sql}\nEND";
    }

    /// <summary>Takes a command into the model.</summary>
    /// <returns>Why it is refused at once; null if it is not, which says nothing yet of what it names.</returns>
    public static string? Add(TSqlModel model, string name, RecordedCommand command)
    {
        try
        {
            model.AddObjects(Procedure(name, command));
            return null;
        }
        catch (DacModelException refused)
        {
            return $"[{name}] {refused.Message}";
        }
    }

    /// <summary>Everything the model finds wrong, but for the one view of the server itself that is asked: a model holds none of those.</summary>
    public static IReadOnlyList<string> Faults(TSqlModel model) =>
        [.. model.Validate().Where(m => !m.Message.Contains("[sys].[fulltext_indexes]", StringComparison.Ordinal)).Select(m => $"{m.Prefix}{m.Number}: {m.Message}")];

    private static string Prefixed(string name) => name.StartsWith('@') ? name : "@" + name;

    private static string Declare(SqlParameter parameter)
    {
        var size = parameter.Size is 0 or -1 or > 8000 ? "max" : parameter.Size.ToString(CultureInfo.InvariantCulture);
        return parameter.SqlDbType switch
        {
            SqlDbType.NVarChar => $"nvarchar({(parameter.Size > 4000 ? "max" : size)})",
            SqlDbType.VarBinary => $"varbinary({size})",
            SqlDbType.DateTimeOffset => "datetimeoffset",
            var type => type.ToString().ToLowerInvariant(),
        };
    }

    // A migration script wraps its statements in conditions and transactions, which a model does not hold.
    private static IEnumerable<TSqlStatement> Definitions(TSqlStatement statement) => statement switch
    {
        BeginEndBlockStatement block => block.StatementList.Statements.SelectMany(Definitions),
        IfStatement condition => Definitions(condition.ThenStatement),
        CreateTableStatement or CreateIndexStatement or AlterTableStatement or CreateSchemaStatement => [statement],
        _ => [],
    };

    private static string Text(TSqlFragment fragment, string script) => script.Substring(fragment.StartOffset, fragment.FragmentLength);
}
