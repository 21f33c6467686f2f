using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Web.Data;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Api.Reading;

/// <summary>Conversations with what stands in other tables: their newest messages and their labels.</summary>
internal static class ConversationShapes
{
    public static async Task<IReadOnlyList<ApiConversation>> ReadAsync(
        WefluxDbContext db, IReadOnlyList<Conversation> conversations, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (conversations.Count == 0)
        {
            return [];
        }

        var (places, ids) = (conversations.Select(c => c.LastSequence).ToList(), conversations.Select(c => c.Id).ToList());
        var last = await db.Set<Message>().Where(m => places.Contains(m.Sequence))
            .Select(m => new { m.Sequence, m.Id }).ToDictionaryAsync(m => m.Sequence, m => m.Id, cancellationToken);
        var worn = (await (
            from label in db.Set<ConversationLabel>().Where(l => ids.Contains(l.ConversationId))
            join named in db.Set<Label>() on label.LabelId equals named.Id
            select new { label.ConversationId, named.Id, named.Name }).ToListAsync(cancellationToken)).ToLookup(l => l.ConversationId);
        return
        [
            .. conversations.Select(c => ApiConversation.Of(c, last.TryGetValue(c.LastSequence, out var id) ? id : null, now) with
            {
                Labels = [.. worn[c.Id].OrderBy(l => l.Id).Select(l => new ApiLabel(l.Id, l.Name))],
            }),
        ];
    }
}
