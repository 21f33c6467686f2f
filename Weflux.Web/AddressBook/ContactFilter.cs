using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Inbox;

// The databases compare these columns by code; the comparison is translated and never run here.
#pragma warning disable CA1309

namespace Weflux.Web.AddressBook;

/// <summary>What narrows the list for one reader: what may be seen, and what was asked for.</summary>
internal sealed class ContactFilter
{
    /// <summary>The last digits of a number are looked for from so many on.</summary>
    public const int FewestDigits = 4;

    private const int ShortestDialled = 10;

    private readonly WefluxDbContext _db;
    private readonly Actor _actor;
    private readonly ContactWish _wish;
    private readonly IReadOnlyList<string> _words;
    private readonly string? _tail;
    private readonly string? _tag;

    public ContactFilter(WefluxDbContext db, Actor actor, ContactWish wish)
    {
        (_db, _actor, _wish) = (db, actor, wish);
        _tail = actor.May(Permission.SeePhoneNumbers) ? TailOf(wish.Search) : null;
        _words = _tail is null ? NameWords.Of(wish.Search) : [];
        _tag = wish.Tag is null ? null : ContactTagRules.Read(wish.Tag, out _) ?? "";
    }

    public ContactOrder Order => _wish.Order;

    /// <summary>Whether some contacts may have to be passed over.</summary>
    public bool IsNeeded => _wish.IsNarrowed || !_actor.May(Permission.SeeAllContacts);

    /// <summary>Whether one index holds just what is asked for, in order: then nobody is passed over.</summary>
    public bool HasOwnIndex => Order == ContactOrder.Name && _actor.May(Permission.SeeAllContacts)
        && _wish with { StageId = null, Standing = null } is { IsNarrowed: false } && _wish.StageId is null != _wish.Standing is null;

    /// <summary>What the database cannot say of a contact that fits.</summary>
    public bool MayShow(Contact contact) => ContactNames.MayFind(contact, _words, _actor.May(Permission.SeePhoneNumbers));

    /// <summary>The ids of the first thing asked for that fits few contacts, to be joined with them; null if everything fits many.</summary>
    public async Task<IQueryable<long>?> FewAsync(CancellationToken cancellationToken)
    {
        foreach (var range in Ranges())
        {
            var few = range.Distinct().Take(ContactListQuery.Few + 1);
            if (await few.CountAsync(cancellationToken) <= ContactListQuery.Few)
            {
                return few;
            }
        }

        return null;
    }

    public IQueryable<Contact> Apply(IQueryable<Contact> contacts)
    {
        if (ContactSight.Threads(_db, _actor) is { } threads)
        {
            contacts = contacts.Where(c => threads.Any(t => t.ContactId == c.Id));
        }

        foreach (var word in _words)
        {
            var (from, to) = (word, NextOf(word));
            contacts = contacts.Where(c => _db.Set<ContactWord>().Any(w => w.ContactId == c.Id && string.Compare(w.Word, from) >= 0 && string.Compare(w.Word, to) < 0));
        }

        if (_tail is { } tail)
        {
            var next = NextOf(tail);
            contacts = contacts.Where(c => string.Compare(c.PhoneTail, tail) >= 0 && string.Compare(c.PhoneTail, next) < 0);
        }

        if (_wish.StageId is { } stage)
        {
            contacts = contacts.Where(c => c.StageId == stage);
        }

        if (_wish.Standing is { } standing)
        {
            contacts = contacts.Where(c => c.Standing == standing);
        }

        if (_tag is { } tag)
        {
            contacts = contacts.Where(c => _db.Set<ContactTag>().Any(t => t.ContactId == c.Id && t.Tag == tag));
        }

        var conversations = ContactSight.Threads(_db, _actor) ?? _db.Set<Conversation>();
        if (_wish.ConnectionId is { } number)
        {
            contacts = contacts.Where(c => conversations.Any(t => t.ContactId == c.Id && t.ConnectionId == number));
        }

        return _wish.HasOpen
            ? contacts.Where(c => conversations.Any(t => t.ContactId == c.Id && t.State == ConversationState.Open))
            : contacts;
    }

    /// <summary>Each thing asked for as a range of an index that leads to its contacts; those that most often fit few come first.</summary>
    private IEnumerable<IQueryable<long>> Ranges()
    {
        if (_tail is { } tail)
        {
            var next = NextOf(tail);
            yield return _db.Set<Contact>().Where(c => string.Compare(c.PhoneTail, tail) >= 0 && string.Compare(c.PhoneTail, next) < 0).Select(c => c.Id);
        }

        if (_words.MaxBy(w => w.Length) is { } word)
        {
            var next = NextOf(word);
            yield return _db.Set<ContactWord>().Where(w => string.Compare(w.Word, word) >= 0 && string.Compare(w.Word, next) < 0).Select(w => w.ContactId);
        }

        if (_tag is { } tag)
        {
            yield return _db.Set<ContactTag>().Where(t => t.Tag == tag).Select(t => t.ContactId);
        }

        var threads = _db.Set<Conversation>();
        if (ContactSight.Threads(_db, _actor) is not null && !_actor.May(Permission.SeeAllConversations))
        {
            yield return ConversationSight.Ranges(_db, _actor).Select(r => r.Select(t => t.ContactId)).Aggregate((all, range) => all.Concat(range));
        }

        if (_wish.HasOpen)
        {
            yield return threads.Where(t => t.State == ConversationState.Open).Select(t => t.ContactId);
        }

        if (_wish.Standing is { } standing)
        {
            yield return _db.Set<Contact>().Where(c => c.Standing == standing).Select(c => c.Id);
        }

        if (_wish.StageId is { } stage)
        {
            yield return _db.Set<Contact>().Where(c => c.StageId == stage).Select(c => c.Id);
        }

        if (_wish.ConnectionId is { } number)
        {
            yield return threads.Where(t => t.ConnectionId == number).Select(t => t.ContactId);
        }
    }

    /// <summary>What was typed as digits from the last to the first; null if it is no number. A 0 or 00 in front of a whole number is dialled and not stored.</summary>
    private static string? TailOf(string search)
    {
        var isNumber = search.Length > 0 && search.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '\u00A0' or '(' or ')' or '-' or '.' or '/');
        var digits = isNumber ? string.Concat(search.Where(char.IsAsciiDigit)) : "";
        digits = digits.Length >= ShortestDialled ? digits.TrimStart('0') : digits;
        return digits.Length >= FewestDigits ? string.Concat(digits.Reverse()) : null;
    }

    /// <summary>The first text that does not begin so. Both databases compare by code.</summary>
    private static string NextOf(string beginning) => char.IsSurrogate(beginning[^1])
        ? beginning + '\uFFFF'
        : beginning[..^1] + (char)(beginning[^1] + 1);
}
