using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Views;

/// <summary>
/// Pages of ranges that nothing narrows, compiled once for each shape. They are what people see most, and putting such a query
/// together and finding it again in EF's cache costs as much as reading the page.
/// </summary>
internal sealed class ViewPages
{
    private static readonly (Type, string[])[] Parameters =
    [
        (typeof(UserId), ["reader"]), (typeof(UserId), ["person"]), (typeof(long), ["team"]), (typeof(UserId), ["holder"]), (typeof(DateTimeOffset), ["at"]), (typeof(long), ["sequence"]), (typeof(long), ["id"]),
        (typeof(DateTimeOffset), ["shut"]), (typeof(DateTimeOffset), ["closing"]), (typeof(bool), [LiftedQuery.Yes]), (typeof(bool), [LiftedQuery.No]),
    ];

    private readonly ConcurrentDictionary<Shape, Page> _pages = new();

    private delegate IAsyncEnumerable<ConversationWithContact> Page(
        WefluxDbContext db, UserId reader, UserId person, long team, UserId holder, DateTimeOffset at, long sequence, long id, DateTimeOffset shut, DateTimeOffset closing, bool yes, bool no, int take);

    /// <param name="db">Where it is read.</param>
    /// <param name="scope">The view and its reader.</param>
    /// <param name="range">Which of the ranges of the view.</param>
    /// <param name="start">Beyond which place; null for the end of the range.</param>
    /// <param name="direction">Which way.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="query">The query for it, should it not be known yet.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<List<ConversationWithContact>> ReadAsync(
        WefluxDbContext db,
        ViewScope scope,
        ViewRange range,
        ListCursor? start,
        PageDirection direction,
        int take,
        Func<IQueryable<ConversationWithContact>> query,
        CancellationToken cancellationToken)
    {
        var whose = range.Holder;
        var shape = new Shape(scope.View.Key, scope.View.IsAscending, whose.Shape, range.State, range.Waits, direction, start is not null);
        var page = _pages.GetOrAdd(shape, static (_, make) => Compile(make()), query);
        var rows = new List<ConversationWithContact>(Math.Min(take, 100));
        var (at, sequence, id) = (start?.LastActivityAt ?? default, start?.LastSequence ?? 0, start?.Id ?? 0);
        await foreach (var row in page(db, scope.Actor.User, whose.Person, whose.Team, whose.Holder, at, sequence, id, scope.Shut, scope.Closing, yes: true, no: false, take).WithCancellation(cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static Page Compile(IQueryable<ConversationWithContact> query)
    {
        var all = LiftedQuery.Of<Func<WefluxDbContext, UserId, UserId, long, UserId, DateTimeOffset, long, long, DateTimeOffset, DateTimeOffset, bool, bool, IQueryable<ConversationWithContact>>>(query, Parameters);
        var take = Expression.Parameter(typeof(int), "take");
        var some = Expression.Lambda<Func<WefluxDbContext, UserId, UserId, long, UserId, DateTimeOffset, long, long, DateTimeOffset, DateTimeOffset, bool, bool, int, IQueryable<ConversationWithContact>>>(
            Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(ConversationWithContact)], all.Body, take), [.. all.Parameters, take]);
        return new Page(EF.CompileAsyncQuery(some));
    }

    private readonly record struct Shape(
        ViewKey Key, bool IsAscending, HolderShape Whose, ConversationState State, bool? Waits, PageDirection Direction, bool HasStart);
}
