using System.Linq.Expressions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Data;

/// <summary>Which conversations somebody may see, for the database: the same as <see cref="Actor.MaySee"/> says of one.</summary>
internal static class ConversationSight
{
    /// <summary>The condition, to be asked of conversations that are found by something else.</summary>
    public static Expression<Func<Conversation, bool>> Of(Actor actor)
    {
        if (actor.May(Permission.SeeAllConversations))
        {
            return _ => true;
        }

        if (!actor.May(Permission.WorkConversations))
        {
            return _ => false;
        }

        var (me, teams) = (actor.User, actor.Teams.Ids);
        return (actor.SeesUnassigned, teams.Count) switch
        {
            (false, 0) => c => c.AssigneeId == me || c.AskedMemberId == me,
            (true, 0) => c => c.AssigneeId == me || c.AskedMemberId == me || (c.AssigneeId == null && c.TeamId == null),
            (false, _) => c => c.AssigneeId == me || c.AskedMemberId == me || teams.Contains(c.AskedTeamId!.Value),
            _ => c => c.AssigneeId == me || c.AskedMemberId == me || teams.Contains(c.AskedTeamId!.Value)
                || (c.AssigneeId == null && (c.TeamId == null || teams.Contains(c.TeamId!.Value))),
        };
    }

    /// <summary>The same as ranges of indexes, for whoever does not see all. A conversation may be in more than one.</summary>
    public static IEnumerable<IQueryable<Conversation>> Ranges(IQueryable<Conversation> conversations, Actor actor)
    {
        var me = actor.User;
        yield return conversations.Where(c => c.AssigneeId == me);
        yield return conversations.Where(c => c.AskedMemberId == me);
        if (actor.SeesUnassigned)
        {
            yield return conversations.Where(c => c.AssigneeId == null && c.TeamId == null);
        }

        foreach (var team in actor.Teams.Ids)
        {
            yield return conversations.Where(c => c.AskedTeamId == team);
            if (actor.SeesUnassigned)
            {
                yield return conversations.Where(c => c.AssigneeId == null && c.TeamId == team);
            }
        }
    }
}
