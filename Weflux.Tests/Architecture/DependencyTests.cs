using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Tests.Architecture;

public sealed class DependencyTests
{
    /// <summary>Which feature knows which. Shelves come last: what they know of features is only what mapping the tables demands.</summary>
    private static readonly string[] Table =
    [
        "TABLE",
    ];

    private static readonly string[] Shelves = ["CloudApi", "Data", "Lanes", "Live", "Security"];

    private static readonly Lazy<Arrows> Web = new(() => new Arrows("Weflux.Web", TypeUses.In(
        typeof(WefluxDatabase).Assembly.Location,
        type => type.StartsWith("Weflux.Web.", StringComparison.Ordinal)
            && !type.StartsWith("Weflux.Web.Data.Migrations.", StringComparison.Ordinal))));

    public static TheoryData<string> Rows => [.. Table];

    [Fact]
    public void Folders_know_only_whom_the_table_lets_them_know() => Web.Value.Forbidden(Table).Should().BeEmpty();

    [Fact]
    public void Every_row_of_the_table_is_needed() => Web.Value.Unused(Table).Should().BeEmpty();

    [Fact]
    public void The_table_is_sorted_and_says_nothing_twice() =>
        Table.Should().OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Without_its_row_an_arrow_is_reported_with_both_types(string row)
    {
        var (from, to) = (row.Split(" → ")[0], row.Split(" → ")[1]);
        Web.Value.Forbidden(Table.Except([row])).Should().NotBeEmpty().And.OnlyContain(
            fault => fault.StartsWith($"{row} is not in the table: Weflux.Web.{from}.") && fault.Contains($" uses Weflux.Web.{to}."));
    }

    [Theory]
    [InlineData("Derives")]
    [InlineData("Holds")]
    [InlineData("Lists")]
    [InlineData("Calls")]
    [InlineData("CallsLater")]
    [InlineData("IsMarked")]
    [InlineData("Names")]
    public void A_forbidden_arrow_is_seen_however_it_is_made(string specimen)
    {
        const string root = "Weflux.Tests.Architecture.Specimens";
        var uses = TypeUses.In(typeof(DependencyTests).Assembly.Location, type => type.StartsWith(root, StringComparison.Ordinal));
        new Arrows(root, uses.Where(u => u.From == $"{root}.Feature.{specimen}")).Forbidden([]).Should().NotBeEmpty()
            .And.OnlyContain(f => f.StartsWith($"Feature → Shelf is not in the table: {root}.Feature.{specimen} uses {root}.Shelf."));
        uses.Should().NotContain(u => u.From == $"{root}.Feature.Innocent");
    }

    [Fact]
    public void A_row_that_nothing_needs_is_reported() =>
        Web.Value.Unused([.. Table, "Security → Inbox"]).Should().Equal("Security → Inbox");

    /// <summary>A shelf may know the rows that it maps or carries, and who people are; never what a feature does.</summary>
    [Fact]
    public void Shelves_know_no_use_case_and_no_screen()
    {
        var assembly = typeof(WefluxDatabase).Assembly;
        TypeUses.In(assembly.Location, type => type.StartsWith("Weflux.Web.", StringComparison.Ordinal))
            .Where(u => Shelves.Contains(Arrows.Folder("Weflux.Web", u.From)) && !Shelves.Contains(Arrows.Folder("Weflux.Web", u.To)))
            .Where(u => assembly.GetType(u.To) is { } type
                && (type.GetMethod("ExecuteAsync") is not null
                    || type.Name.EndsWith("Query", StringComparison.Ordinal)
                    || type.IsAssignableTo(typeof(Microsoft.AspNetCore.Components.ComponentBase))))
            .Should().BeEmpty();
    }

    [Fact]
    public void The_domain_stands_on_the_base_libraries_alone()
    {
        string[] allowed =
        [
            "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory", "System.Runtime",
            "System.Runtime.Extensions", "System.Text.Encoding.Extensions", "System.Text.Json", "System.Text.RegularExpressions",
        ];
        typeof(WorkspaceId).Assembly.GetReferencedAssemblies().Select(a => a.Name).Should().BeSubsetOf(allowed);
    }

    [Fact]
    public void The_domain_asks_for_no_package_and_no_framework()
    {
        var project = System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Root, "Weflux.Domain", "Weflux.Domain.csproj"));
        project.Descendants().Select(e => e.Name.LocalName)
            .Should().NotContain(["PackageReference", "FrameworkReference", "ProjectReference", "Reference"]);
        project.Root!.Attribute("Sdk")!.Value.Should().Be("Microsoft.NET.Sdk");
    }
}
