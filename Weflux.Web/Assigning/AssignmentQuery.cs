using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Assigning;

/// <summary>How a workspace gives conversations to people, for the page of it.</summary>
public sealed class AssignmentQuery(WefluxDatabase database)
{
    /// <returns>Null for those who may not arrange that.</returns>
    public async Task<AssignmentView?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ArrangeTeams))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var rules = await db.Set<AssignmentRule>().AsNoTracking().ToListAsync(cancellationToken);
        var numbers = await db.Set<Connection>().Where(c => c.State != ConnectionState.Disconnected).OrderBy(c => c.Id).Select(c => new { c.Id, c.Name, c.DisplayPhoneNumber }).ToListAsync(cancellationToken);
        var teams = await db.Set<WorkTeam>().Where(t => t.ArchivedAt == null).Select(t => new { t.Id, t.Name }).ToListAsync(cancellationToken);
        var workspace = await db.Set<Workspace>().AsNoTracking().SingleAsync(w => w.Id == actor.Workspace, cancellationToken);
        return new AssignmentView(
            [.. numbers.Select(n => new RuleLine(RuleSubject.Number(n.Id), n.Name, n.DisplayPhoneNumber, Of(r => r.ConnectionId == n.Id)))],
            [
                .. teams.OrderBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase)
                    .Select(t => new RuleLine(RuleSubject.Team(t.Id), t.Name, null, Of(r => r.TeamId == t.Id))),
            ],
            workspace.HandOverMinutes,
            workspace.ReleasePolicy,
            workspace.OpenRanges is not null);

        AssignmentTerms Of(Predicate<AssignmentRule> which) => rules.Find(which)?.Terms ?? AssignmentTerms.Off;
    }
}

/// <summary>What the page of automatic assignment shows.</summary>
/// <param name="Numbers">The rule of each number.</param>
/// <param name="Teams">The rule of each team at work, by name.</param>
/// <param name="HandOverMinutes">How long somebody has who is asked to take a conversation over.</param>
/// <param name="Release">When conversations are taken off people who are not there.</param>
/// <param name="HasHours">Whether anybody has said when the business is open.</param>
public sealed record AssignmentView(
    IReadOnlyList<RuleLine> Numbers, IReadOnlyList<RuleLine> Teams, int HandOverMinutes, ReleasePolicy Release, bool HasHours);

/// <summary>The rule of a number or a team.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Detail">The number in digits; null for a team.</param>
public sealed record RuleLine(RuleSubject Subject, string Name, string? Detail, AssignmentTerms Terms);
