using Weflux.Domain.Team;
using Weflux.Web.Floor;
using Weflux.Web.Presence;
using Weflux.Web.Team.Members;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static int _capacity;

    private static IEnumerable<RoleRow> Floor() =>
    [
        Of<PresenceQuery>(nameof(PresenceQuery.GetAsync), Who.Member, async (q, _, a) => (await q.GetAsync(a)).Count > 0),
        Of<PresenceQuery>(nameof(PresenceQuery.OwnAsync), Who.Member, async (q, _, a) => await q.OwnAsync(a) is not null),
        Of<ChoosePresence>(nameof(ChoosePresence.ExecuteAsync), Who.Member, async (u, _, a) =>
            await u.ExecuteAsync(a, PresenceChoice.Away) == PresenceOutcome.Done && await u.ExecuteAsync(a, PresenceChoice.Available) == PresenceOutcome.Done),
        Of<SetCapacity>(nameof(SetCapacity.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            await u.ExecuteAsync(a, w.Colleague, ++_capacity) == CapacityOutcome.Saved),
        Of<FloorQuery>(nameof(FloorQuery.GetAsync), Who.ManagerAndAdmin, async (q, _, a) => await q.GetAsync(a) is { People.Count: > 0 }),
    ];
}
