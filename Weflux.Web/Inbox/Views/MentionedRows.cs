using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Work.Notes;

namespace Weflux.Web.Inbox.Views;

/// <summary>
/// Conversations in whose notes the reader is mentioned: those with a mention that was not seen first, then by the newest
/// mention. Each stands at its best mention alone.
/// </summary>
internal static class MentionedRows
{
    public static async Task<FoundPage> ReadAsync(
        WefluxDbContext db, ViewScope scope, ViewRows rows, ListCursor? cursor, PageDirection direction, int take, CancellationToken cancellationToken)
    {
        var found = new List<FoundRow>(take + 1);
        foreach (var isUnseen in Sections(cursor, direction))
        {
            var start = isUnseen == cursor?.NeedsReply ? cursor.LastSequence : (long?)null;
            var page = Page(db, scope, rows, isUnseen, start, direction).Take(take + 1 - found.Count);
            found.AddRange((await page.AsNoTracking().ToListAsync(cancellationToken)).Select(m => new FoundRow(
                new ConversationWithContact { Conversation = m.Conversation, Contact = m.Contact }, Place(m.Conversation.Id, isUnseen, m.NoteId))));
            if (found.Count > take)
            {
                break;
            }
        }

        // One that was seen in between stands in both sections.
        var distinct = found.DistinctBy(f => f.Row.Conversation.Id).Take(take).ToList();
        if (direction == PageDirection.Before)
        {
            distinct.Reverse();
        }

        return new FoundPage(distinct, found.Count > take, null);
    }

    /// <summary>Where those of these conversations stand that mention the reader.</summary>
    public static async Task<IReadOnlyDictionary<long, ListCursor>> PlacesAsync(
        WefluxDbContext db, UserId reader, IReadOnlyCollection<long> conversations, CancellationToken cancellationToken)
    {
        var mentions = await (
            from n in db.Set<Note>()
            from m in db.Set<NoteMention>()
            where conversations.Contains(n.ConversationId) && m.NoteId == n.Id && m.UserId == reader
            select new { n.ConversationId, m.NoteId, m.IsSeen }).ToListAsync(cancellationToken);
        return mentions.GroupBy(m => m.ConversationId).ToDictionary(
            g => g.Key,
            g => g.OrderBy(m => m.IsSeen).ThenByDescending(m => m.NoteId).Select(m => Place(g.Key, !m.IsSeen, m.NoteId)).First());
    }

    /// <summary>Conversations with a mention of the reader that was not seen yet, some more than once.</summary>
    public static IQueryable<long> Unseen(WefluxDbContext db, ViewScope scope, ViewRows rows)
    {
        var me = scope.Actor.User;
        return
            from m in db.Set<NoteMention>()
            from n in db.Set<Note>()
            from c in rows.Held(db.Set<Conversation>())
            where m.UserId == me && !m.IsSeen && n.Id == m.NoteId && c.Id == n.ConversationId
            select c.Id;
    }

    private static ListCursor Place(long conversationId, bool isUnseen, long noteId) =>
        new(isUnseen, DateTimeOffset.UnixEpoch, noteId, conversationId);

    private static IReadOnlyList<bool> Sections(ListCursor? cursor, PageDirection direction) => direction == PageDirection.After
        ? (cursor is { NeedsReply: false } ? [false] : [true, false])
        : cursor is { NeedsReply: true } ? [true] : [false, true];

    private static IQueryable<Mentioned> Page(WefluxDbContext db, ViewScope scope, ViewRows rows, bool isUnseen, long? start, PageDirection direction)
    {
        var (me, isSeen) = (scope.Actor.User, !isUnseen);
        var mentions = db.Set<NoteMention>().Where(m => m.UserId == me && m.IsSeen == isSeen);
        if (start is { } from)
        {
            mentions = direction == PageDirection.After ? mentions.Where(m => m.NoteId < from) : mentions.Where(m => m.NoteId > from);
        }

        // Both the mentions and what follows them are looked up by their keys; the mentions lead.
        var found =
            from m in mentions
            from n in db.Set<Note>()
            from c in rows.Narrow(rows.Held(db.Set<Conversation>()))
            from p in db.Set<Domain.Contacts.Contact>()
            where n.Id == m.NoteId && c.Id == n.ConversationId && p.Id == c.ContactId
                && !(from other in db.Set<Note>()
                     from better in db.Set<NoteMention>()
                     where other.ConversationId == n.ConversationId && better.NoteId == other.Id && better.UserId == me
                         && ((isSeen && !better.IsSeen) || (better.IsSeen == isSeen && better.NoteId > m.NoteId))
                     select better.NoteId).Any()
            select new Mentioned { Conversation = c, Contact = p, NoteId = m.NoteId };
        return direction == PageDirection.After ? found.OrderByDescending(f => f.NoteId) : found.OrderBy(f => f.NoteId);
    }

    private sealed class Mentioned
    {
        public required Conversation Conversation { get; init; }

        public required Domain.Contacts.Contact Contact { get; init; }

        public long NoteId { get; init; }
    }
}
