using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Work.TakingPart;

// The databases compare these columns by code; the comparison is translated and never run here.
#pragma warning disable CA1309

namespace Weflux.Web.Inbox.Keys;

/// <summary>Conversations by the beginning of a customer's names, for going to one of them. However many there are, few are looked at.</summary>
public sealed class PaletteQuery(WefluxDatabase database)
{
    /// <summary>How many are shown.</summary>
    public const int Most = 8;

    // Of a beginning that fits more, those that are met first along the index are looked at.
    private const int Looked = 300;
    private const int MostWords = 3;

    /// <summary>The conversations that the reader may see, the newest first.</summary>
    public async Task<IReadOnlyList<PaletteHit>> FindAsync(Actor actor, string typed, CancellationToken cancellationToken = default)
    {
        var words = NameWords.Of(typed).Take(MostWords).ToList();
        if (words.Count == 0 || !actor.May(Permission.WorkConversations))
        {
            return [];
        }

        await using var db = database.Open(actor.Workspace);
        var threads = await ThreadsAsync(db, actor, words, cancellationToken);
        var found = await (
            from thread in threads
            join contact in db.Set<Contact>() on thread.ContactId equals contact.Id
            orderby thread.LastActivityAt descending
            select new { thread.Id, thread.State, Contact = contact }).AsNoTracking().Take(Most).ToListAsync(cancellationToken);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return [.. found.Where(f => ContactNames.MayFind(f.Contact, words, seesNumbers)).Select(f => new PaletteHit(f.Id, ContactNames.Show(f.Contact.DisplayName, f.Contact.Phone, seesNumbers), f.State))];
    }

    private static async Task<IQueryable<Conversation>> ThreadsAsync(WefluxDbContext db, Actor actor, List<string> words, CancellationToken cancellationToken)
    {
        var lead = words.MaxBy(w => w.Length)!;
        var found = db.Set<ContactWord>().Where(Begins(lead));
        foreach (var word in words.Where(w => !string.Equals(w, lead, StringComparison.Ordinal)))
        {
            var begins = db.Set<ContactWord>().Where(Begins(word));
            found = found.Where(w => begins.Any(other => other.ContactId == w.ContactId));
        }

        var contacts = await found.OrderBy(w => w.Word).ThenBy(w => w.ContactId).Select(w => w.ContactId).Take(Looked).ToListAsync(cancellationToken);
        if (actor.May(Permission.SeeAllConversations))
        {
            return db.Set<Conversation>().Where(c => contacts.Contains(c.ContactId));
        }

        // Whoever holds a hundred among a million, or takes part in them, finds them all, however many bear such a name.
        var me = actor.User;
        foreach (var range in new[] { db.Set<Conversation>().Where(c => c.AssigneeId == me), db.Joined(me) })
        {
            var named = words.Aggregate(range, (fits, word) => Named(db, fits, word));
            contacts.AddRange(await named.OrderByDescending(c => c.LastActivityAt).Select(c => c.ContactId).Take(Looked).ToListAsync(cancellationToken));
        }

        return db.Set<Conversation>().Where(ConversationSight.Of(db, actor)).Where(c => contacts.Contains(c.ContactId));
    }

    private static IQueryable<Conversation> Named(WefluxDbContext db, IQueryable<Conversation> conversations, string word)
    {
        var begins = db.Set<ContactWord>().Where(Begins(word));
        return conversations.Where(c => begins.Any(w => w.ContactId == c.ContactId));
    }

    private static Expression<Func<ContactWord, bool>> Begins(string word)
    {
        var next = word + '\uFFFF';
        return w => string.Compare(w.Word, word) >= 0 && string.Compare(w.Word, next) < 0;
    }
}

/// <summary>A conversation to go to.</summary>
public sealed record PaletteHit(long Id, string Name, ConversationState State);
