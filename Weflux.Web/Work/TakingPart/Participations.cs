using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Work.TakingPart;

/// <summary>In which conversations somebody takes part.</summary>
internal static class Participations
{
    /// <summary>The conversations in which somebody takes part: so few that they can be looked through, see <see cref="Participants.MostOfOne"/>.</summary>
    public static IQueryable<Conversation> Joined(this WefluxDbContext db, UserId member) =>
        from participation in db.Set<Participation>()
        from conversation in db.Set<Conversation>()
        where participation.UserId == member && conversation.Id == participation.ConversationId
        select conversation;
}
