using Weflux.Domain.Team;
using Weflux.Web.Team.Deletion;

namespace Weflux.Web.Teams;

public static class TeamsSetup
{
    public static IServiceCollection AddTeams(this IServiceCollection services) => services
        .AddSingleton<TeamEdits>()
        .AddSingleton<MakeTeam>()
        .AddSingleton<RenameTeam>()
        .AddSingleton<SetTeamMember>()
        .AddSingleton<ArchiveTeam>()
        .AddSingleton<RestoreTeam>()
        .AddSingleton<TeamsQuery>()
        .AddSingleton(ExportPart.Of<WorkTeam>("teams.jsonl", "teams, those that are put away included", t => new { t.Id, t.Name, t.ArchivedAt }))
        .AddSingleton(ExportPart.Of<TeamMember>("team-members.jsonl", "who is in which team", m => new { m.TeamId, UserId = m.UserId.Value }));
}
