using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class WorkTeamTests
{
    [Fact]
    public void Names_that_read_alike_have_the_same_key()
    {
        WorkTeam.KeyOf("Sales").Should().Be(WorkTeam.KeyOf("sALES"));
        WorkTeam.KeyOf("Caf\u00e9").Should().Be(WorkTeam.KeyOf("Cafe\u0301"));
    }

    [Fact]
    public void A_team_is_put_away_once_and_taken_up_once()
    {
        var team = WorkTeam.Make(Given.Workspace, "Sales");
        (team.Name, team.NameKey, team.ArchivedAt).Should().Be(("Sales", "SALES", null));

        team.Restore().Should().BeFalse();
        team.Archive(Given.Noon).Should().BeTrue();
        team.Archive(Given.Noon.AddDays(1)).Should().BeFalse();
        team.ArchivedAt.Should().Be(Given.Noon);
        team.Restore().Should().BeTrue();
        team.ArchivedAt.Should().BeNull();
        team.Rename("Returns");
        team.NameKey.Should().Be("RETURNS");
    }
}
