using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Search;

/// <summary>Notes in which something stands: those of conversations, and those of contacts. Numbers in them are masked for whom numbers are, and not found then.</summary>
internal sealed class NoteSearch(WefluxDbContext db, SearchSight sight, SearchTerms terms, bool isIndexed, TimeProvider time)
{
    private readonly bool _seesNumbers = sight.Actor.May(Permission.SeePhoneNumbers);

    public async Task<Found<NoteHit>> FindAsync(SearchCursor? cursor, int take, CancellationToken cancellationToken)
    {
        var ofThreads = cursor is { First: 0 } ? Nothing : await ReadAsync(
            IndexedText.Notes, sight.Ids, new HitSource(OfThreads, db.Set<Note>().Select(n => n.Id), Proof), cursor?.First, take, cancellationToken);
        var ofContacts = cursor is { Second: 0 } || sight.Wish.Direction is not null ? Nothing : await ReadAsync(
            IndexedText.ContactNotes,
            await ContactsAsync(cancellationToken),
            new HitSource(OfContacts, db.Set<ContactNote>().Select(n => n.Id), Proof),
            cursor?.Second,
            take,
            cancellationToken);
        var first = await ShowThreadsAsync(ofThreads.Ids, cancellationToken);
        var second = await ShowContactsAsync(ofContacts.Ids, cancellationToken);
        var page = first.Concat(second).OrderByDescending(h => h.At).ThenByDescending(h => h.Id).Take(take).ToList();

        // Of each list it goes on behind what is shown.
        var next = new SearchCursor(
            Next(ofThreads, first, page),
            Next(ofContacts, second, page));
        return new Found<NoteHit>(page, next is { First: 0, Second: 0 } ? null : next)
        {
            IsCutShort = page.Count < take && (ofThreads.IsCutShort || ofContacts.IsCutShort),
            IsOfNewest = !isIndexed,
        };
    }

    private static HitPage Nothing { get; } = new([], null, IsCutShort: false);

    private Func<string, bool>? Proof => !_seesNumbers && terms.HasDigits ? text => terms.Fit(Shown(text))
        : terms.NeedsProof ? terms.Fit
        : null;

    private static long Next(HitPage read, List<NoteHit> shown, List<NoteHit> page)
    {
        var taken = shown.FindAll(page.Contains);
        return taken.Count < shown.Count ? (taken.Count > 0 ? taken.Min(h => h.Id) : shown.Max(h => h.Id) + 1) : read.Next ?? 0;
    }

    private Task<HitPage> ReadAsync(IndexedText text, IReadOnlyCollection<long>? places, HitSource source, long? start, int take, CancellationToken cancellationToken)
    {
        var author = sight.Wish.AuthorId is { } id ? new UserId(id) : (UserId?)null;
        var reader = new HitReader(
            db, new IndexQuestion(text, sight.Actor.Workspace, terms, places, author, sight.From, sight.Until, time.GetUtcNow()), source, time);
        return isIndexed ? reader.ReadAsync(start, take, cancellationToken) : reader.ReadNewestAsync(start, take, cancellationToken);
    }

    /// <summary>The contacts of the few conversations that are looked through; null if those are many.</summary>
    private async Task<IReadOnlyCollection<long>?> ContactsAsync(CancellationToken cancellationToken) => sight.Ids is not { } few ? null : await (
        from id in Numbers.Of(db, few)
        from c in db.Set<Conversation>()
        where c.Id == id
        select c.ContactId).Distinct().ToListAsync(cancellationToken);

    private IQueryable<Hit> OfThreads(IQueryable<long> ids)
    {
        var notes =
            from id in ids
            from n in db.Set<Note>()
            where n.Id == id && n.DeletedAt == null
            select n;
        if (sight.Wish.AuthorId is { } by)
        {
            var author = new UserId(by);
            notes = notes.Where(n => n.AuthorId == author);
        }

        if (sight.From is { } from)
        {
            notes = notes.Where(n => n.WrittenAt >= from);
        }

        if (sight.Until is { } until)
        {
            notes = notes.Where(n => n.WrittenAt < until);
        }

        var seen = sight.Conversations;
        return
            from n in notes
            from c in seen
            where c.Id == n.ConversationId
            select new Hit { Id = n.Id, Text = n.Text };
    }

    private IQueryable<Hit> OfContacts(IQueryable<long> ids)
    {
        var notes =
            from id in ids
            from n in db.Set<ContactNote>()
            where n.Id == id
            select n;
        if (sight.Wish.AuthorId is { } by)
        {
            var author = new UserId(by);
            notes = notes.Where(n => n.AuthorId == author);
        }

        if (sight.From is { } from)
        {
            notes = notes.Where(n => n.At >= from);
        }

        if (sight.Until is { } until)
        {
            notes = notes.Where(n => n.At < until);
        }

        // One sees a contact by a conversation, and filters of conversations are those of the contact's.
        var threads = sight.Wish.IsOfSome || ContactSight.Threads(db, sight.Actor) is not null ? sight.Conversations : null;
        return (threads is null ? notes : notes.Where(n => threads.Any(t => t.ContactId == n.ContactId)))
            .Select(n => new Hit { Id = n.Id, Text = n.Text });
    }

    private async Task<List<NoteHit>> ShowThreadsAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var found = ids.Count == 0 ? [] : await (
            from id in Numbers.Of(db, ids)
            from n in db.Set<Note>()
            from c in db.Set<Conversation>()
            from p in db.Set<Contact>()
            where n.Id == id && c.Id == n.ConversationId && p.Id == c.ContactId
            select new { Note = n, Contact = p }).AsNoTracking().ToListAsync(cancellationToken);
        var mentioned = found.SelectMany(f => NoteText.Mentions(f.Note.Text)).Select(u => (UserId?)u);
        var people = await SharedRows.ColleaguesAsync(db, found.Select(f => (UserId?)f.Note.AuthorId).Concat(mentioned), cancellationToken);
        return
        [
            .. from f in found
               orderby f.Note.Id descending
               let text = string.Concat(NoteText.Pieces(f.Note.Text).Select(p =>
                   p.Member is { } member && people.GetValueOrDefault(member.Value) is { } person ? $"@{person.Name}" : p.Words))
               select new NoteHit(f.Note.Id, f.Note.ConversationId, f.Contact.Id, NameOf(f.Contact), Writer(f.Note.AuthorId, people), f.Note.WrittenAt, Snippet.Of(Shown(text), terms)),
        ];
    }

    private async Task<List<NoteHit>> ShowContactsAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var found = ids.Count == 0 ? [] : await (
            from id in Numbers.Of(db, ids)
            from n in db.Set<ContactNote>()
            from p in db.Set<Contact>()
            where n.Id == id && p.Id == n.ContactId
            select new { Note = n, Contact = p }).AsNoTracking().ToListAsync(cancellationToken);
        var people = await SharedRows.ColleaguesAsync(db, found.Select(f => (UserId?)f.Note.AuthorId), cancellationToken);
        return
        [
            .. from f in found
               orderby f.Note.Id descending
               select new NoteHit(f.Note.Id, null, f.Contact.Id, NameOf(f.Contact), Writer(f.Note.AuthorId, people), f.Note.At, Snippet.Of(Shown(f.Note.Text), terms)),
        ];
    }

    private string NameOf(Contact contact) => ContactNames.Show(contact.DisplayName, contact.Phone, _seesNumbers);

    private string Writer(UserId author, IReadOnlyDictionary<long, Colleague> people) =>
        author == sight.Actor.User ? "You" : people.GetValueOrDefault(author.Value)?.Name ?? "A former member";

    private string Shown(string text) => _seesNumbers ? text : PhoneNumber.MaskIn(text);
}
