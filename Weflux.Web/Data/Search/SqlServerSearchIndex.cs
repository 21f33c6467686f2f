using Microsoft.EntityFrameworkCore.Migrations;

namespace Weflux.Web.Data.Search;

/// <summary>
/// The full-text index of SQL Server, which the server keeps itself. Where full text is not installed there is none, and search
/// looks through the newest messages instead.
/// </summary>
internal static class SqlServerSearchIndex
{
    public const string Catalog = "WefluxSearch";

    /// <summary>Which columns of which tables are in it, and the key by which the server finds the row.</summary>
    public static IReadOnlyList<(string Table, string Column)> Columns { get; } = [("Messages", "SearchText"), ("Notes", "Text"), ("ContactNotes", "Text")];

    /// <summary>How many of its tables the server has an index of.</summary>
    public static string Count { get; } = $"SELECT COUNT_BIG(*) FROM sys.fulltext_indexes WHERE [object_id] IN ({string.Join(", ", Columns.Select(c => $"OBJECT_ID(N'[dbo].[{c.Table}]')"))})";

    /// <summary>What makes it, one batch each. It can be run again, and must be outside of a transaction.</summary>
    public static IEnumerable<string> Statements()
    {
        yield return $"CREATE FULLTEXT CATALOG [{Catalog}] WITH ACCENT_SENSITIVITY = OFF";
        foreach (var (table, column) in Columns)
        {
            yield return $"CREATE FULLTEXT INDEX ON [dbo].[{table}] ([{column}] LANGUAGE 0) KEY INDEX [PK_{table}] ON [{Catalog}] WITH (CHANGE_TRACKING = AUTO, STOPLIST = OFF)";
        }
    }

    public static void Create(MigrationBuilder migration)
    {
        var nth = 0;
        foreach (var statement in Statements())
        {
            var isThere = nth++ == 0
                ? $"EXISTS (SELECT 1 FROM sys.fulltext_catalogs WHERE [name] = N'{Catalog}')"
                : $"EXISTS (SELECT 1 FROM sys.fulltext_indexes WHERE [object_id] = OBJECT_ID(N'[dbo].[{Columns[nth - 2].Table}]'))";

            // Whole, because the server reads the names in a batch before it runs any of it.
            migration.Sql(
                $"IF FULLTEXTSERVICEPROPERTY('IsFullTextInstalled') = 1 AND NOT {isThere} EXEC(N'{statement.Replace("'", "''", StringComparison.Ordinal)}');",
                suppressTransaction: true);
        }
    }

    public static void Drop(MigrationBuilder migration)
    {
        foreach (var (table, _) in Columns)
        {
            migration.Sql(
                $"IF EXISTS (SELECT 1 FROM sys.fulltext_indexes WHERE [object_id] = OBJECT_ID(N'[dbo].[{table}]')) EXEC(N'DROP FULLTEXT INDEX ON [dbo].[{table}]');",
                suppressTransaction: true);
        }

        migration.Sql($"IF EXISTS (SELECT 1 FROM sys.fulltext_catalogs WHERE [name] = N'{Catalog}') EXEC(N'DROP FULLTEXT CATALOG [{Catalog}]');", suppressTransaction: true);
    }
}
