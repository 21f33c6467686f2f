using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Work;
using Weflux.Web.Assigning;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Team.Settings;
using Weflux.Web.Teams;

namespace Weflux.Tests.Web.Assigning;

public sealed class SetAssignmentRuleTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task Which_team_gets_the_conversations_of_a_number_is_on_record()
    {
        var (sales, returns) = (await MakeAsync("Sales"), await MakeAsync("Returns"));
        var number = RuleSubject.Number(await world.Host.ReadAsync(db => db.Set<Connection>().Select(c => c.Id).FirstAsync()));

        foreach (var team in new[] { sales, returns })
        {
            (await world.Get<SetAssignmentRule>().ExecuteAsync(world.Manager, number, new AssignmentTerms(AssignmentMode.ToTeam, team))).Should().Be(SettingsOutcome.Saved);
        }

        (await world.Get<SetAssignmentRule>().ExecuteAsync(world.Manager, number, AssignmentTerms.Off)).Should().Be(SettingsOutcome.Saved);

        var lines = (await world.Get<AuditQuery>().GetAsync(world.Admin, new AuditFilter(Action: AuditActions.AssignmentChanged), null))!.Lines;
        lines.Select(l => l.Facts.Single(f => f.Name == "Team")).Should().Equal(
            new AuditFact("Team", "Returns", null), new AuditFact("Team", "Sales", "Returns"), new AuditFact("Team", null, "Sales"));
        lines[1].Facts.Should().ContainSingle("nothing but the team was changed");
    }

    private async Task<long> MakeAsync(string name)
    {
        (await world.Get<MakeTeam>().ExecuteAsync(world.Manager, name)).Should().Be(TeamOutcome.Saved);
        return await world.Host.ReadAsync(db => db.Set<WorkTeam>().Where(t => t.Name == name).Select(t => t.Id).SingleAsync());
    }
}
