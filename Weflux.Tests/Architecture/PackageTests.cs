using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Weflux.Tests.Architecture;

public sealed partial class PackageTests
{
    [Fact]
    public void Every_package_is_pinned_to_one_version()
    {
        var versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion").ToList();
        versions.Should().NotBeEmpty().And.OnlyContain(v => Exact().IsMatch(v.Attribute("Version")!.Value));
        versions.Select(v => v.Attribute("Include")!.Value).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void No_project_has_versions_of_its_own()
    {
        Repository.Projects.Should().NotBeEmpty();
        foreach (var project in Repository.Projects)
        {
            XDocument.Load(project).Descendants("PackageReference")
                .Where(r => r.Attribute("Version") is not null || r.Attribute("VersionOverride") is not null || r.Element("Version") is not null)
                .Select(r => r.Attribute("Include")?.Value).Should().BeEmpty(project);
        }
    }

    [Theory]
    [InlineData("1.2.3", true)]
    [InlineData("1.2.3-preview.1", true)]
    [InlineData("1.2.3.4", true)]
    [InlineData("1.2", false)]
    [InlineData("1.*", false)]
    [InlineData("1.2.*", false)]
    [InlineData("[1.2.3,2.0.0)", false)]
    [InlineData("[1.2.3]", false)]
    [InlineData("1.2.3-*", false)]
    [InlineData("$(Version)", false)]
    public void A_range_is_no_pin(string version, bool isExact) => Exact().IsMatch(version).Should().Be(isExact);

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?(-[0-9A-Za-z.-]+)?$", RegexOptions.None, 1000)]
    private static partial Regex Exact();
}
