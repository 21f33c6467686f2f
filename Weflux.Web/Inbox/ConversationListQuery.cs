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

        var shared = await SharedRows.ShapeAsync(db, page, actor.User, cancellationToken);
        return new ConversationPage(Project(actor, shared), found.Count > take, counter);
    }

    /// <summary>
    /// The conversations that hints name, as this reader sees them; those that the reader may not see or that are not
    /// in the list any more come back as gone.
    /// </summary>
    public async Task<ChangedRows> ChangedAsync(Actor actor, IReadOnlyCollection<RowVersion> hints)
    {
        var shared = (await sharedRows.GetAsync(actor.Workspace, hints))
            .Where(r => r.State == ConversationState.Open && actor.MaySee(r.AssigneeId)).ToList();
        var rows = Project(actor, shared);
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
            ? range.OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.LastSequence).ThenByDescending(c => c.Id)
            : range.OrderBy(c => c.LastActivityAt).ThenBy(c => c.LastSequence).ThenBy(c => c.Id);
        return SharedRows.Select(db, sorted);
    }

    private static Expression<Func<Conversation, bool>> Below(ListCursor cursor)
    {
        var (_, at, sequence, id) = cursor;
        return c => c.LastActivityAt <= at && (c.LastActivityAt < at || c.LastSequence < sequence || (c.LastSequence == sequence && c.Id < id));
    }

    private static Expression<Func<Conversation, bool>> Above(ListCursor cursor)
    {
        var (_, at, sequence, id) = cursor;
        return c => c.LastActivityAt >= at && (c.LastActivityAt > at || c.LastSequence > sequence || (c.LastSequence == sequence && c.Id > id));
    }

    private static IOrderedEnumerable<ConversationWithContact> Sort(
        IEnumerable<ConversationWithContact> found, ListOrder order, PageDirection direction)
    {
        var byWaiting = order == ListOrder.NeedsReplyFirst;
        return direction == PageDirection.After
            ? found.OrderByDescending(f => byWaiting && f.Conversation.NeedsReply)
                .ThenByDescending(f => f.Conversation.LastActivityAt).ThenByDescending(f => f.Conversation.LastSequence).ThenByDescending(f => f.Conversation.Id)
            : found.OrderBy(f => byWaiting && f.Conversation.NeedsReply)
                .ThenBy(f => f.Conversation.LastActivityAt).ThenBy(f => f.Conversation.LastSequence).ThenBy(f => f.Conversation.Id);
    }

    private static ConversationRow[] Project(Actor actor, IReadOnlyList<SharedRow> shared)
    {
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return [.. shared.Select(r => Project(r, r.Of(actor.User), seesNumbers))];
    }

    private static ConversationRow Project(SharedRow row, ReaderFacts own, bool seesNumbers) => new(
        row.Id,
        row.Version,
        ContactNames.Show(row.ContactName, row.Phone, seesNumbers),
        seesNumbers ? row.Phone?.E164 : row.Phone?.Masked,
        !seesNumbers && row.LastKind == NoticeKind && LineWords.Notice(row.LastLine) is null ? "" : row.LastLine,
        row.LastKind,
        row.LastWhatsAppId,
        row.LastDirection,
        row.LastStatus,
        row.LastActivityAt,
        row.LastSequence,
        row.NeedsReply,
        Math.Max(0, row.InboundCount - own.ReadCount),
        row.WindowClosesAt,
        row.AssigneeId,
        row.Assignee,
        row.IsSilenced,
        own.Draft)
    {
        IsGroup = row.IsGroup,
        LabelIds = row.LabelIds,
    };
}

/// <summary>What hints changed for one reader.</summary>
/// <param name="Rows">Rows that are in the list, as they are now.</param>
/// <param name="GoneIds">Conversations that are not in this reader's list.</param>
public sealed record ChangedRows(IReadOnlyList<ConversationRow> Rows, IReadOnlyList<long> GoneIds);
