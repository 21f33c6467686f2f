using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Web.Data;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Web.Inbox.Views;

/// <summary>
/// Decides for rows that hints name whether they belong to a view, as <see cref="ViewRows"/> does in the database. What a
/// shared row does not know is looked up, for those rows alone.
/// </summary>
internal sealed class ViewMatch
{
    private readonly ViewScope _scope;
    private readonly ViewOrder _order;
    private readonly IReadOnlySet<long>? _troubled;
    private readonly IReadOnlyDictionary<long, ListCursor>? _mentioned;

    private ViewMatch(ViewScope scope, IReadOnlySet<long>? troubled, IReadOnlyDictionary<long, ListCursor>? mentioned) =>
        (_scope, _order, _troubled, _mentioned) = (scope, ViewOrder.Of(scope.View), troubled, mentioned);

    /// <summary>Most views need nothing of the database for this.</summary>
    public static async Task<ViewMatch> OfAsync(
        WefluxDatabase database, Domain.Team.Actor actor, InboxView view, IReadOnlyList<SharedRow> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (view is { MustHaveFailed: false, Key: not ViewKey.Mention, Filter: { From: null, To: null } })
        {
            return new ViewMatch(ViewScope.Of(actor, view, now), null, null);
        }

        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        var scope = await ViewScope.OfAsync(db, actor, view, now, cancellationToken);
        var ids = rows.Select(r => r.Id).ToList();
        var troubled = view.MustHaveFailed
            ? await db.Set<SendTrouble>().Where(t => ids.Contains(t.ConversationId)).Select(t => t.ConversationId).ToHashSetAsync(cancellationToken)
            : null;
        var mentioned = view.Key == ViewKey.Mention ? await MentionedRows.PlacesAsync(db, actor.User, ids, cancellationToken) : null;
        return new ViewMatch(scope, troubled, mentioned);
    }

    /// <returns>Where the row stands; null if it does not belong.</returns>
    public ListCursor? PlaceOf(SharedRow row) =>
        _scope.Holders.Any(h => h.Has(row.Holding)) && _scope.View.States.Contains(row.State)
        && (!_scope.View.MustWait || row.NeedsReply) && Fits(row)
            ? (_mentioned is null ? _order.PlaceOf(row) : _mentioned.GetValueOrDefault(row.Id))
            : null;

    private bool Fits(SharedRow row)
    {
        var filter = _scope.View.Filter;
        return _troubled?.Contains(row.Id) != false
            && (filter.ConnectionId is not { } connection || row.ConnectionId == connection)
            && (filter.TeamId is not { } team || row.Holding.Team == (team == ViewFilter.Nobody ? null : team))
            && (filter.LabelId is not { } label || row.LabelIds.Contains(label))
            && (filter.StageId is not { } stage || row.StageId == stage)
            && (!filter.IsUnread || row.InboundCount > row.Of(_scope.Actor.User).ReadCount)
            && (_scope.From is not { } from || row.LastActivityAt >= from)
            && (_scope.Until is not { } until || row.LastActivityAt < until)
            && (_scope.View.Key != ViewKey.CustomerAct || StateOf(row) == WindowState.Closing)
            && (filter.Window is not { } window || StateOf(row) is var state && (state == window || (window == WindowState.Open && state == WindowState.Closing)));
    }

    private WindowState StateOf(SharedRow row) =>
        row.WindowClosesAt is not { } at || at <= _scope.Now ? WindowState.Closed
        : at - ServiceWindow.Length < _scope.Closing ? WindowState.Closing
        : WindowState.Open;
}
