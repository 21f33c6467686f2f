using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Teams;

/// <summary>The teams of a workspace.</summary>
public sealed class TeamsQuery(WefluxDatabase database)
{
    /// <summary>For their page; null for those who may not arrange teams.</summary>
    public async Task<TeamsView?> ForEditingAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ArrangeTeams))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var teams = await db.Set<WorkTeam>().AsNoTracking().ToListAsync(cancellationToken);
        var places = await db.Set<TeamMember>().AsNoTracking().ToListAsync(cancellationToken);
        var members = await db.Set<Membership>().Select(m => new { m.UserId, m.IsActive, m.Role }).ToListAsync(cancellationToken);
        var ids = members.ConvertAll(m => m.UserId.Value);
        var people = await db.Set<WefluxUser>().Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.Name, u.PictureKey })
            .ToDictionaryAsync(u => u.Id, cancellationToken);
        var open = await db.Set<Conversation>().Where(c => c.TeamId != null && c.State != ConversationState.Closed)
            .GroupBy(c => c.TeamId!.Value).Select(g => new { Id = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Id, g => g.Count, cancellationToken);
        List<TeamPerson> all = [.. members.Select(m => new TeamPerson(m.UserId, people[m.UserId.Value].Name, people[m.UserId.Value].PictureKey, m.Role, m.IsActive))
            .OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase)];
        return new TeamsView(
            [
                .. teams.OrderBy(t => t.ArchivedAt is not null).ThenBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase).Select(t => new TeamLine(
                    t.Id, t.Name, t.ArchivedAt, [.. all.Where(p => places.Exists(m => m.TeamId == t.Id && m.UserId == p.User))], open.GetValueOrDefault(t.Id))),
            ],
            [.. all.Where(p => p.IsActive)]);
    }

    /// <summary>Those to which conversations can be given, by name, each with its active members.</summary>
    public async Task<IReadOnlyList<TeamAtWork>> AtWorkAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return [];
        }

        await using var db = database.Open(actor.Workspace);
        var teams = await db.Set<WorkTeam>().Where(t => t.ArchivedAt == null).Select(t => new { t.Id, t.Name }).ToListAsync(cancellationToken);
        var places = (await db.Set<TeamMember>().Where(p => db.Set<Membership>().Any(m => m.UserId == p.UserId && m.IsActive))
            .Select(p => new { p.TeamId, p.UserId }).ToListAsync(cancellationToken)).ToLookup(p => p.TeamId, p => p.UserId);
        return
        [
            .. teams.OrderBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase)
                .Select(t => new TeamAtWork(t.Id, t.Name, [.. places[t.Id].OrderBy(u => u.Value)])),
        ];
    }
}

/// <summary>A team that is not put away.</summary>
/// <param name="Members">Its active members.</param>
public sealed record TeamAtWork(long Id, string Name, IReadOnlyList<UserId> Members);

/// <summary>What the page of teams shows.</summary>
/// <param name="Teams">Those at work first, then by name.</param>
/// <param name="People">Whom one can take into a team.</param>
public sealed record TeamsView(IReadOnlyList<TeamLine> Teams, IReadOnlyList<TeamPerson> People);

/// <summary>A team on its page.</summary>
/// <param name="ArchivedAt">When it was put away (UTC); null while it works.</param>
/// <param name="Count">How many conversations belong to it that are not closed.</param>
public sealed record TeamLine(long Id, string Name, DateTimeOffset? ArchivedAt, IReadOnlyList<TeamPerson> Members, int Count);

/// <summary>A member as the page of teams shows them.</summary>
public sealed record TeamPerson(UserId User, string Name, Guid? Picture, Role Role, bool IsActive);
