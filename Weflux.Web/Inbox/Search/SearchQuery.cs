using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Data.Search;

namespace Weflux.Web.Inbox.Search;

/// <summary>
/// Finds contacts, messages and notes of a workspace by words. Nobody finds what they may not see: what the index names is read
/// through the same conversations as the list, and shown as the thread shows it.
/// </summary>
public sealed class SearchQuery(WefluxDatabase database, TimeProvider time)
{
    /// <summary>How many messages, or of one kind alone, are shown at once.</summary>
    public const int PageSize = 20;

    /// <summary>How many contacts and notes are shown beside messages.</summary>
    public const int Beside = 5;

    private static readonly TimeSpan IndexIsAskedForAgain = TimeSpan.FromMinutes(10);

    // Full text can be installed later, and is asked for seldom: the answer hardly ever changes.
    private IndexState? _index;

    /// <summary>The first page of what is wanted.</summary>
    /// <returns>Null for those who work no conversations, and for a wish without a word in it.</returns>
    public async Task<SearchResult?> FindAsync(Actor actor, SearchWish wish, CancellationToken cancellationToken = default)
    {
        if (TermsOf(actor, wish) is not { } terms)
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var sight = await SearchSight.OfAsync(db, actor, wish, time.GetUtcNow(), cancellationToken);
        var isIndexed = await HasIndexAsync(db, cancellationToken);
        var (kind, isAll) = (wish.Kind, wish.Kind == SearchKind.All);
        return sight.IsNothing
            ? new SearchResult(null, null, null)
            : new SearchResult(
                kind == SearchKind.Contacts || (isAll && !wish.IsOfMoments)
                    ? await new ContactSearch(db, sight, terms).FindAsync(null, isAll ? Beside : PageSize, cancellationToken) : null,
                kind == SearchKind.Notes || (isAll && wish.Direction is null)
                    ? await new NoteSearch(db, sight, terms, isIndexed, time).FindAsync(null, isAll ? Beside : PageSize, cancellationToken) : null,
                kind == SearchKind.Messages || isAll
                    ? await new MessageSearch(db, sight, terms, isIndexed, time).FindAsync(null, PageSize, cancellationToken) : null);
    }

    /// <summary>The next page of one kind, behind what is shown.</summary>
    /// <returns>Null as for the first page.</returns>
    public async Task<SearchResult?> MoreAsync(Actor actor, SearchWish wish, SearchKind kind, SearchCursor after, CancellationToken cancellationToken = default)
    {
        if (TermsOf(actor, wish) is not { } terms)
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var sight = await SearchSight.OfAsync(db, actor, wish, time.GetUtcNow(), cancellationToken);
        var isIndexed = await HasIndexAsync(db, cancellationToken);
        return sight.IsNothing ? new SearchResult(null, null, null) : kind switch
        {
            SearchKind.Contacts => new SearchResult(await new ContactSearch(db, sight, terms).FindAsync(after, PageSize, cancellationToken), null, null),
            SearchKind.Notes => new SearchResult(null, await new NoteSearch(db, sight, terms, isIndexed, time).FindAsync(after, PageSize, cancellationToken), null),
            _ => new SearchResult(null, null, await new MessageSearch(db, sight, terms, isIndexed, time).FindAsync(after, PageSize, cancellationToken)),
        };
    }

    private static SearchTerms? TermsOf(Actor actor, SearchWish wish) =>
        actor.May(Permission.WorkConversations) && actor.Key is null && SearchTerms.Of(wish.Text) is { IsEmpty: false } terms ? terms : null;

    private async Task<bool> HasIndexAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.IsSqlite())
        {
            return true;
        }

        if (_index is not { } known || time.GetElapsedTime(known.At) > IndexIsAskedForAgain)
        {
            var count = await db.ReadPlainAsync(SqlServerSearchIndex.Count, cancellationToken);
            _index = known = new IndexState(
                Convert.ToInt64(count ?? 0L, System.Globalization.CultureInfo.InvariantCulture) == SqlServerSearchIndex.Columns.Count, time.GetTimestamp());
        }

        return known.IsThere;
    }

    private sealed record IndexState(bool IsThere, long At);
}
