using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox.Views;

/// <summary>The order of a view in the database and in memory. The further down a place is, the later it comes in the list.</summary>
internal readonly record struct ViewOrder(ViewKey Key, bool IsAscending, bool HasSections)
{
    public static ViewOrder Of(InboxView view) => new(view.Key, view.IsAscending, view.HasSections);

    /// <summary>Where a conversation stands.</summary>
    public ListCursor PlaceOf(Conversation conversation) => Place(
        conversation.NeedsReply, conversation.LastActivityAt, conversation.LastSequence, conversation.Id, conversation.SnoozedUntil, conversation.LastCustomerActAt, conversation.WaitingSince);

    /// <inheritdoc cref="PlaceOf(Conversation)"/>
    public ListCursor PlaceOf(SharedRow row) => Place(
        row.NeedsReply, row.LastActivityAt, row.LastSequence, row.Id, row.SnoozedUntil, row.WindowClosesAt - ServiceWindow.Length, row.WaitingSince);

    /// <summary>Compares two places: the first of the list is the smallest.</summary>
    public int Compare(ListCursor a, ListCursor b)
    {
        var bySection = HasSections ? b.NeedsReply.CompareTo(a.NeedsReply) : 0;
        if (bySection != 0)
        {
            return bySection;
        }

        var byTime = (b.LastActivityAt, b.LastSequence, b.Id).CompareTo((a.LastActivityAt, a.LastSequence, a.Id));
        return IsAscending ? -byTime : byTime;
    }

    /// <summary>The nearest place before this one, so that what comes after it begins with this one.</summary>
    public ListCursor JustBefore(ListCursor place) => Key == ViewKey.Mention
        ? place with { LastSequence = place.LastSequence + 1 }
        : place with { Id = place.Id + (IsAscending ? -1 : 1) };

    public IQueryable<Conversation> Sort(IQueryable<Conversation> range, PageDirection direction)
    {
        var isDown = IsDown(direction);
        return (Key, isDown) switch
        {
            (ViewKey.SnoozedUntil, true) => range.OrderByDescending(c => c.SnoozedUntil).ThenByDescending(c => c.Id),
            (ViewKey.SnoozedUntil, _) => range.OrderBy(c => c.SnoozedUntil).ThenBy(c => c.Id),
            (ViewKey.CustomerAct, true) => range.OrderByDescending(c => c.LastCustomerActAt).ThenByDescending(c => c.Id),
            (ViewKey.CustomerAct, _) => range.OrderBy(c => c.LastCustomerActAt).ThenBy(c => c.Id),
            (ViewKey.WaitingSince, true) => range.OrderByDescending(c => c.WaitingSince).ThenByDescending(c => c.Id),
            (ViewKey.WaitingSince, _) => range.OrderBy(c => c.WaitingSince).ThenBy(c => c.Id),
            (_, true) => range.OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.LastSequence).ThenByDescending(c => c.Id),
            _ => range.OrderBy(c => c.LastActivityAt).ThenBy(c => c.LastSequence).ThenBy(c => c.Id),
        };
    }

    /// <summary>What comes after a place in a direction.</summary>
    public IQueryable<Conversation> Beyond(IQueryable<Conversation> range, ListCursor place, PageDirection direction) =>
        range.Where(IsDown(direction) ? Below(place) : Above(place));

    /// <summary>What comes up to a place in a direction, the place included.</summary>
    public IQueryable<Conversation> UpTo(IQueryable<Conversation> range, ListCursor place, PageDirection direction) => IsDown(direction)
        ? range.Where(Above(place with { Id = place.Id - 1 }))
        : range.Where(Below(place with { Id = place.Id + 1 }));

    private bool IsDown(PageDirection direction) => direction == PageDirection.After != IsAscending;

    private ListCursor Place(
        bool needsReply, DateTimeOffset activity, long sequence, long id, DateTimeOffset? snoozedUntil, DateTimeOffset? customerAct, DateTimeOffset? waitingSince)
    {
        return Key switch
        {
            ViewKey.SnoozedUntil => new ListCursor(false, snoozedUntil ?? default, 0, id),
            ViewKey.CustomerAct => new ListCursor(true, customerAct ?? default, 0, id),
            ViewKey.WaitingSince => new ListCursor(true, waitingSince ?? default, 0, id),
            _ => new ListCursor(needsReply, activity, sequence, id),
        };
    }

    private Expression<Func<Conversation, bool>> Below(ListCursor place)
    {
        var (_, at, sequence, id) = place;
        return Key switch
        {
            ViewKey.SnoozedUntil => c => c.SnoozedUntil <= at && (c.SnoozedUntil < at || c.Id < id),
            ViewKey.CustomerAct => c => c.LastCustomerActAt <= at && (c.LastCustomerActAt < at || c.Id < id),
            ViewKey.WaitingSince => c => c.WaitingSince <= at && (c.WaitingSince < at || c.Id < id),
            _ => c => c.LastActivityAt <= at && (c.LastActivityAt < at || c.LastSequence < sequence || (c.LastSequence == sequence && c.Id < id)),
        };
    }

    private Expression<Func<Conversation, bool>> Above(ListCursor place)
    {
        var (_, at, sequence, id) = place;
        return Key switch
        {
            ViewKey.SnoozedUntil => c => c.SnoozedUntil >= at && (c.SnoozedUntil > at || c.Id > id),
            ViewKey.CustomerAct => c => c.LastCustomerActAt >= at && (c.LastCustomerActAt > at || c.Id > id),
            ViewKey.WaitingSince => c => c.WaitingSince >= at && (c.WaitingSince > at || c.Id > id),
            _ => c => c.LastActivityAt >= at && (c.LastActivityAt > at || c.LastSequence > sequence || (c.LastSequence == sequence && c.Id > id)),
        };
    }
}
