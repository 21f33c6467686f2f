using System.Linq.Expressions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Data;

/// <summary>Which conversations somebody may see, for the database: the same as <see cref="Actor.MaySee"/> says of one.</summary>
internal static class ConversationSight
{
    /// <summary>The condition, to be asked of conversations that are found by something else.</summary>
    public static Expression<Func<Conversation, bool>> Of(WefluxDbContext db, Actor actor)
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
        var joined = db.Set<Participation>().Where(p => p.UserId == me);
        return (actor.SeesUnassigned, teams.Count) switch
        {
            (false, 0) => c => c.AssigneeId == me || c.AskedMemberId == me || joined.Any(p => p.ConversationId == c.Id),
            (true, 0) => c => c.AssigneeId == me || c.AskedMemberId == me || (c.AssigneeId == null && c.TeamId == null)
                || joined.Any(p => p.ConversationId == c.Id),
            (false, _) => c => c.AssigneeId == me || c.AskedMemberId == me || teams.Contains(c.AskedTeamId!.Value)
                || joined.Any(p => p.ConversationId == c.Id),
            _ => c => c.AssigneeId == me || c.AskedMemberId == me || teams.Contains(c.AskedTeamId!.Value)
                || (c.AssigneeId == null && (c.TeamId == null || teams.Contains(c.TeamId!.Value)))
                || joined.Any(p => p.ConversationId == c.Id),
        };
    }

    /// <summary>The same as ranges of indexes, for whoever does not see all. A conversation may be in more than one.</summary>
    public static IEnumerable<IQueryable<Conversation>> Ranges(WefluxDbContext db, Actor actor)
    {
        var me = actor.User;
        var conversations = db.Set<Conversation>();
        yield return conversations.Where(c => c.AssigneeId == me);
        yield return conversations.Where(c => c.AskedMemberId == me);
        yield return
            from participation in db.Set<Participation>()
            from conversation in conversations
            where participation.UserId == me && conversation.Id == participation.ConversationId
            select conversation;
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
