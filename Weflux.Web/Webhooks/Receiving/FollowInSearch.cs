using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>What was edited is found by what it says now, and what was withdrawn is not found any more. Runs before the slice is stored.</summary>
internal static class FollowInSearch
{
    public static async Task ApplyAsync(ReceiveContext context, CancellationToken cancellationToken)
    {
        foreach (var acts in context.Acts.GroupBy(a => (a.ConversationId, a.ConnectionId, Target: a.TargetWhatsAppId!)))
        {
            var (conversation, connection, id) = acts.Key;
            var target = context.Db.Set<Message>().Local.FirstOrDefault(m => m.ConnectionId == connection && m.WhatsAppId == id)
                ?? await context.Db.Set<Message>().SingleOrDefaultAsync(
                    m => m.ConnectionId == connection && m.WhatsAppId == id && m.ConversationId == conversation, cancellationToken);
            if (target is null)
            {
                continue;
            }

            var before = await context.Db.Set<Message>().Where(m => m.ConversationId == conversation && m.TargetWhatsAppId == id).ToListAsync(cancellationToken);
            target.FollowInSearch(before.Union(acts));
        }

        context.Acts.Clear();
    }
}
