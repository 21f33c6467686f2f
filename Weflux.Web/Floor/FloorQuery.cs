using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Presence;
using Weflux.Web.Team;

namespace Weflux.Web.Floor;

/// <summary>
/// Who waits, what shuts, and who has how much on their desk. Every list is the beginning of a range of an index, and every
/// number is counted in one, up to a bound.
/// </summary>
public sealed class FloorQuery(WefluxDatabase database, ConversationListQuery list, ViewCountsQuery counts, PresenceQuery presence)
{
    /// <summary>How many conversations a lane shows.</summary>
    public const int LaneLength = 12;

    private static readonly InboxView Waiting = new() { Kind = ViewKind.NeedsReply };
    private static readonly InboxView Closing = new() { Kind = ViewKind.ClosingSoon };
    private static readonly InboxView Free = new() { Kind = ViewKind.Unassigned };
    private static readonly InboxView FreeWaiting = Waiting with { Filter = new ViewFilter { AssigneeId = ViewFilter.Nobody } };

    /// <returns>The floor; null if the reader may not watch it.</returns>
    public async Task<FloorView?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        // What is behind the numbers is conversations of everybody: a program that watches must be let see them as well.
        if (!actor.May(Permission.WatchFloor) || !actor.May(Permission.SeeAllConversations))
        {
            return null;
        }

        // The counts come first: what is read after them is at least as new as their counter says.
        if (await counts.GetAsync(actor, cancellationToken) is not { } counted)
        {
            return null;
        }

        var (waiting, closing) = (await RowsAsync(Waiting), await RowsAsync(Closing));
        var free = await RowsAsync(FreeWaiting);
        if (free.Count < LaneLength)
        {
            // What needed a reply a moment ago may need none now, and stands there already.
            var known = free.Select(r => r.Id).ToHashSet();
            free = [.. free, .. (await RowsAsync(Free)).Where(r => !r.NeedsReply && !known.Contains(r.Id)).Take(LaneLength - free.Count)];
        }

        await using var db = database.Open(actor.Workspace);
        var zone = await db.Set<Workspace>().Where(w => w.Id == actor.Workspace).Select(w => w.TimeZone).SingleAsync(cancellationToken);
        return new FloorView(
            new FloorLane(waiting, counted.NeedsReply),
            new FloorLane(closing, counted.ClosingSoon),
            new FloorLane(free, counted.Unassigned),
            await PeopleAsync(db, cancellationToken),
            counted.Counter,
            WorkspaceTime.Find(zone));

        async Task<IReadOnlyList<ConversationRow>> RowsAsync(InboxView view) =>
            (await list.GetAsync(actor, view, cursor: null, PageDirection.After, LaneLength, cancellationToken)).Rows;
    }

    /// <summary>What each member holds, in one question however many there are.</summary>
    internal static IQueryable<MemberCount> Counts(WefluxDbContext db)
    {
        var isWaiting = true;
        return
            from place in db.Set<Membership>()
            where place.IsActive
            select new MemberCount
            {
                User = place.UserId,
                Role = place.Role,
                Capacity = place.Capacity,
                Open = db.Set<Conversation>().Where(c => c.AssigneeId == place.UserId && c.State == ConversationState.Open)
                    .Select(c => c.Id).Take(ViewCountsQuery.Most).Count(),
                Waiting = db.Set<Conversation>().Where(c => c.AssigneeId == place.UserId && c.State == ConversationState.Open && c.NeedsReply == isWaiting)
                    .Select(c => c.Id).Take(ViewCountsQuery.Most).Count(),
            };
    }

    private async Task<IReadOnlyList<FloorPerson>> PeopleAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var held = await Counts(db).ToListAsync(cancellationToken);
        var there = await presence.ReadAsync(db, cancellationToken);
        var people = await SharedRows.ColleaguesAsync(db, held.Select(m => (UserId?)m.User), cancellationToken);
        return
        [
            .. from member in held
               let person = people.GetValueOrDefault(member.User.Value)
               let now = there.GetValueOrDefault(member.User)
               where person is not null && now is not null
               orderby now.State descending, person.Name, member.User.Value
               select new FloorPerson(member.User, person.Name, person.Picture, member.Role, now, new MemberLoad(member.Open, member.Capacity), member.Waiting),
        ];
    }

    internal sealed class MemberCount
    {
        public UserId User { get; init; }

        public Role Role { get; init; }

        public int? Capacity { get; init; }

        public int Open { get; init; }

        public int Waiting { get; init; }
    }
}
