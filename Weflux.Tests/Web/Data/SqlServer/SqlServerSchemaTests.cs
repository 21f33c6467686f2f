using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Weflux.Tests.Web.Data.SqlServer;

public sealed partial class SqlServerSchemaTests : IDisposable
{
    private readonly Weflux.Web.Data.SqlServerWefluxDbContext _db = PretendServer.Context("Server=nowhere");

    public static TheoryData<string> Migrations
    {
        get
        {
            using var db = PretendServer.Context("Server=nowhere");
            return [.. db.Database.GetMigrations()];
        }
    }

    public void Dispose() => _db.Dispose();

    [Fact]
    public void The_create_script_makes_a_valid_database()
    {
        using var model = TSqlText.Model(_db.Database.GenerateCreateScript());
        TSqlText.Faults(model).Should().BeEmpty();
        Names(model, Table.TypeClass).Should().Contain(_db.Model.GetEntityTypes().Select(t => $"[dbo].[{t.GetTableName()}]"));
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public void The_migrations_up_to_each_one_make_a_valid_database(string migration)
    {
        var script = Migrator.GenerateScript(Migration.InitialDatabase, migration);
        using var model = TSqlText.Model(script);
        foreach (var (insert, number) in Inserts(script).Select((insert, number) => (insert, number)))
        {
            model.AddObjects($"CREATE PROCEDURE [History {number}] AS BEGIN\n{insert}\nEND");
        }

        TSqlText.Faults(model).Should().BeEmpty();
    }

    [Fact]
    public void The_migrations_end_where_the_model_stands()
    {
        var script = Migrator.GenerateScript(Migration.InitialDatabase);
        using var migrated = TSqlText.Model(script);
        using var created = TSqlText.Model(_db.Database.GenerateCreateScript());
        foreach (var type in new[] { Table.TypeClass, Microsoft.SqlServer.Dac.Model.Index.TypeClass, ForeignKeyConstraint.TypeClass })
        {
            Names(migrated, type).Where(n => !n.Contains("__EFMigrationsHistory", StringComparison.Ordinal)).Except(DroppedIndexes(script))
                .Where(n => !DroppedTables(script).Any(table => n.Contains($"[{table}]", StringComparison.Ordinal) || n.Contains($"[FK_{table}_", StringComparison.Ordinal)))
                .Should().BeEquivalentTo(Names(created, type));
        }

        _db.Database.HasPendingModelChanges().Should().BeFalse();
    }

    /// <summary>A model only gathers what is made. This tells which indexes are gone at the end.</summary>
    private static IEnumerable<string> DroppedIndexes(string script) =>
        from Match drop in DropIndex().Matches(script)
        let name = drop.Groups["index"].Value
        where drop.Index > script.LastIndexOf($"INDEX {name} ON {drop.Groups["table"].Value} (", StringComparison.Ordinal)
        select $"[dbo].{drop.Groups["table"].Value}.{name}";

    private static IEnumerable<string> DroppedTables(string script) =>
        DropTable().Matches(script).Select(drop => drop.Groups["table"].Value)
            .Where(table => script.LastIndexOf($"DROP TABLE [{table}]", StringComparison.Ordinal) > script.LastIndexOf($"CREATE TABLE [{table}]", StringComparison.Ordinal));

    [GeneratedRegex(@"DROP TABLE \[(?<table>[^\]]+)\];", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DropTable();

    [GeneratedRegex(@"DROP INDEX (?<index>\[[^\]]+\]) ON (?<table>\[[^\]]+\]);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DropIndex();

    /// <summary>The server refuses a table that a deletion can reach by two roads (error 1785), which a model does not tell.</summary>
    [Fact]
    public void No_deletion_reaches_a_table_by_two_roads()
    {
        foreach (var root in _db.Model.GetEntityTypes())
        {
            var reached = new List<string>();
            Follow(root, reached, depth: 0);
            reached.Should().OnlyHaveUniqueItems($"a deletion of {root.DisplayName()} cascades");
        }
    }

    [Fact]
    public void Ids_of_the_platform_are_compared_byte_for_byte()
    {
        var marked = _db.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(t => t.GetProperties())
            .Where(p => p.FindAnnotation("Weflux:PlatformId") is not null).ToList();
        marked.Should().NotBeEmpty().And.OnlyContain(p => p.GetCollation() == "Latin1_General_100_BIN2");
    }

    [Fact]
    public void An_index_key_fits_into_what_the_server_allows()
    {
        foreach (var index in _db.Model.GetEntityTypes().SelectMany(t => t.GetIndexes()))
        {
            index.Properties.Sum(Bytes).Should().BeLessThanOrEqualTo(1700, $"{index.DisplayName()} is an index");
        }

        foreach (var key in _db.Model.GetEntityTypes().SelectMany(t => t.GetKeys()))
        {
            key.Properties.Sum(Bytes).Should().BeLessThanOrEqualTo(900, $"{key} is a key");
        }
    }

    private IMigrator Migrator => _db.GetService<IMigrator>();

    private static IEnumerable<string> Inserts(string script) => TSqlText.Parse(script).Batches.SelectMany(b => b.Statements)
        .Where(s => s is InsertStatement or UpdateStatement or DeleteStatement)
        .Select(s => script.Substring(s.StartOffset, s.FragmentLength));

    private static List<string> Names(TSqlModel model, ModelTypeClass type) =>
        [.. model.GetObjects(DacQueryScopes.UserDefined, type).SelectMany(WithColumns).Select(o => o.Name.ToString())];

    private static IEnumerable<TSqlObject> WithColumns(TSqlObject item) =>
        item.ObjectType == Table.TypeClass ? item.GetReferenced(Table.Columns).Prepend(item) : [item];

    private static int Bytes(IProperty property) => property.ClrType == typeof(string) || property.GetTypeMapping().Converter?.ProviderClrType == typeof(string)
        ? 2 * (property.GetMaxLength() ?? 4000)
        : 16;

    private static void Follow(IEntityType from, List<string> reached, int depth)
    {
        depth.Should().BeLessThan(10, "a cascade must not run in a circle");
        foreach (var key in from.GetReferencingForeignKeys().Where(k => k.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull))
        {
            reached.Add(key.DeclaringEntityType.DisplayName());
            Follow(key.DeclaringEntityType, reached, depth + 1);
        }
    }
}
