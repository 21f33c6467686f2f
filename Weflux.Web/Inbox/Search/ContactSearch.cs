using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Work.TakingPart;

// The databases compare these columns by code; the comparison is translated and never run here.
#pragma warning disable CA1309

namespace Weflux.Web.Inbox.Search;

/// <summary>Contacts by the words of their names, past ones too, or by the last digits of their number: those that the reader sees of it.</summary>
internal sealed class ContactSearch(WefluxDbContext db, SearchSight sight, SearchTerms terms)
{
    /// <summary>Of a beginning that fits more, those that are met first along the index are looked at.</summary>
    public const int Looked = 300;

    private const int FewestDigits = 4;
    private const int ShownDigits = 2;
    private const int MostWords = 4;
    private readonly bool _seesNumbers = sight.Actor.May(Permission.SeePhoneNumbers);

    public async Task<Found<ContactHit>> FindAsync(SearchCursor? cursor, int take, CancellationToken cancellationToken)
    {
        var (ids, isCut) = await IdsAsync(cancellationToken);
        var found = ids.Count == 0 ? [] : await Seen(
            from id in Numbers.Of(db, ids)
            from c in db.Set<Contact>()
            where c.Id == id
            select c).AsNoTracking().ToListAsync(cancellationToken);
        var words = TailOf(sight.Wish.Text) is null ? NameWords.Of(sight.Wish.Text).Take(MostWords).ToList() : [];
        var sorted = found.Where(c => ContactNames.MayFind(c, words, _seesNumbers)).OrderByDescending(c => c.LastSeenAt).ThenByDescending(c => c.Id)
            .SkipWhile(c => cursor is { } after && (c.LastSeenAt.UtcTicks > after.First || (c.LastSeenAt.UtcTicks == after.First && c.Id >= after.Second))).ToList();
        var page = sorted.Take(take).ToList();
        var threads = await ThreadsAsync(page, cancellationToken);
        return new Found<ContactHit>(
            page.ConvertAll(c => Show(c, threads.GetValueOrDefault(c.Id))),
            sorted.Count > take ? new SearchCursor(page[^1].LastSeenAt.UtcTicks, page[^1].Id) : null)
        {
            IsCutShort = isCut && sorted.Count <= take,
        };
    }

    /// <summary>Contacts that the question may be about. Those of few conversations are all looked at, however many bear such a name.</summary>
    private async Task<(IReadOnlyCollection<long> Ids, bool IsCut)> IdsAsync(CancellationToken cancellationToken)
    {
        var words = NameWords.Of(sight.Wish.Text).Take(MostWords).ToList();
        if (TailOf(sight.Wish.Text) is { } tail)
        {
            var next = tail + '\uFFFF';
            return await CutAsync(
                (sight.Ids is { } threads ? Of(threads) : db.Set<Contact>()).Where(c => string.Compare(c.PhoneTail, tail) >= 0 && string.Compare(c.PhoneTail, next) < 0).OrderBy(c => c.PhoneTail).ThenBy(c => c.Id).Select(c => c.Id),
                cancellationToken);
        }

        if (words.Count == 0)
        {
            return ([], false);
        }

        if (sight.Ids is { } few)
        {
            var held =
                from id in Numbers.Of(db, few)
                from c in db.Set<Conversation>()
                where c.Id == id
                select c.ContactId;
            foreach (var word in words)
            {
                var begins = db.Set<ContactWord>().Where(Begins(word));
                held = held.Where(id => begins.Any(w => w.ContactId == id));
            }

            return (await held.Distinct().ToListAsync(cancellationToken), false);
        }

        var lead = words.MaxBy(w => w.Length)!;
        var named = db.Set<ContactWord>().Where(Begins(lead));
        foreach (var word in words.Where(w => !string.Equals(w, lead, StringComparison.Ordinal)))
        {
            var begins = db.Set<ContactWord>().Where(Begins(word));
            named = named.Where(w => begins.Any(other => other.ContactId == w.ContactId));
        }

        var (all, isCut) = await CutAsync(named.OrderBy(w => w.Word).ThenBy(w => w.ContactId).Select(w => w.ContactId), cancellationToken);
        return ([.. all.Union(isCut && !sight.IsEverything ? await OwnAsync(words, cancellationToken) : [])], isCut);
    }

    /// <summary>The contacts of a few conversations.</summary>
    private IQueryable<Contact> Of(IReadOnlyCollection<long> threads) =>
        from id in Numbers.Of(db, threads)
        from t in db.Set<Conversation>()
        from c in db.Set<Contact>()
        where t.Id == id && c.Id == t.ContactId
        select c;

    /// <summary>Whoever holds a hundred among a million, or takes part in them, finds them all, beside what is met first of the others.</summary>
    private async Task<List<long>> OwnAsync(List<string> words, CancellationToken cancellationToken)
    {
        var me = sight.Actor.User;
        var found = new List<long>();
        foreach (var range in new[] { db.Set<Conversation>().Where(c => c.AssigneeId == me), db.Joined(me) })
        {
            var own = range;
            foreach (var word in words)
            {
                var begins = db.Set<ContactWord>().Where(Begins(word));
                own = own.Where(c => begins.Any(w => w.ContactId == c.ContactId));
            }

            found.AddRange(await own.OrderByDescending(c => c.LastActivityAt).Select(c => c.ContactId).Take(Looked).ToListAsync(cancellationToken));
        }

        return found;
    }

    private static async Task<(IReadOnlyCollection<long> Ids, bool IsCut)> CutAsync(IQueryable<long> ids, CancellationToken cancellationToken)
    {
        var found = await ids.Take(Looked + 1).ToListAsync(cancellationToken);
        return ([.. found.Take(Looked).Distinct()], found.Count > Looked);
    }

    private IQueryable<Contact> Seen(IQueryable<Contact> contacts)
    {
        if (ContactSight.Threads(db, sight.Actor) is { } threads)
        {
            contacts = contacts.Where(c => threads.Any(t => t.ContactId == c.Id));
        }

        var wanted = sight.Conversations;
        return sight.Wish.IsOfSome ? contacts.Where(c => wanted.Any(t => t.ContactId == c.Id)) : contacts;
    }

    /// <summary>The newest conversation of each that the reader may see.</summary>
    private async Task<Dictionary<long, long>> ThreadsAsync(List<Contact> contacts, CancellationToken cancellationToken)
    {
        var seen = sight.Conversations;
        var found = contacts.Count == 0 ? [] : await (
            from id in Numbers.Of(db, contacts.ConvertAll(c => c.Id))
            from t in seen
            where t.ContactId == id
            select new { t.ContactId, t.Id, t.LastActivityAt }).ToListAsync(cancellationToken);
        return found.GroupBy(t => t.ContactId).ToDictionary(g => g.Key, g => g.MaxBy(t => t.LastActivityAt)!.Id);
    }

    private ContactHit Show(Contact contact, long thread)
    {
        var name = ContactNames.Show(contact.DisplayName, contact.Phone, _seesNumbers);
        var phone = _seesNumbers ? contact.Phone?.E164 : contact.Phone?.Masked;
        string?[] beside =
        [
            contact.GivenName is not null && contact.ProfileName.Length > 0 ? ContactNames.Show(contact.ProfileName, _seesNumbers) : null,
            contact.Username is { } user ? ContactNames.Show($"@{user}", _seesNumbers) : null,
            phone,
        ];
        return new ContactHit(
            contact.Id,
            Snippet.Of(name, terms),
            string.Join(" · ", beside.Where(b => b is not null && b != name)),
            thread == 0 ? null : thread,
            contact.LastSeenAt);
    }

    /// <summary>The digits from the last to the first; null if no number is meant. For whom numbers are masked, the two that are shown and no others.</summary>
    private string? TailOf(string typed)
    {
        var isNumber = typed.Length > 0 && typed.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '\u00A0' or '(' or ')' or '-' or '.' or '/' or '•');
        var all = isNumber ? string.Concat(typed.Where(char.IsAsciiDigit)) : "";
        var digits = all.Length >= 10 ? all.TrimStart('0') : all;
        var fits = _seesNumbers ? digits.Length >= FewestDigits && !typed.Contains('•', StringComparison.Ordinal) : digits.Length == ShownDigits;
        return fits ? string.Concat(digits.Reverse()) : null;
    }

    private static Expression<Func<ContactWord, bool>> Begins(string word)
    {
        var next = word + '\uFFFF';
        return w => string.Compare(w.Word, word) >= 0 && string.Compare(w.Word, next) < 0;
    }
}
