using Microsoft.EntityFrameworkCore;
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

    /// <summary>Why a member cannot take part now: they do already, or there are too many; null if they can.</summary>
    public static async Task<WorkOutcome?> FindObstacleAsync(WorkEdit edit, UserId member, CancellationToken cancellationToken)
    {
        var there = edit.Conversation.Participants;
        return there.Has(member) ? WorkOutcome.Unchanged
            : there.Members.Count >= Participants.Most ? WorkOutcome.TooManyPeople
            : await edit.Db.Set<Participation>().CountAsync(p => p.UserId == member, cancellationToken) >= Participants.MostOfOne ? WorkOutcome.TooManyConversations
            : null;
    }
}
