using Weflux.Domain.Team;
using Weflux.Web.Team.Deletion;

namespace Weflux.Web.Assigning;

public static class AssigningSetup
{
    public static IServiceCollection AddAssigning(this IServiceCollection services) => services
        .AddSingleton<SetAssignmentRule>()
        .AddSingleton<ChangeAbsence>()
        .AddSingleton<AssignmentQuery>()
        .AddSingleton<AssignWaiting>()
        .AddSingleton<AutomaticAssignment>()
        .AddHostedService(provider => provider.GetRequiredService<AutomaticAssignment>())
        .AddSingleton<ReleaseAbsent>()
        .AddHostedService(provider => provider.GetRequiredService<ReleaseAbsent>())
        .AddSingleton(ExportPart.Of<AssignmentRule>("assignment-rules.jsonl", "how conversations are given to people by themselves", r => new
        {
            r.ConnectionId,
            r.TeamId,
            Mode = r.Mode.ToString(),
            r.GoesToTeamId,
            r.OnlyInHours,
            r.IsSticky,
            r.IncludesManagers,
        }))
        .AddSingleton(ExportPart.Of<AssignmentTurn>(
            "assignment-turns.jsonl", "in which order people were last given a conversation", t => new { UserId = t.UserId.Value, t.LastGiven }));
}
