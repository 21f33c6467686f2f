using Weflux.Web.Team;

namespace Weflux.Tests.Web.Team;

public sealed class WorkspaceTimeTests
{
    [Theory]
    [InlineData("Asia/Kolkata", "Asia/Kolkata")]
    [InlineData("Asia/Calcutta", "Asia/Kolkata")]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("Mars/Olympus", "UTC")]
    [InlineData("../../etc/passwd", "UTC")]
    [InlineData("", "UTC")]
    [InlineData(null, "UTC")]
    public void A_browsers_zone_is_read_as_one_of_the_list(string? name, string zone) => WorkspaceTime.Read(name).Should().Be(zone);
}
