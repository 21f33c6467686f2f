using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox;

/// <summary>
/// The conversation list. What a reader may see of a view is split into ranges of an index (own, asked of the reader, unassigned of each team; waiting, not waiting) that are read in order and merged, so a page costs the same however long the list is.
/// </summary>
public sealed class ConversationListQuery(WefluxDatabase database, SharedRows sharedRows, TimeProvider time)
{
    // Its words, which are the platform's, spell out numbers.
    private const string NoticeKind = "system";

    private readonly ViewPages _pages = new();

    /// <summary>One page of a view in its order, always sorted from the top down.</summary>
    /// <param name="actor">The reader.</param>
    /// <param name="view">What is shown, and how it is sorted.</param>
    /// <param name="cursor">Where to go on; null for the top.</param>
    /// <param name="direction">Which way; from the top only down.</param>
    /// <param name="take">How many lines at most.</param>
    public async Task<ConversationPage> GetAsync(
        Actor actor,
        InboxView view,
        ListCursor? cursor,
        PageDirection direction,
        int take,
        CancellationToken cancellationToken = default)
    {
        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        var counter = await db.ReadCounterAsync(cancellationToken);
        var scope = await ViewScope.OfAsync(db, actor, view, time.GetUtcNow(), cancellationToken);
        var page = await new ViewReading(db, scope, _pages).ReadAsync(cursor, direction, take, cancellationToken);
        var shared = await SharedRows.ShapeAsync(db, [.. page.Rows.Select(r => r.Row)], actor.User, cancellationToken);
        return new ConversationPage(Project(actor, shared.Zip(page.Rows, (row, found) => (row, found.Place))), page.HasMore, counter) { End = page.End };
    }

    /// <summary>
    /// The conversations that hints name, as this reader sees them; those that the reader may not see or that do not belong
    /// to the view come back as gone.
    /// </summary>
    public async Task<ChangedRows> ChangedAsync(
        Actor actor, InboxView view, IReadOnlyCollection<RowVersion> hints, CancellationToken cancellationToken = default)
    {
        var shared = await sharedRows.GetAsync(actor.Workspace, hints);
        var match = await ViewMatch.OfAsync(database, actor, view, shared, time.GetUtcNow(), cancellationToken);
        var rows = Project(actor, shared.Select(r => (r, match.PlaceOf(r))).Where(r => r.Item2 is not null)!);
        var shown = rows.Select(r => r.Id).ToHashSet();
        return new ChangedRows(rows, [.. hints.Select(h => h.Id).Where(id => !shown.Contains(id)).Distinct()]);
    }

    private static ConversationRow[] Project(Actor actor, IEnumerable<(SharedRow Row, ListCursor Place)> shared)
    {
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return
        [
            .. shared.Select(r => Project(r.Row, r.Row.Of(actor.User), seesNumbers) with
            {
                Place = r.Place,
                HandOver = MarkOf(actor, r.Row.Holding),
                IsJoined = r.Row.Holding.IsJoinedBy(actor.User),
            }),
        ];
    }

    private static HandOverMark MarkOf(Actor actor, Holding held) =>
        held is { AskedMember: null, AskedTeam: null } ? HandOverMark.None
        : held.AskedMember == actor.User || (held.Assignee != actor.User && actor.Teams.Has(held.AskedTeam)) ? HandOverMark.ForMe
        : HandOverMark.ForOthers;

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
        SnoozedUntil = row.SnoozedUntil,
        WaitingSince = row.WaitingSince,
    };
}

/// <summary>What hints changed for one reader.</summary>
/// <param name="Rows">Rows that are in the list, as they are now.</param>
/// <param name="GoneIds">Conversations that are not in this reader's list.</param>
public sealed record ChangedRows(IReadOnlyList<ConversationRow> Rows, IReadOnlyList<long> GoneIds);
