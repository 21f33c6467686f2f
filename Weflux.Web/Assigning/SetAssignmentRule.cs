using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Team.Settings;

namespace Weflux.Web.Assigning;

/// <summary>What a rule is about: a number, or a team.</summary>
/// <param name="ConnectionId">The number; null for a team.</param>
/// <param name="TeamId">The team; null for a number.</param>
public readonly record struct RuleSubject(long? ConnectionId, long? TeamId)
{
    public static RuleSubject Number(long connection) => new(connection, null);

    public static RuleSubject Team(long team) => new(null, team);
}

/// <summary>A Manager or an Admin decides who gets the conversations of a number or of a team.</summary>
public sealed class SetAssignmentRule(WorkspaceEdits edits)
{
    public async Task<SettingsOutcome> ExecuteAsync(Actor actor, RuleSubject subject, AssignmentTerms terms, CancellationToken cancellationToken = default)
    {
        var isSound = true;
        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ArrangeTeams,
            AuditActions.AssignmentChanged,
            async (db, workspace) =>
            {
                if (await NameAsync(db, subject, cancellationToken) is not { } name
                    || (terms.GoesToTeamId is { } team && !await IsAtWorkAsync(db, team, cancellationToken)))
                {
                    isSound = false;
                    return null;
                }

                var (number, of) = subject;
                var rule = await db.Set<AssignmentRule>().SingleOrDefaultAsync(r => r.ConnectionId == number && r.TeamId == of, cancellationToken);
                var before = rule?.Terms ?? AssignmentTerms.Off;
                var set = rule ?? (number is { } id ? AssignmentRule.OfNumber(workspace.Id, id) : AssignmentRule.OfTeam(workspace.Id, of!.Value));
                isSound = set.Set(terms);
                if (!isSound || before == terms)
                {
                    return null;
                }

                if (rule is null)
                {
                    db.Add(set);
                }

                return AuditFacts.Changed(
                    name,
                    ("Who gets conversations", AssigningWords.Of(before.Mode), AssigningWords.Of(terms.Mode)),
                    ("Team", await TeamAsync(db, before, cancellationToken), await TeamAsync(db, terms, cancellationToken)),
                    ("When", AssigningWords.When(before), AssigningWords.When(terms)),
                    ("Whoever held it last first", AssigningWords.YesNo(before.IsSticky), AssigningWords.YesNo(terms.IsSticky)),
                    ("Managers and Admins too", AssigningWords.YesNo(before.IncludesManagers), AssigningWords.YesNo(terms.IncludesManagers)));
            },
            isForAll: false,
            cancellationToken);
        return isSound ? outcome.ToSettings() : SettingsOutcome.Invalid;
    }

    private static async Task<string?> NameAsync(WefluxDbContext db, RuleSubject subject, CancellationToken cancellationToken) => subject switch
    {
        { ConnectionId: { } number, TeamId: null } =>
            await db.Set<Connection>().Where(c => c.Id == number).Select(c => c.Name).SingleOrDefaultAsync(cancellationToken),
        { ConnectionId: null, TeamId: { } team } =>
            await db.Set<WorkTeam>().Where(t => t.Id == team && t.ArchivedAt == null).Select(t => t.Name).SingleOrDefaultAsync(cancellationToken),
        _ => null,
    };

    /// <summary>The name of the team that gets them; null if none does.</summary>
    private static async Task<string?> TeamAsync(WefluxDbContext db, AssignmentTerms terms, CancellationToken cancellationToken) => terms.GoesToTeamId is { } team
        ? await db.Set<WorkTeam>().Where(t => t.Id == team).Select(t => t.Name).SingleOrDefaultAsync(cancellationToken)
        : null;

    private static Task<bool> IsAtWorkAsync(WefluxDbContext db, long team, CancellationToken cancellationToken) =>
        db.Set<WorkTeam>().AnyAsync(t => t.Id == team && t.ArchivedAt == null, cancellationToken);
}
