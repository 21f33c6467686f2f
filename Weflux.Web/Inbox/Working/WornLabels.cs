using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Inbox.Working;

/// <summary>Which labels conversations carry.</summary>
internal static class WornLabels
{
    // It is asked for every row that a hint names: translating would cost more than reading.
    private static readonly Func<WefluxDbContext, long, IAsyncEnumerable<long>> One = EF.CompileAsyncQuery(
        (WefluxDbContext db, long id) => db.Set<ConversationLabel>().Where(l => l.ConversationId == id).Select(l => l.LabelId));

    public static async Task<IReadOnlyList<long>> OfAsync(WefluxDbContext db, long conversationId, CancellationToken cancellationToken)
    {
        List<long>? labels = null;
        await foreach (var label in One(db, conversationId).WithCancellation(cancellationToken))
        {
            (labels ??= []).Add(label);
        }

        return labels ?? (IReadOnlyList<long>)[];
    }

    public static async Task<IReadOnlyDictionary<long, IReadOnlyList<long>>> OfAsync(
        WefluxDbContext db, List<long> conversationIds, CancellationToken cancellationToken)
    {
        if (conversationIds is [var only])
        {
            return new Dictionary<long, IReadOnlyList<long>> { [only] = await OfAsync(db, only, cancellationToken) };
        }

        var worn = await db.Set<ConversationLabel>().Where(l => conversationIds.Contains(l.ConversationId))
            .Select(l => new { l.ConversationId, l.LabelId }).ToListAsync(cancellationToken);
        return worn.GroupBy(l => l.ConversationId).ToDictionary(g => g.Key, g => (IReadOnlyList<long>)[.. g.Select(l => l.LabelId)]);
    }
}
