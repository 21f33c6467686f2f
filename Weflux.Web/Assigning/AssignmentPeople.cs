using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Presence;
using Weflux.Web.Team;

namespace Weflux.Web.Assigning;

/// <summary>Those who are available now, with what they hold, what they can hold, and when they were last given something.</summary>
internal sealed class AssignmentPeople
{
    private readonly Dictionary<UserId, Role> _roles;
    private readonly ILookup<long, UserId> _teams;

    private AssignmentPeople(AssignmentRota rota, Dictionary<UserId, Role> roles, ILookup<long, UserId> teams) =>
        (Rota, _roles, _teams) = (rota, roles, teams);

    public AssignmentRota Rota { get; }

    public static async Task<AssignmentPeople> ReadAsync(WefluxDbContext db, PresenceQuery presence, CancellationToken cancellationToken)
    {
        var available = (await presence.ReadAsync(db, cancellationToken)).Where(p => p.Value.State == MemberPresence.Available).Select(p => p.Key).ToList();
        if (available.Count == 0)
        {
            return new AssignmentPeople(new AssignmentRota([]), [], Array.Empty<UserId>().ToLookup(_ => 0L));
        }

        var places = await db.Set<Membership>().AsNoTracking().Where(m => m.IsActive && available.Contains(m.UserId))
            .Select(m => new { m.UserId, m.Role, m.Capacity }).ToListAsync(cancellationToken);
        var open = await db.Set<Conversation>()
            .Where(c => c.State == ConversationState.Open && c.AssigneeId != null && available.Contains(c.AssigneeId.Value))
            .GroupBy(c => c.AssigneeId!.Value).Select(g => new { User = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.User, g => g.Count, cancellationToken);
        var turns = await db.Set<AssignmentTurn>().AsNoTracking().ToDictionaryAsync(t => t.UserId, t => t.LastGiven, cancellationToken);
        var teams = await db.Set<TeamMember>().AsNoTracking().Where(m => available.Contains(m.UserId)).ToListAsync(cancellationToken);
        return new AssignmentPeople(
            new AssignmentRota(places.Select(p => new AssignmentCandidate(
                p.UserId, IsAvailable: true, open.GetValueOrDefault(p.UserId), p.Capacity, turns.GetValueOrDefault(p.UserId)))),
            places.ToDictionary(p => p.UserId, p => p.Role),
            teams.ToLookup(m => m.TeamId, m => m.UserId));
    }

    /// <summary>Among whom a rule chooses: the people of a team, or the Agents.</summary>
    public IEnumerable<UserId> PoolOf(AssignmentRule rule) => rule.TeamId is { } team
        ? _teams[team]
        : _roles.Where(p => p.Value == Role.Agent || rule.IncludesManagers).Select(p => p.Key);
}
