using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Search;

/// <summary>Messages in which something stands, as the reader sees them in the thread.</summary>
internal sealed class MessageSearch(WefluxDbContext db, SearchSight sight, SearchTerms terms, bool isIndexed, TimeProvider time)
{
    private readonly bool _seesNumbers = sight.Actor.May(Permission.SeePhoneNumbers);

    public async Task<Found<MessageHit>> FindAsync(SearchCursor? cursor, int take, CancellationToken cancellationToken)
    {
        var author = sight.Wish.AuthorId is { } id ? new UserId(id) : (UserId?)null;
        var reader = new HitReader(
            db,
            new IndexQuestion(IndexedText.Messages, sight.Actor.Workspace, terms, sight.Ids, author, sight.From, sight.Until, time.GetUtcNow()),
            new HitSource(Seen, All(), terms.NeedsProof ? terms.Fit : null),
            time);
        var page = isIndexed ? await reader.ReadAsync(cursor?.First, take, cancellationToken) : await reader.ReadNewestAsync(cursor?.First, take, cancellationToken);
        return new Found<MessageHit>(await ShowAsync(page.Ids, cancellationToken), page.Next is { } next ? new SearchCursor(next) : null)
        {
            IsCutShort = page.IsCutShort,
            IsOfNewest = !isIndexed,
        };
    }

    private IQueryable<Hit> Seen(IQueryable<long> ids) => Hits(
        from id in ids
        from m in db.Set<Message>()
        where m.Id == id
        select m);

    /// <summary>Where there is no index: the messages of few conversations, else those of the workspace.</summary>
    private IQueryable<long> All() => sight.Ids is not { } few ? db.Set<Message>().Select(m => m.Id)
        : from id in Numbers.Of(db, few)
          from m in db.Set<Message>()
          where m.ConversationId == id
          select m.Id;

    private IQueryable<Hit> Hits(IQueryable<Message> messages)
    {
        var fitting = Fitting(messages.Where(m => m.SearchText != ""));
        var seen = sight.Conversations;
        return sight.IsEverything
            ? fitting.Select(m => new Hit { Id = m.Id, Text = m.SearchText })
            : from m in fitting
              from c in seen
              where c.Id == m.ConversationId
              select new Hit { Id = m.Id, Text = m.SearchText };
    }

    private IQueryable<Message> Fitting(IQueryable<Message> messages)
    {
        if (sight.Wish.Direction is { } direction)
        {
            messages = messages.Where(m => m.Direction == direction);
        }

        if (sight.Wish.AuthorId is { } id)
        {
            var author = new UserId(id);
            messages = messages.Where(m => m.AuthorId == author);
        }

        if (sight.From is { } from)
        {
            messages = messages.Where(m => m.SaidAt >= from);
        }

        return sight.Until is { } until ? messages.Where(m => m.SaidAt < until) : messages;
    }

    private async Task<IReadOnlyList<MessageHit>> ShowAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var found = await (
            from id in Numbers.Of(db, ids)
            from m in db.Set<Message>()
            from c in db.Set<Conversation>()
            from p in db.Set<Contact>()
            where m.Id == id && c.Id == m.ConversationId && p.Id == c.ContactId
            select new { Message = m, c.State, c.AssigneeId, Contact = p }).AsNoTracking().ToListAsync(cancellationToken);
        var acts = await ActsAsync(found.ConvertAll(f => f.Message), cancellationToken);
        var people = await SharedRows.ColleaguesAsync(db, found.Select(f => f.Message.AuthorId), cancellationToken);
        var hits = new List<MessageHit>();
        foreach (var f in found.OrderByDescending(f => f.Message.Id))
        {
            if (Shown(f.Message, acts) is { } content)
            {
                hits.Add(new MessageHit(
                    f.Message.Id,
                    f.Message.ConversationId,
                    ContactNames.Show(f.Contact.DisplayName, f.Contact.Phone, _seesNumbers),
                    f.Message.Direction,
                    WhoSaid(f.Message, people),
                    content is TextContent ? null : LineWords.Name(content.LineKind),
                    f.Message.SaidAt,
                    f.State,
                    Snippet.Of(content.SearchText, terms)));
            }
        }

        return hits;
    }

    /// <summary>What the thread shows of it; null if it was withdrawn, or edited into something else, before the index heard of it.</summary>
    private MessageContent? Shown(Message message, ILookup<string, Message> acts)
    {
        var marks = message.WhatsAppId is { } id ? MessageMarks.Of(message, acts[id], _seesNumbers) : MessageMarks.None;
        return marks.WithdrawnAt is not null || (marks.Latest is { } latest && !terms.Fit(latest.SearchText)) ? null
            : marks.Latest ?? ContactNames.Show(message.Content, _seesNumbers) switch
            {
                EditContent edit => edit.Content,
                var content => content,
            };
    }

    private async Task<ILookup<string, Message>> ActsAsync(List<Message> messages, CancellationToken cancellationToken)
    {
        var names = messages.Select(m => m.WhatsAppId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var acts = names.Count == 0 ? [] : await (
            from id in Numbers.Of(db, messages.Select(m => m.ConversationId).Distinct().ToList())
            from m in db.Set<Message>()
            where m.ConversationId == id && m.TargetWhatsAppId != null && names.Contains(m.TargetWhatsAppId)
            select m).AsNoTracking().ToListAsync(cancellationToken);
        return acts.OrderBy(m => m.SaidAt).ThenBy(m => m.Sequence).ToLookup(m => m.TargetWhatsAppId!, StringComparer.Ordinal);
    }

    private string? WhoSaid(Message message, IReadOnlyDictionary<long, Colleague> people) => message.Direction switch
    {
        MessageDirection.In => message.Context?.Participant is { } participant ? ContactNames.Show(participant, _seesNumbers) : null,
        _ when message.AuthorId is not { } author => message.Origin == MessageOrigin.PhoneApp ? "On the phone" : "Your team",
        _ when message.AuthorId == sight.Actor.User => "You",
        _ => people.GetValueOrDefault(message.AuthorId!.Value.Value)?.Name ?? "A former member",
    };
}
