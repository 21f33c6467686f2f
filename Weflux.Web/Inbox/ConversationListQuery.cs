using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox;

/// <summary>
/// The conversation list. What a reader may see is split into ranges of an index (own, unassigned; waiting, not
/// waiting) that are read in order and merged, so a page costs the same however long the list is.
/// </summary>
public sealed class ConversationListQuery(WefluxDatabase database, SharedRows sharedRows)
{
    // Its words, which are the platform's, spell out numbers.
    private const string NoticeKind = "system";

    // Each open screen asks this at each message, so it is compiled once.
    private readonly Func<WefluxDbContext, UserId, long, Task<OwnFacts?>> _ownFacts = EF.CompileAsyncQuery(
        (WefluxDbContext db, UserId me, long id) => db.Set<Conversation>().Where(c => c.Id == id).Select(c => new OwnFacts
        {
            ReadCount = db.Set<ReadCursor>().Where(r => r.ConversationId == c.Id && r.UserId == me).Select(r => r.InboundCount).FirstOrDefault(),
            Draft = db.Set<Draft>().Where(d => d.ConversationId == c.Id && d.UserId == me && d.Text != "").Select(d => d.Text).FirstOrDefault(),
        }).SingleOrDefault());

    /// <summary>One page in the order asked for, always sorted from the top down.</summary>
    /// <param name="actor">The reader.</param>
    /// <param name="order">How the list is sorted.</param>
    /// <param name="cursor">Where to go on; null for the top.</param>
    /// <param name="direction">Which way; from the top only down.</param>
    /// <param name="take">How many lines at most.</param>
    public async Task<ConversationPage> GetAsync(
        Actor actor,
        ListOrder order,
        ListCursor? cursor,
        PageDirection direction,
        int take,
        CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        var counter = await db.ReadCounterAsync(cancellationToken);
        var found = new List<ConversationWithContact>(take + 1);
        foreach (var waiting in Sections(order, cursor, direction))
        {
            var start = waiting is null || waiting == cursor?.NeedsReply ? cursor : null;
            foreach (var range in Visible(db, actor))
            {
                found.AddRange(await Page(db, range, waiting, start, direction).Take(take + 1).AsNoTracking().ToListAsync(cancellationToken));
            }

            if (found.Count > take)
            {
                break;
            }
        }

        // The ranges are read one after the other: a row that changed in between may stand in two of them.
        var newest = found.GroupBy(f => f.Conversation.Id).Select(g => g.MaxBy(f => f.Conversation.Version)!);
        IEnumerable<ConversationWithContact> sorted = Sort(newest, order, direction);
        var page = sorted.Take(take).ToList();
        if (direction == PageDirection.Before)
        {
            page.Reverse();
        }

        var shared = await SharedRows.ShapeAsync(db, page, cancellationToken);
        return new ConversationPage(await ProjectAsync(db, actor, shared, cancellationToken), found.Count > take, counter);
    }

    /// <summary>
    /// The conversations that hints name, as this reader sees them; those that the reader may not see or that are not
    /// in the list any more come back as gone.
    /// </summary>
    public async Task<ChangedRows> ChangedAsync(Actor actor, IReadOnlyCollection<RowVersion> hints, CancellationToken cancellationToken = default)
    {
        var shared = (await sharedRows.GetAsync(actor.Workspace, hints))
            .Where(r => r.State == ConversationState.Open && actor.MaySee(r.AssigneeId)).ToList();
        await using var db = database.Open(actor.Workspace);
        var rows = await ProjectAsync(db, actor, shared, cancellationToken);
        var shown = rows.Select(r => r.Id).ToHashSet();
        return new ChangedRows(rows, [.. hints.Select(h => h.Id).Where(id => !shown.Contains(id)).Distinct()]);
    }

    private static bool?[] Sections(ListOrder order, ListCursor? cursor, PageDirection direction) => (order, direction) switch
    {
        (ListOrder.Newest, _) => [null],
        (_, PageDirection.After) => cursor is { NeedsReply: false } ? [false] : [true, false],
        _ => cursor is { NeedsReply: true } ? [true] : [false, true],
    };

    private static IEnumerable<IQueryable<Conversation>> Visible(WefluxDbContext db, Actor actor)
    {
        var open = db.Set<Conversation>().Where(c => c.State == ConversationState.Open);
        if (actor.May(Permission.SeeAllConversations))
        {
            yield return open;
            yield break;
        }

        var me = actor.User;
        yield return open.Where(c => c.AssigneeId == me);
        if (actor.MaySee(assignee: null))
        {
            yield return open.Where(c => c.AssigneeId == null);
        }
    }

    private static IQueryable<ConversationWithContact> Page(
        WefluxDbContext db,
        IQueryable<Conversation> range,
        bool? waiting,
        ListCursor? cursor,
        PageDirection direction)
    {
        if (waiting is { } flag)
        {
            range = range.Where(c => c.NeedsReply == flag);
        }

        if (cursor is not null)
        {
            range = range.Where(direction == PageDirection.After ? Below(cursor) : Above(cursor));
        }

        var sorted = direction == PageDirection.After
            ? range.OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Id)
            : range.OrderBy(c => c.LastActivityAt).ThenBy(c => c.Id);
        return SharedRows.Select(db, sorted);
    }

    private static Expression<Func<Conversation, bool>> Below(ListCursor cursor)
    {
        var (_, at, id) = cursor;
        return c => c.LastActivityAt <= at && (c.LastActivityAt < at || c.Id < id);
    }

    private static Expression<Func<Conversation, bool>> Above(ListCursor cursor)
    {
        var (_, at, id) = cursor;
        return c => c.LastActivityAt >= at && (c.LastActivityAt > at || c.Id > id);
    }

    private static IOrderedEnumerable<ConversationWithContact> Sort(
        IEnumerable<ConversationWithContact> found, ListOrder order, PageDirection direction)
    {
        var byWaiting = order == ListOrder.NeedsReplyFirst;
        return direction == PageDirection.After
            ? found.OrderByDescending(f => byWaiting && f.Conversation.NeedsReply)
                .ThenByDescending(f => f.Conversation.LastActivityAt).ThenByDescending(f => f.Conversation.Id)
            : found.OrderBy(f => byWaiting && f.Conversation.NeedsReply)
                .ThenBy(f => f.Conversation.LastActivityAt).ThenBy(f => f.Conversation.Id);
    }

    private async Task<IReadOnlyList<ConversationRow>> ProjectAsync(
        WefluxDbContext db, Actor actor, IReadOnlyList<SharedRow> shared, CancellationToken cancellationToken)
    {
        if (shared.Count == 0)
        {
            return [];
        }

        var own = await OwnFactsAsync(db, actor.User, [.. shared.Select(r => r.Id)], cancellationToken);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return [.. shared.Select(r => new ConversationRow(
            r.Id,
            r.Version,
            ContactNames.Show(r.ContactName, r.Phone, seesNumbers),
            seesNumbers ? r.Phone?.E164 : r.Phone?.Masked,
            !seesNumbers && r.LastKind == NoticeKind ? "" : r.LastLine,
            r.LastKind,
            r.LastWhatsAppId,
            r.LastDirection,
            r.LastStatus,
            r.LastActivityAt,
            r.NeedsReply,
            Math.Max(0, r.InboundCount - (own.GetValueOrDefault(r.Id)?.ReadCount ?? 0)),
            r.WindowClosesAt,
            r.AssigneeId,
            r.AssigneeName,
            r.IsSilenced,
            own.GetValueOrDefault(r.Id)?.Draft))];
    }

    private async Task<IReadOnlyDictionary<long, OwnFacts>> OwnFactsAsync(
        WefluxDbContext db, UserId me, List<long> ids, CancellationToken cancellationToken)
    {
        if (ids is [var only])
        {
            return await _ownFacts(db, me, only) is { } facts ? new Dictionary<long, OwnFacts> { [only] = facts } : [];
        }

        var read = await db.Set<ReadCursor>().Where(r => r.UserId == me && ids.Contains(r.ConversationId))
            .ToDictionaryAsync(r => r.ConversationId, r => r.InboundCount, cancellationToken);
        var drafts = await db.Set<Draft>().Where(d => d.UserId == me && ids.Contains(d.ConversationId) && d.Text != "")
            .ToDictionaryAsync(d => d.ConversationId, d => d.Text, cancellationToken);
        return ids.ToDictionary(id => id, id => new OwnFacts { ReadCount = read.GetValueOrDefault(id), Draft = drafts.GetValueOrDefault(id) });
    }

    /// <summary>What of a row is the reader's own.</summary>
    private sealed class OwnFacts
    {
        public required int ReadCount { get; init; }

        public string? Draft { get; init; }
    }
}

/// <summary>What hints changed for one reader.</summary>
/// <param name="Rows">Rows that are in the list, as they are now.</param>
/// <param name="GoneIds">Conversations that are not in this reader's list.</param>
public sealed record ChangedRows(IReadOnlyList<ConversationRow> Rows, IReadOnlyList<long> GoneIds);
