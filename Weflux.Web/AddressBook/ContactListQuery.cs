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

        await using var db = database.Open(actor.Workspace);
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
        return direction == PageDirection.After
            ? new ContactListPage(rows, cursor is null ? null : first, on, page.End is null ? null : MostLooked)
            : new ContactListPage(rows, on, last, page.End is null ? null : MostLooked);
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
        WefluxDbContext db, ContactFilter filter, List<long>? few, ContactPlace? cursor, PageDirection direction, CancellationToken cancellationToken)
    {
        var order = filter.Order;
        var all = few is null ? db.Set<Contact>() : Among(db.Set<Contact>(), few);
        var range = cursor is null ? all : all.Where(Beyond(order, direction, cursor));
        ContactPlace? end = null;
        if (few is null && filter.IsNeeded && !filter.HasOwnIndex)
        {
            end = await PlaceAsync(Sort(range, order, direction).Skip(MostLooked), cancellationToken);
            range = end is null ? range : range.Where(UpTo(order, direction, end));
        }

        var found = await Sort(filter.Apply(range), order, direction).Take(PageSize + 1).AsNoTracking().ToListAsync(cancellationToken);
        var isFull = found.Count > PageSize;
        var contacts = found.Take(PageSize).ToList();
        if (direction == PageDirection.Before)
        {
            contacts.Reverse();
        }

        return new FoundContacts(contacts, isFull || end is not null, isFull ? null : end?.Id);
    }

    /// <summary>Joined with the list, and not asked whether it is in it: for that, SQLite walks through the whole workspace.</summary>
    private static IQueryable<Contact> Among(IQueryable<Contact> contacts, List<long> ids) => contacts.Join(EF.Parameter(ids), c => c.Id, id => id, (c, _) => c);

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

    private async Task<List<ContactRow>> ShapeAsync(WefluxDbContext db, Actor actor, List<Contact> contacts, CancellationToken cancellationToken)
    {
        var ids = contacts.ConvertAll(c => c.Id);
        var tags = (await db.Set<ContactTag>().AsNoTracking().Join(EF.Parameter(ids), t => t.ContactId, id => id, (t, _) => t).ToListAsync(cancellationToken))
            .OrderBy(t => t.Tag, StringComparer.Ordinal).ToLookup(t => t.ContactId, t => t.Shown);
        var stages = (await Stages.ReadAsync(database, actor.Workspace, cancellationToken)).ToDictionary(s => s.Id, s => s.Name);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return contacts.ConvertAll(c => new ContactRow(
            c.Id,
            ContactNames.Show(c.DisplayName, c.Phone, seesNumbers),
            seesNumbers ? c.Phone?.E164 : c.Phone?.Masked,
            c.Username,
            c.StageId is { } stage ? stages.GetValueOrDefault(stage) : null,
            [.. tags[c.Id]],
            c.Standing,
            c.LastSeenAt,
            c.BlockedAt is not null,
            c.IsGroup));
    }

    private sealed record ContactPlace(string SortName, DateTimeOffset LastSeenAt, long Id);

    /// <param name="End">Where the looking was cut short.</param>
    private sealed record FoundContacts(List<Contact> Contacts, bool HasMore, long? End);
}
