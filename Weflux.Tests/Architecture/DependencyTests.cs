using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Tests.Architecture;

public sealed class DependencyTests
{
    /// <summary>Which folder knows which.</summary>
    private static readonly string[] Table =
    [
        "Account → App",
        "Account → Audit",
        "Account → Data",
        "Account → Demo",
        "Account → Mail",
        "Account → Operations",
        "Account → Security",
        "Account → Team",
        "AddressBook → Account",
        "AddressBook → App",
        "AddressBook → Connections",
        "AddressBook → Contacts",
        "AddressBook → Data",
        "AddressBook → Inbox",
        "AddressBook → Live",
        "AddressBook → Team",
        "Api → Account",
        "Api → AddressBook",
        "Api → App",
        "Api → Audit",
        "Api → Contacts",
        "Api → Data",
        "Api → Demo",
        "Api → Inbox",
        "Api → Mail",
        "Api → Media",
        "Api → Operations",
        "Api → Security",
        "Api → Sending",
        "Api → Team",
        "Api → Teams",
        "Api → Templates",
        "Api → Webhooks",
        "Api → Work",
        "App → Account",
        "App → Operations",
        "App → Presence",
        "App → Security",
        "App → Start",
        "App → Team",
        "Assigning → App",
        "Assigning → Audit",
        "Assigning → Connections",
        "Assigning → Data",
        "Assigning → Live",
        "Assigning → Notices",
        "Assigning → Presence",
        "Assigning → Team",
        "Assigning → Work",
        "Audit → App",
        "Audit → Data",
        "Audit → Operations",
        "Audit → Security",
        "Audit → Team",
        "Billing → App",
        "Billing → Audit",
        "Billing → Data",
        "Billing → Team",
        "CloudApi → Connections",
        "CloudApi → Data",
        "CloudApi → Security",
        "Connections → Data",
        "Connections → Team",
        "Contacts → Audit",
        "Contacts → Data",
        "Contacts → Live",
        "Contacts → Team",
        "Data → Account",
        "Data → Team",
        "Demo → Account",
        "Demo → Api",
        "Demo → Audit",
        "Demo → CloudApi",
        "Demo → Connections",
        "Demo → Data",
        "Demo → Lanes",
        "Demo → Operations",
        "Demo → Security",
        "Demo → Team",
        "Failures → Account",
        "Failures → App",
        "Failures → Connections",
        "Failures → Data",
        "Failures → Inbox",
        "Failures → Live",
        "Failures → Sending",
        "Failures → Team",
        "Floor → Account",
        "Floor → App",
        "Floor → Data",
        "Floor → Inbox",
        "Floor → Live",
        "Floor → Presence",
        "Floor → Team",
        "Floor → Work",
        "Inbox → Account",
        "Inbox → App",
        "Inbox → Audit",
        "Inbox → CloudApi",
        "Inbox → Connections",
        "Inbox → Contacts",
        "Inbox → Data",
        "Inbox → Live",
        "Inbox → Media",
        "Inbox → Notices",
        "Inbox → Presence",
        "Inbox → Replies",
        "Inbox → Scheduling",
        "Inbox → Sending",
        "Inbox → Team",
        "Inbox → Templates",
        "Inbox → Work",
        "Lanes → Connections",
        "Lanes → Data",
        "Live → Data",
        "Live → Security",
        "Live → Team",
        "Mail → Data",
        "Mail → Security",
        "Media → CloudApi",
        "Media → Connections",
        "Media → Data",
        "Media → Live",
        "Media → Security",
        "Media → Team",
        "Notices → Account",
        "Notices → Data",
        "Notices → Live",
        "Notices → Team",
        "Numbers → Account",
        "Numbers → App",
        "Numbers → Audit",
        "Numbers → CloudApi",
        "Numbers → Connections",
        "Numbers → Data",
        "Numbers → Demo",
        "Numbers → Lanes",
        "Numbers → Live",
        "Numbers → Mail",
        "Numbers → Operations",
        "Numbers → Security",
        "Numbers → Team",
        "Numbers → Webhooks",
        "Operations → Data",
        "Operations → Demo",
        "Operations → Security",
        "Presence → App",
        "Presence → Data",
        "Presence → Live",
        "Presence → Team",
        "Replies → App",
        "Replies → Audit",
        "Replies → Contacts",
        "Replies → Data",
        "Replies → Media",
        "Replies → Team",
        "Scheduling → Connections",
        "Scheduling → Data",
        "Scheduling → Inbox",
        "Scheduling → Lanes",
        "Scheduling → Live",
        "Scheduling → Media",
        "Scheduling → Sending",
        "Scheduling → Team",
        "Scheduling → Templates",
        "Security → Data",
        "Security → Demo",
        "Sending → Account",
        "Sending → App",
        "Sending → CloudApi",
        "Sending → Connections",
        "Sending → Data",
        "Sending → Inbox",
        "Sending → Lanes",
        "Sending → Live",
        "Sending → Media",
        "Sending → Notices",
        "Sending → Team",
        "Sending → Templates",
        "Start → App",
        "Start → Audit",
        "Start → Connections",
        "Start → Data",
        "Start → Demo",
        "Start → Lanes",
        "Start → Security",
        "Start → Team",
        "Team → Account",
        "Team → App",
        "Team → Audit",
        "Team → Data",
        "Team → Live",
        "Team → Mail",
        "Team → Media",
        "Team → Notices",
        "Team → Operations",
        "Team → Presence",
        "Team → Security",
        "Teams → Account",
        "Teams → App",
        "Teams → Audit",
        "Teams → Data",
        "Teams → Live",
        "Teams → Notices",
        "Teams → Security",
        "Teams → Team",
        "Templates → Account",
        "Templates → App",
        "Templates → Audit",
        "Templates → CloudApi",
        "Templates → Connections",
        "Templates → Data",
        "Templates → Live",
        "Templates → Team",
        "Webhooks → Audit",
        "Webhooks → CloudApi",
        "Webhooks → Connections",
        "Webhooks → Contacts",
        "Webhooks → Data",
        "Webhooks → Inbox",
        "Webhooks → Lanes",
        "Webhooks → Live",
        "Webhooks → Media",
        "Webhooks → Notices",
        "Webhooks → Scheduling",
        "Webhooks → Security",
        "Webhooks → Sending",
        "Webhooks → Team",
        "Webhooks → Templates",
        "Webhooks → Work",
        "Work → App",
        "Work → Audit",
        "Work → Data",
        "Work → Live",
        "Work → Media",
        "Work → Notices",
        "Work → Team",
    ];

    private static readonly string[] Shelves = ["CloudApi", "Data", "Lanes", "Live", "Security"];

    private static readonly Lazy<Arrows> Web = new(() => new Arrows("Weflux.Web", TypeUses.In(
        typeof(WefluxDatabase).Assembly.Location,
        type => type.StartsWith("Weflux.Web.", StringComparison.Ordinal)
            && !type.StartsWith("Weflux.Web.Data.Migrations.", StringComparison.Ordinal))));

    public static TheoryData<string> Rows => [.. Table];

    [Fact]
    public void Folders_know_only_whom_the_table_lets_them_know() =>
        string.Join(Environment.NewLine, Web.Value.Forbidden(Table)).Should().BeEmpty();

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

    /// <summary>A shelf knows no feature, but for the tables it maps or carries, who people are, and whether this is the demo.</summary>
    [Fact]
    public void Shelves_know_of_features_only_this() => Web.Value.Uses
        .Select(u => (From: u.From["Weflux.Web.".Length..], To: u.To["Weflux.Web.".Length..]))
        .Where(u => IsOfShelf(u.From) && !IsOfShelf(u.To)).Select(u => $"{u.From} uses {u.To}")
        .Should().BeEquivalentTo(
            "CloudApi.CloudApiClient uses Connections.Connection",
            "CloudApi.CloudApiClient uses Connections.ConnectionKind",
            "CloudApi.GraphAccess uses Connections.ConnectionKind",
            "Data.SqliteWefluxDbContext uses Team.Workspace",
            "Data.WefluxDbContext uses Account.WefluxUser",
            "Lanes.LaneMapping uses Connections.MetaApp",
            "Live.InboxHub uses Team.Actors",
            "Security.SecuritySetup uses Demo.DemoOptions");

    [Fact]
    public void The_domain_stands_on_the_base_libraries_alone()
    {
        string[] allowed =
        [
            "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory", "System.Net.Primitives", "System.Runtime",
            "System.Runtime.Extensions", "System.Security.Cryptography", "System.Text.Encoding.Extensions", "System.Text.Json", "System.Text.RegularExpressions",
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

    private static bool IsOfShelf(string type) => Shelves.Contains(type.Split('.')[0], StringComparer.Ordinal);
}
