using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox.Search;

/// <summary>
/// The conversations that are looked through: those that the reader may see, as the list shows them, and that fit what narrows
/// the search. If they are few, they are known by number, and the index is asked about them alone.
/// </summary>
internal sealed class SearchSight
{
    /// <summary>So many conversations are named to the index; of more, what is found is looked at one by one.</summary>
    public const int Few = 300;

    private readonly ViewRows _rows;
    private readonly WefluxDbContext _db;

    private SearchSight(WefluxDbContext db, Actor actor, SearchWish wish, ViewScope scope, ViewScope days)
    {
        (_db, Actor, Wish, IsNothing) = (db, actor, wish, scope.Holders.Count == 0);
        _rows = new ViewRows(db, scope);
        (From, Until) = (days.From, days.Until);
    }

    public Actor Actor { get; }

    public SearchWish Wish { get; }

    /// <summary>Whether there is nothing that the reader may see of it.</summary>
    public bool IsNothing { get; }

    /// <summary>The first moment that is wanted.</summary>
    public DateTimeOffset? From { get; }

    /// <summary>The first moment that is not wanted any more.</summary>
    public DateTimeOffset? Until { get; }

    /// <summary>The conversations by number, if they are few; null if they are many.</summary>
    public IReadOnlyList<long>? Ids { get; private set; }

    /// <summary>Whether every conversation of the workspace is looked through, so that none has to be passed over.</summary>
    public bool IsEverything => Actor.May(Permission.SeeAllConversations) && !Wish.IsOfSome;

    /// <summary>The conversations that are looked through.</summary>
    public IQueryable<Conversation> Conversations => _rows.Narrow(_rows.Held(_db.Set<Conversation>()));

    public static async Task<SearchSight> OfAsync(WefluxDbContext db, Actor actor, SearchWish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = new ViewFilter { ConnectionId = wish.ConnectionId, AssigneeId = wish.HolderId, LabelId = wish.LabelId };

        // Days are those of messages here, not of conversations, so they are looked up by themselves.
        var days = await ViewScope.OfAsync(db, actor, new InboxView { Filter = new ViewFilter { From = wish.From, To = wish.To } }, now, cancellationToken);
        var scope = ViewScope.Of(actor, new InboxView { Filter = filter }, now);
        var sight = new SearchSight(db, actor, wish, scope, days);
        if (!sight.IsNothing && !sight.IsEverything)
        {
            sight.Ids = await sight.FewAsync(scope, cancellationToken);
        }

        return sight;
    }

    /// <summary>The first thing that fits few conversations leads: who holds them, or what was asked for.</summary>
    private async Task<IReadOnlyList<long>?> FewAsync(ViewScope scope, CancellationToken cancellationToken)
    {
        if (!scope.Holders.Any(h => h.IsAnybody))
        {
            var held = new List<long>();
            foreach (var holder in scope.Holders)
            {
                held.AddRange(await holder.In(_db).Select(c => c.Id).Take(Few + 1 - held.Count).ToListAsync(cancellationToken));
            }

            if (held.Count <= Few)
            {
                // The ranges are read one after the other: one that changed hands in between may stand in two.
                held = [.. held.Distinct()];
                return _rows.IsNarrowed ? await AmongAsync(Numbers.Of(_db, held), cancellationToken) : held;
            }
        }

        return _rows.IsNarrowed && await _rows.FewAsync(cancellationToken) is { } few ? await AmongAsync(few, cancellationToken) : null;
    }

    private async Task<IReadOnlyList<long>?> AmongAsync(IQueryable<long> few, CancellationToken cancellationToken)
    {
        // The numbers lead, and each conversation follows by its key.
        var led =
            from id in few
            from c in _db.Set<Conversation>()
            where c.Id == id
            select c;
        var ids = await _rows.Narrow(_rows.Held(led)).Select(c => c.Id).Take(Few + 1).ToListAsync(cancellationToken);
        return ids.Count <= Few ? ids : null;
    }
}
