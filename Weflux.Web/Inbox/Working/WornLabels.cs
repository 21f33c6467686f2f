using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Inbox.Working;

/// <summary>Which labels conversations carry.</summary>
internal static class WornLabels
{
    public static async Task<IReadOnlyList<long>> OfAsync(WefluxDbContext db, long conversationId, CancellationToken cancellationToken) =>
        await db.Set<ConversationLabel>().Where(l => l.ConversationId == conversationId).Select(l => l.LabelId).ToListAsync(cancellationToken);

    public static async Task<ILookup<long, long>> OfAsync(WefluxDbContext db, List<long> conversationIds, CancellationToken cancellationToken)
    {
        var worn = await db.Set<ConversationLabel>().Where(l => EF.Parameter(conversationIds).Contains(l.ConversationId))
            .Select(l => new { l.ConversationId, l.LabelId }).ToListAsync(cancellationToken);
        return worn.ToLookup(l => l.ConversationId, l => l.LabelId);
    }
}
