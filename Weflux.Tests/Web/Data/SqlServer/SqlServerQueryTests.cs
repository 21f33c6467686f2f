using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.Dac.Model;
using Weflux.Web.Data;
using Weflux.Web.Lanes;

namespace Weflux.Tests.Web.Data.SqlServer;

/// <summary>The SQL of everything that talks to the database, checked against a model of the schema: no server needed.</summary>
public sealed class SqlServerQueryTests(CheckedQueries queries) : IClassFixture<CheckedQueries>
{
    public static TheoryData<string> Types => [.. DatabaseCallers.All.Select(c => c.Type.Name).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_SQL_fits_the_schema_of_SQL_Server(string type)
    {
        queries.Failures.Where(f => f.Key.Type.Name == type).Select(f => $"{f.Key.Way}: {f.Value}").Should().BeEmpty();
        queries.Commands[type].Should().NotBeEmpty();
        queries.Faults.Where(f => f.Contains($"[{type} ", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Nothing_else_is_wrong() => queries.Faults.Should().BeEmpty();

    [Fact]
    public void Every_class_that_talks_to_the_database_is_in_the_table()
    {
        var known = DatabaseCallers.All.Select(c => c.Type).Concat(DatabaseCallers.Exempt.Keys).ToHashSet();
        typeof(WefluxDatabase).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false, IsNested: false })
            .Where(t => t.Name.EndsWith("Query", StringComparison.Ordinal) || t.IsAssignableTo(typeof(ILaneWork)) || TakesDatabase(t))
            .Except(known).Select(t => t.FullName)
            .Should().BeEmpty("each needs a row in {0}, so that its SQL is checked against SQL Server", nameof(DatabaseCallers));
    }

    [Fact]
    public void A_column_that_is_not_there_is_reported()
    {
        var command = new RecordedCommand("SELECT [c].[Naem] FROM [Contacts] AS [c] WHERE [c].[Id] = @id", [new("@id", 1L)]);
        Check(command).Should().ContainSingle(f => f.Contains("Naem", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_that_is_not_there_is_reported()
    {
        var command = new RecordedCommand("DELETE FROM [Contcats] WHERE [Id] = @id", [new("@id", 1L)]);
        Check(command).Should().Contain(f => f.Contains("Contcats", StringComparison.Ordinal));
    }

    [Fact]
    public void A_parameter_that_nobody_declares_is_reported()
    {
        var command = new RecordedCommand("SELECT [c].[Id] FROM [Contacts] AS [c] WHERE [c].[Id] = @missing", []);
        Check(command).Should().Contain(f => f.Contains("@missing", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Check(RecordedCommand command)
    {
        using var model = CheckedQueries.Schema();
        return TSqlText.Add(model, "Wrong", command) is { } refused ? [refused] : TSqlText.Faults(model);
    }

    private static bool TakesDatabase(Type type) =>
        type.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(WefluxDatabase)));
}

/// <summary>All callers run once, and their SQL checked at one go.</summary>
public sealed class CheckedQueries : IAsyncLifetime
{
    private readonly Dictionary<DatabaseCaller, string> _failures = [];
    private readonly List<string> _refused = [];
    private readonly Dictionary<string, HashSet<string>> _commands = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<DatabaseCaller, string> Failures => _failures;

    internal IReadOnlyDictionary<string, HashSet<string>> Commands => _commands;

    internal IReadOnlyList<string> Faults { get; private set; } = [];

    public static TSqlModel Schema()
    {
        using var db = PretendServer.Context("Server=nowhere");
        return TSqlText.Model(db.Database.GenerateCreateScript());
    }

    public async ValueTask InitializeAsync()
    {
        using var model = Schema();
        foreach (var caller in DatabaseCallers.All)
        {
            var server = new PretendServer();
            try
            {
                await caller.Run(server);
            }
            catch (Exception exception)
            {
                _failures[caller] = exception.ToString();
            }

            Add(model, caller.Type.Name, server.Connection.Commands);
        }

        Faults = [.. _refused, .. TSqlText.Faults(model)];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Add(TSqlModel model, string name, IReadOnlyList<RecordedCommand> commands)
    {
        if (!_commands.TryGetValue(name, out var seen))
        {
            _commands[name] = seen = new HashSet<string>(StringComparer.Ordinal);
        }

        foreach (var command in commands.Where(c => seen.Add(c.Sql)))
        {
            if (TSqlText.Add(model, $"{name} {seen.Count}", command) is { } refused)
            {
                _refused.Add(refused);
            }
        }
    }
}
