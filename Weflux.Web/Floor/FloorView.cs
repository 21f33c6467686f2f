using Weflux.Domain.Team;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Presence;

namespace Weflux.Web.Floor;

/// <summary>The floor at one moment.</summary>
/// <param name="Waiting">Customers who wait for an answer, the longest wait first.</param>
/// <param name="Closing">Those of them whose window shuts soon, the soonest first.</param>
/// <param name="Unassigned">What nobody holds: those who wait first, the longest wait first.</param>
/// <param name="People">Everybody active: who is available first, then by name.</param>
/// <param name="Counter">The workspace's change counter before the read: what is shown is at least this new.</param>
/// <param name="Zone">The clock of the workspace.</param>
public sealed record FloorView(
    FloorLane Waiting, FloorLane Closing, FloorLane Unassigned, IReadOnlyList<FloorPerson> People, long Counter, TimeZoneInfo Zone);

/// <summary>Conversations of one kind.</summary>
/// <param name="Rows">The first of them.</param>
/// <param name="Count">How many there are; <see cref="ViewCountsQuery.Most"/> stands for that many or more.</param>
public sealed record FloorLane(IReadOnlyList<ConversationRow> Rows, int Count);

/// <summary>A member, and what is on their desk.</summary>
/// <param name="User">Who.</param>
/// <param name="Name">The name.</param>
/// <param name="Picture">Changes with the picture; null if there is none.</param>
/// <param name="Role">As what they work here.</param>
/// <param name="Presence">Whether they are there.</param>
/// <param name="Load">What they hold; <see cref="ViewCountsQuery.Most"/> stands for that many or more.</param>
/// <param name="Waiting">How many of those wait for an answer; bounded as well.</param>
public sealed record FloorPerson(UserId User, string Name, Guid? Picture, Role Role, PresenceNow Presence, MemberLoad Load, int Waiting);
