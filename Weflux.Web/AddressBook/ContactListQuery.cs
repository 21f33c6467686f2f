using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Inbox;

// The databases compare these columns by code; the comparison is translated and never run here.
#pragma warning disable CA1309

namespace Weflux.Web.AddressBook;

/// <summary>
/// The list of contacts. If something asked for fits few contacts, those are read and sorted. Else the list goes along the
/// index of its order, and no further than <see cref="MostLooked"/> at once, so that a page costs the same however many
/// contacts there are and whatever is asked for.
/// </summary>
public sealed class ContactListQuery(WefluxDatabase database)
{
    public const int PageSize = 50;

    /// <summary>So many contacts are looked through for one page.</summary>
    public const int MostLooked = 20_000;

    /// <summary>So many are read and sorted rather than looked for.</summary>
    public const int Few = 1000;

    /// <summary>So many tags are offered above the list.</summary>
    public const int MostTags = 100;

    /// <returns>Null if the reader sees no contacts at all.</returns>
    public async Task<ContactListPage?> GetAsync(Actor actor, ContactWish wish, CancellationToken cancellationToken = default)
    {
        if (!ContactSight.HasAny(actor))
        {
            return null;
        }

        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        var filter = new ContactFilter(db, actor, wish);
        var direction = wish.Before is null ? PageDirection.After : PageDirection.Before;
        var cursor = (wish.Before ?? wish.After) is { } id ? await PlaceAsync(db.Set<Contact>().Where(c => c.Id == id), cancellationToken) : null;
        var few = await filter.FewAsync(cancellationToken);
        var page = await ReadAsync(db, filter, few, cursor, direction, cancellationToken);

        // Whoever pages back to the top sees a whole page there.
        if (direction == PageDirection.Before && !page.HasMore && page.Contacts.Count < PageSize)
        {
            (cursor, direction) = (null, PageDirection.After);
            page = await ReadAsync(db, filter, few, cursor, direction, cancellationToken);
        }

        var rows = await ShapeAsync(db, actor, page.Contacts, cancellationToken);
        var (first, last) = (rows.Count > 0 ? rows[0].Id : cursor?.Id, rows.Count > 0 ? rows[^1].Id : cursor?.Id);
        var on = page.HasMore ? page.End ?? (direction == PageDirection.After ? last : first) : null;
        var shown = rows.Where((_, nth) => filter.MayShow(page.Contacts[nth].Contact)).ToList();
        return direction == PageDirection.After
            ? new ContactListPage(shown, cursor is null ? null : first, on, page.End is null ? null : MostLooked)
            : new ContactListPage(shown, on, last, page.End is null ? null : MostLooked);
    }

    /// <returns>What the filters offer; null if the reader sees no contacts at all.</returns>
    public async Task<ContactChoices?> ChoicesAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!ContactSight.HasAny(actor))
        {
            return null;
        }

        var stages = await Stages.ReadAsync(database, actor.Workspace, cancellationToken);
        await using var db = database.Open(actor.Workspace);
        var numbers = await db.Set<Connection>().OrderBy(c => c.Id).Select(c => new StageChoice(c.Id, c.Name)).ToListAsync(cancellationToken);
        var tags = await new ContactFactsQuery(database).TagsAsync(actor, "", MostTags, cancellationToken);
        return new ContactChoices([.. stages.Select(s => new StageChoice(s.Id, s.ArchivedAt is null ? s.Name : $"{s.Name} (put away)"))], numbers, tags);
    }

    private static async Task<FoundContacts> ReadAsync(
        WefluxDbContext db, ContactFilter filter, IQueryable<long>? few, ContactPlace? cursor, PageDirection direction, CancellationToken cancellationToken)
    {
        var order = filter.Order;
        var all = few is null ? db.Set<Contact>() : Among(db, few);
        var range = cursor is null ? all : all.Where(Beyond(order, direction, cursor));
        ContactPlace? end = null;
        if (few is null && filter.IsNeeded && !filter.HasOwnIndex)
        {
            // The id alone, so that the index need not be left on the way.
            var endId = await Sort(range, order, direction).Select(c => c.Id).Skip(MostLooked).FirstOrDefaultAsync(cancellationToken);
            end = endId == 0 ? null : await PlaceAsync(db.Set<Contact>().Where(c => c.Id == endId), cancellationToken);
            range = end is null ? range : range.Where(UpTo(order, direction, end));
        }

        var page = Sort(filter.Apply(range), order, direction).Take(PageSize + 1).AsNoTracking();
        var found = few is null
            ? await page.Select(c => new FoundContact(c, db.Set<ContactTag>().Where(t => t.ContactId == c.Id).OrderBy(t => t.Tag).Select(t => t.Shown).ToList())).ToListAsync(cancellationToken)
            : await WithTagsAsync(db, await page.ToListAsync(cancellationToken), few, cancellationToken);
        var isFull = found.Count > PageSize;
        var contacts = found.Take(PageSize).ToList();
        if (direction == PageDirection.Before)
        {
            contacts.Reverse();
        }

        return new FoundContacts(contacts, isFull || end is not null, isFull ? null : end?.Id);
    }

    /// <summary>The ids lead, and each contact follows by its key. In a plain join or a question whether an id is among them, SQLite goes through the whole workspace.</summary>
    private static IQueryable<Contact> Among(WefluxDbContext db, IQueryable<long> ids) =>
        from id in ids
        from c in db.Set<Contact>()
        where c.Id == id
        select c;

    private static async Task<List<FoundContact>> WithTagsAsync(WefluxDbContext db, List<Contact> contacts, IQueryable<long> few, CancellationToken cancellationToken)
    {
        var tags = (await (
            from id in few
            from t in db.Set<ContactTag>()
            where t.ContactId == id
            select new { t.ContactId, t.Tag, t.Shown }).ToListAsync(cancellationToken)).ToLookup(t => t.ContactId);
        return contacts.ConvertAll(c => new FoundContact(c, [.. tags[c.Id].OrderBy(t => t.Tag, StringComparer.Ordinal).Select(t => t.Shown)]));
    }

    private static Task<ContactPlace?> PlaceAsync(IQueryable<Contact> query, CancellationToken cancellationToken) =>
        query.Select(c => new ContactPlace(c.SortName, c.LastSeenAt, c.Id)).FirstOrDefaultAsync(cancellationToken);

    private static IOrderedQueryable<Contact> Sort(IQueryable<Contact> range, ContactOrder order, PageDirection direction) => (order, direction) switch
    {
        (ContactOrder.Name, PageDirection.After) => range.OrderBy(c => c.SortName).ThenBy(c => c.Id),
        (ContactOrder.Name, _) => range.OrderByDescending(c => c.SortName).ThenByDescending(c => c.Id),
        (_, PageDirection.After) => range.OrderByDescending(c => c.LastSeenAt).ThenByDescending(c => c.Id),
        _ => range.OrderBy(c => c.LastSeenAt).ThenBy(c => c.Id),
    };

    private static Expression<Func<Contact, bool>> Beyond(ContactOrder order, PageDirection direction, ContactPlace place)
    {
        var (name, seen, id) = place;
        return (order, direction) switch
        {
            (ContactOrder.Name, PageDirection.After) => c => string.Compare(c.SortName, name) >= 0 && (string.Compare(c.SortName, name) > 0 || c.Id > id),
            (ContactOrder.Name, _) => c => string.Compare(c.SortName, name) <= 0 && (string.Compare(c.SortName, name) < 0 || c.Id < id),
            (_, PageDirection.After) => c => c.LastSeenAt <= seen && (c.LastSeenAt < seen || c.Id < id),
            _ => c => c.LastSeenAt >= seen && (c.LastSeenAt > seen || c.Id > id),
        };
    }

    private static Expression<Func<Contact, bool>> UpTo(ContactOrder order, PageDirection direction, ContactPlace place)
    {
        var (name, seen, id) = place;
        return (order, direction) switch
        {
            (ContactOrder.Name, PageDirection.After) => c => string.Compare(c.SortName, name) <= 0 && (string.Compare(c.SortName, name) < 0 || c.Id <= id),
            (ContactOrder.Name, _) => c => string.Compare(c.SortName, name) >= 0 && (string.Compare(c.SortName, name) > 0 || c.Id >= id),
            (_, PageDirection.After) => c => c.LastSeenAt >= seen && (c.LastSeenAt > seen || c.Id >= id),
            _ => c => c.LastSeenAt <= seen && (c.LastSeenAt < seen || c.Id <= id),
        };
    }

    private async Task<List<ContactRow>> ShapeAsync(WefluxDbContext db, Actor actor, List<FoundContact> found, CancellationToken cancellationToken)
    {
        var stages = (await Stages.ReadAsync(database, db, cancellationToken)).ToDictionary(s => s.Id, s => s.Name);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return found.ConvertAll(f => new ContactRow(
            f.Contact.Id,
            ContactNames.Show(f.Contact.DisplayName, f.Contact.Phone, seesNumbers),
            seesNumbers ? f.Contact.Phone?.E164 : f.Contact.Phone?.Masked,
            f.Contact.Username is { } user ? ContactNames.Show(user, seesNumbers) : null,
            f.Contact.StageId is { } stage ? stages.GetValueOrDefault(stage) : null,
            seesNumbers ? f.Tags : f.Tags.ConvertAll(t => ContactNames.Show(t, seesNumbers)),
            f.Contact.Standing,
            f.Contact.LastSeenAt,
            f.Contact.BlockedAt is not null,
            f.Contact.IsGroup));
    }

    private sealed record FoundContact(Contact Contact, List<string> Tags);

    private sealed record ContactPlace(string SortName, DateTimeOffset LastSeenAt, long Id);

    /// <param name="End">Where the looking was cut short.</param>
    private sealed record FoundContacts(List<FoundContact> Contacts, bool HasMore, long? End);
}
