using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Sending;

/// <summary>
/// Two people answer one customer at once. The one who began before the other's answer was to be seen is told, whatever
/// their screens had heard: it is looked up under the lock under which answers are stored.
/// </summary>
internal static class Overtaking
{
    /// <summary>The newest answer of a colleague that the writer did not know; null if there is none, or nothing is said of what was known.</summary>
    public static async Task<ColleagueAnswered?> FindAsync(WefluxDbContext db, Actor actor, SendReply.Order order, CancellationToken cancellationToken)
    {
        if (order.Known is not { } known || actor.Key is not null || order.ScheduledId is not null || order.ResendOfId is not null)
        {
            return null;
        }

        var (conversationId, me) = (order.ConversationId, actor.User);

        // What is new has changed since as well, so the index of changes leads to it. Asked for the order of storing too, SQLite
        // would go through what the whole workspace stored since. What failed has answered nobody.
        var answers = await db.Set<Message>()
            .Where(m => m.ConversationId == conversationId && m.ChangeSequence > known && m.Direction == MessageDirection.Out
                && m.AuthorId != null && m.AuthorId != me && m.TargetWhatsAppId == null && m.Status != DeliveryStatus.Failed)
            .Select(m => new { m.Id, m.AuthorId, m.Sequence, m.SaidAt }).ToListAsync(cancellationToken);
        return answers.Where(a => a.Sequence > known).MaxBy(a => a.Sequence) is { AuthorId: { } colleague } newest
            ? new ColleagueAnswered(colleague, newest.Id, newest.Sequence, newest.SaidAt)
            : null;
    }
}
