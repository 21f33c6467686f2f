using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Data;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Inbox.Views;

/// <summary>The conversations of a view as ranges of indexes, and what narrows them further.</summary>
internal sealed class ViewRows(WefluxDbContext db, ViewScope scope)
{
    /// <summary>What fits so few conversations leads, and they are sorted.</summary>
    public const int Few = 1000;

    private readonly InboxView _view = scope.View;
    private readonly ViewFilter _filter = scope.View.Filter;

    /// <summary>Whether conversations of a range may have to be passed over.</summary>
    public bool IsNarrowed => _view.MustHaveFailed || _filter.IsUnread || _filter.Window is not null
        || _filter.ConnectionId is not null || _filter.TeamId is not null || _filter.LabelId is not null || _filter.StageId is not null
        || (_view.Key != ViewKey.Activity && (scope.From ?? scope.Until) is not null);

    /// <summary>Whether the same query, with other values, reads every page of a range.</summary>
    public bool IsPlain => !IsNarrowed && (scope.From ?? scope.Until) is null;

    /// <summary>Each range is in order in an index. Together they hold everything that may belong.</summary>
    /// <param name="waits">Only those that wait for an answer, or only those that do not; null for both.</param>
    public IEnumerable<ViewRange> Ranges(bool? waits)
    {
        foreach (var holder in scope.Holders)
        {
            // The indexes of some ranges have those that wait apart from the others, also where the order does not.
            bool?[] parts = waits is null && holder.IsSplit && _view.Key == ViewKey.Activity ? [true, false] : [waits];
            foreach (var (state, part) in _view.States.SelectMany(_ => parts, (state, part) => (state, part)))
            {
                yield return new ViewRange(holder, state, part, () => Keyed(Waiting(InState(holder.In(db), state), part, holder.IsJoined), holder.IsJoined));
            }
        }
    }

    /// <summary>The same of conversations that were found elsewhere, by one question.</summary>
    public IQueryable<Conversation> Among(IQueryable<Conversation> found, bool? waits) => Keyed(Waiting(InStates(Held(found)), waits, isLed: true), isLed: true);

    /// <summary>Takes those away that the filter does not want.</summary>
    public IQueryable<Conversation> Narrow(IQueryable<Conversation> range)
    {
        if (_view.MustHaveFailed)
        {
            range = range.Where(c => db.Set<SendTrouble>().Any(t => t.ConversationId == c.Id));
        }

        if (_filter.ConnectionId is { } connection)
        {
            range = range.Where(c => c.ConnectionId == connection);
        }

        if (_filter.TeamId is { } team)
        {
            range = team == ViewFilter.Nobody ? range.Where(c => c.TeamId == null) : range.Where(c => c.TeamId == team);
        }

        if (_filter.LabelId is { } label)
        {
            range = range.Where(c => db.Set<ConversationLabel>().Any(l => l.ConversationId == c.Id && l.LabelId == label));
        }

        if (_filter.StageId is { } stage)
        {
            range = range.Where(c => db.Set<Contact>().Any(p => p.Id == c.ContactId && p.StageId == stage));
        }

        if (_filter.IsUnread)
        {
            var me = scope.Actor.User;
            range = range.Where(c => c.InboundCount > 0
                && !db.Set<ReadCursor>().Any(r => r.UserId == me && r.ConversationId == c.Id && r.InboundCount >= c.InboundCount));
        }

        return InWindow(_view.Key == ViewKey.Activity ? range : Dated(range));
    }

    /// <summary>The ids of the first thing asked for that fits few conversations; null if everything fits many.</summary>
    public async Task<IQueryable<long>?> FewAsync(CancellationToken cancellationToken)
    {
        foreach (var range in Leads())
        {
            var few = range.Distinct().Take(Few + 1);
            if (await few.CountAsync(cancellationToken) <= Few)
            {
                return few;
            }
        }

        return null;
    }

    /// <summary>Those whom the reader may see and the view asks for.</summary>
    public IQueryable<Conversation> Held(IQueryable<Conversation> conversations) => conversations.Where(HolderRange.Any(db, scope.Holders));

    private IEnumerable<IQueryable<long>> Leads()
    {
        if (_view.MustHaveFailed)
        {
            yield return db.Set<SendTrouble>().Select(t => t.ConversationId);
        }

        if (_filter.LabelId is { } label)
        {
            yield return db.Set<ConversationLabel>().Where(l => l.LabelId == label).Select(l => l.ConversationId);
        }

        if (_filter.StageId is { } stage)
        {
            yield return
                from p in db.Set<Contact>()
                from c in db.Set<Conversation>()
                where p.StageId == stage && c.ContactId == p.Id
                select c.Id;
        }

        if (_filter.TeamId is { } team && team != ViewFilter.Nobody)
        {
            yield return db.Set<Conversation>().Where(c => c.TeamId == team).Select(c => c.Id);
        }

        if (_filter.ConnectionId is { } connection)
        {
            yield return db.Set<Conversation>().Where(c => c.ConnectionId == connection).Select(c => c.Id);
        }
    }

    // A snooze has an end and nothing else has, so its index need not name the state.
    private IQueryable<Conversation> InState(IQueryable<Conversation> range, ConversationState state) =>
        _view.Key == ViewKey.SnoozedUntil ? range : range.Where(c => c.State == state);

    private IQueryable<Conversation> InStates(IQueryable<Conversation> range) => _view.States is [var only] ? InState(range, only) : range;

    // Who waits does so since a time, which says it already; but where something else leads, the index of that time must not.
    private IQueryable<Conversation> Waiting(IQueryable<Conversation> range, bool? waits, bool isLed) =>
        waits is { } flag && (isLed || _view.Key != ViewKey.WaitingSince) ? range.Where(c => c.NeedsReply == flag) : range;

    private IQueryable<Conversation> Keyed(IQueryable<Conversation> range, bool isLed)
    {
        var (shut, closing) = (scope.Shut, scope.Closing);
        return _view.Key switch
        {
            ViewKey.SnoozedUntil => range.Where(c => c.SnoozedUntil != null),
            ViewKey.WaitingSince when !isLed => range.Where(c => c.WaitingSince != null),
            ViewKey.CustomerAct => range.Where(c => c.LastCustomerActAt > shut && c.LastCustomerActAt < closing),
            ViewKey.Activity => Dated(range),
            _ => range,
        };
    }

    private IQueryable<Conversation> Dated(IQueryable<Conversation> range)
    {
        if (scope.From is { } from)
        {
            range = range.Where(c => c.LastActivityAt >= from);
        }

        return scope.Until is { } until ? range.Where(c => c.LastActivityAt < until) : range;
    }

    private IQueryable<Conversation> InWindow(IQueryable<Conversation> range)
    {
        var (shut, closing) = (scope.Shut, scope.Closing);
        return _filter.Window switch
        {
            WindowState.Open => range.Where(c => c.LastCustomerActAt > shut),
            WindowState.Closing => range.Where(c => c.LastCustomerActAt > shut && c.LastCustomerActAt < closing),
            WindowState.Closed => range.Where(c => c.LastCustomerActAt == null || c.LastCustomerActAt <= shut),
            _ => range,
        };
    }
}

/// <summary>A part of a view that stands in order in an index.</summary>
/// <param name="Holder">Whose conversations.</param>
/// <param name="State">In which state.</param>
/// <param name="Waits">Those that wait for an answer, or those that do not; null for both.</param>
/// <param name="Rows">The conversations.</param>
internal sealed record ViewRange(HolderRange Holder, ConversationState State, bool? Waits, Func<IQueryable<Conversation>> Rows);
