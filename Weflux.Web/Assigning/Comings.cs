using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Assigning;

/// <summary>The lines of threads that tell to whom a conversation came: no column says when that was, or who gave it back.</summary>
internal static class Comings
{
    public static IQueryable<ConversationEvent> In(WefluxDbContext db) => db.Set<ConversationEvent>().Where(e =>
        e.Kind == ConversationEventKind.Taken || e.Kind == ConversationEventKind.HandOverAccepted
        || (e.Kind == ConversationEventKind.Assigned && e.SubjectId != null));

    /// <summary>
    /// Who held these conversations last, and gave them back or had them taken off. No rule gives one to the same person
    /// again before somebody else held it, or it was closed.
    /// </summary>
    /// <param name="db">A context of the workspace.</param>
    /// <param name="conversations">Conversations that nobody holds and that remember nobody who is to be asked first.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Dictionary<long, UserId>> GaveBackAsync(WefluxDbContext db, IEnumerable<long> conversations, CancellationToken cancellationToken)
    {
        var (ids, comings, told) = (conversations.ToList(), In(db), db.Set<ConversationEvent>());
        if (ids.Count == 0)
        {
            return [];
        }

        var last = await comings.Where(e => ids.Contains(e.ConversationId)
                && !comings.Any(later => later.ConversationId == e.ConversationId && later.Sequence > e.Sequence)
                && !told.Any(later => later.ConversationId == e.ConversationId && later.Kind == ConversationEventKind.Closed && later.Sequence > e.Sequence))
            .AsNoTracking().ToListAsync(cancellationToken);
        var gaveBack = new Dictionary<long, UserId>();
        foreach (var coming in last.OrderBy(e => e.Id))
        {
            if (To(coming) is { } holder)
            {
                gaveBack[coming.ConversationId] = holder;
            }
        }

        return gaveBack;
    }

    /// <summary>A hand-over is told of whoever gave it, and by whoever took it.</summary>
    private static UserId? To(ConversationEvent told) => told.Kind == ConversationEventKind.HandOverAccepted ? told.ActorId : told.SubjectMember;
}
