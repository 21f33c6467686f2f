using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Views;

/// <summary>
/// Reads one page of a view. Ranges are read in order and merged. If something asked for fits few conversations, those are
/// read and sorted; else each range is walked along its index and no further than <see cref="MostLooked"/> at once, so that
/// a page costs the same whatever is asked for.
/// </summary>
internal sealed class ViewReading(WefluxDbContext db, ViewScope scope, ViewPages pages)
{
    /// <summary>So many conversations of a range are looked through for one page.</summary>
    public const int MostLooked = 20_000;

    private readonly ViewRows _rows = new(db, scope);
    private readonly ViewOrder _order = ViewOrder.Of(scope.View);

    public async Task<FoundPage> ReadAsync(ListCursor? cursor, PageDirection direction, int take, CancellationToken cancellationToken)
    {
        if (scope.Holders.Count == 0)
        {
            return new FoundPage([], HasMore: false, null);
        }

        if (scope.View.Key == ViewKey.Mention)
        {
            return await MentionedRows.ReadAsync(db, scope, _rows, cursor, direction, take, cancellationToken);
        }

        var few = _rows.IsNarrowed ? await _rows.FewAsync(cancellationToken) : null;
        var found = new List<FoundRow>(take + 1);
        ListCursor? end = null;
        foreach (var waits in Sections(cursor, direction))
        {
            var start = waits is null || !scope.View.HasSections || waits == cursor?.NeedsReply ? cursor : null;
            end = await ReadSectionAsync(found, few, waits, start, direction, take, cancellationToken);
            if (found.Count > take || end is not null)
            {
                break;
            }
        }

        return Merge(found, end, direction, take);
    }

    private IReadOnlyList<bool?> Sections(ListCursor? cursor, PageDirection direction) =>
        !scope.View.HasSections ? [scope.View.MustWait ? true : null]
        : direction == PageDirection.After ? (cursor is { NeedsReply: false } ? [false] : [true, false])
        : cursor is { NeedsReply: true } ? [true] : [false, true];

    /// <returns>Where looking stopped; null if it came to the end or found enough.</returns>
    private async Task<ListCursor?> ReadSectionAsync(
        List<FoundRow> found, IQueryable<long>? few, bool? waits, ListCursor? start, PageDirection direction, int take, CancellationToken cancellationToken)
    {
        if (few is not null)
        {
            // The ids lead, and each conversation follows by its key; asked whether an id is among them, SQLite goes through all.
            var led =
                from id in few
                from c in db.Set<Conversation>()
                where c.Id == id
                select c;
            found.AddRange(await TakeAsync(_rows.Narrow(Beyond(_rows.Among(led, waits), start, direction)), direction, take, cancellationToken));
            return null;
        }

        ListCursor? nearest = null;
        foreach (var part in _rows.Ranges(waits))
        {
            if (_rows.IsPlain && !part.Holder.IsJoined)
            {
                found.AddRange(Place(await pages.ReadAsync(db, scope, part, start, direction, take + 1, () => Rows(Beyond(part.Rows(), start, direction), direction), cancellationToken)));
                continue;
            }

            var range = Beyond(part.Rows(), start, direction);
            var end = _rows.IsNarrowed ? await EndAsync(range, direction, cancellationToken) : null;
            var rows = await TakeAsync(_rows.Narrow(end is null ? range : _order.UpTo(range, end, direction)), direction, take, cancellationToken);
            found.AddRange(rows);
            if (end is not null && rows.Count <= take && (nearest is null || Compare(end, nearest, direction) < 0))
            {
                nearest = end;
            }
        }

        return nearest;
    }

    private IQueryable<Conversation> Beyond(IQueryable<Conversation> range, ListCursor? start, PageDirection direction) =>
        start is null ? range : _order.Beyond(range, start, direction);

    /// <summary>The id alone is read on the way, so that the index need not be left.</summary>
    private async Task<ListCursor?> EndAsync(IQueryable<Conversation> range, PageDirection direction, CancellationToken cancellationToken)
    {
        var id = await _order.Sort(range, direction).Select(c => c.Id).Skip(MostLooked).FirstOrDefaultAsync(cancellationToken);
        return id != 0 && await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is { } last
            ? _order.PlaceOf(last)
            : null;
    }

    private async Task<List<FoundRow>> TakeAsync(IQueryable<Conversation> range, PageDirection direction, int take, CancellationToken cancellationToken)
    {
        return Place(await Rows(range, direction).Take(take + 1).ToListAsync(cancellationToken));
    }

    private IQueryable<ConversationWithContact> Rows(IQueryable<Conversation> range, PageDirection direction) =>
        SharedRows.Select(db, _order.Sort(range, direction), scope.Actor.User).AsNoTracking();

    private List<FoundRow> Place(List<ConversationWithContact> rows)
    {
        var order = _order;
        return rows.ConvertAll(r => new FoundRow(r, order.PlaceOf(r.Conversation)));
    }

    private FoundPage Merge(List<FoundRow> found, ListCursor? end, PageDirection direction, int take)
    {
        // The ranges are read one after the other: a row that changed in between may stand in two of them.
        var newest = found.GroupBy(f => f.Row.Conversation.Id).Select(g => g.MaxBy(f => f.Row.Conversation.Version)!);
        var sorted = newest.Where(f => end is null || Compare(f.Place, end, direction) <= 0)
            .Order(Comparer<FoundRow>.Create((a, b) => Compare(a.Place, b.Place, direction))).ToList();
        var isFull = sorted.Count > take;
        var page = sorted.Take(take).ToList();
        if (direction == PageDirection.Before)
        {
            page.Reverse();
        }

        return new FoundPage(page, isFull || end is not null || found.Count > take, isFull ? null : end);
    }

    private int Compare(ListCursor a, ListCursor b, PageDirection direction) =>
        direction == PageDirection.After ? _order.Compare(a, b) : _order.Compare(b, a);
}

/// <summary>A conversation of a page and where it stands.</summary>
internal sealed record FoundRow(ConversationWithContact Row, ListCursor Place);

/// <summary>A page from the top down.</summary>
/// <param name="Rows">What was found.</param>
/// <param name="HasMore">Whether there may be more in the direction read.</param>
/// <param name="End">Where looking stopped before the page was full; null if it did not.</param>
internal sealed record FoundPage(IReadOnlyList<FoundRow> Rows, bool HasMore, ListCursor? End);
