using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Weflux.Web.Data.Search;

namespace Weflux.Tests.Web.Data.SqlServer;

/// <summary>The full-text index of SQL Server, as far as a model of the schema can tell.</summary>
public sealed class FullTextTests
{
    [Fact]
    public void The_index_fits_the_tables_and_their_keys()
    {
        using var db = PretendServer.Context("Server=nowhere");
        using var model = TSqlText.Model(db.Database.GenerateCreateScript());
        foreach (var statement in SqlServerSearchIndex.Statements())
        {
            model.AddObjects(statement);
        }

        TSqlText.Faults(model).Should().BeEmpty();
        model.GetObjects(DacQueryScopes.UserDefined, FullTextIndex.TypeClass).Should().HaveCount(SqlServerSearchIndex.Columns.Count);
    }

    [Fact]
    public void The_migration_makes_it_outside_of_a_transaction_and_only_where_full_text_is_installed()
    {
        using var db = PretendServer.Context("Server=nowhere");
        var last = db.Database.GetMigrations().ToList();
        var script = db.GetService<IMigrator>().GenerateScript(last[^2], last[^1]);
        var made = TSqlText.Parse(script).Batches.SelectMany(b => b.Statements).OfType<IfStatement>()
            .Where(s => s.ThenStatement is ExecuteStatement).Select(s => script.Substring(s.StartOffset, s.FragmentLength)).ToList();

        made.Should().HaveCount(1 + SqlServerSearchIndex.Columns.Count).And.OnlyContain(s => s.Contains("FULLTEXTSERVICEPROPERTY('IsFullTextInstalled') = 1", StringComparison.Ordinal));
        made.Zip(SqlServerSearchIndex.Statements()).Should().OnlyContain(pair => pair.First.Contains(pair.Second, StringComparison.Ordinal));
        var before = script[..script.IndexOf("FULLTEXTSERVICEPROPERTY", StringComparison.Ordinal)];
        (Count(before, "BEGIN TRANSACTION") - Count(before, "COMMIT")).Should().Be(0, "a catalog is not made in a transaction");
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
