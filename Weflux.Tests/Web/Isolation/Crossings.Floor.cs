using Weflux.Domain.Team;
using Weflux.Web.Floor;
using Weflux.Web.Presence;
using Weflux.Web.Team.Members;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    /// <summary>Who is there, and who has how much.</summary>
    private static IEnumerable<Crossing> Floor() =>
    [
        Of<PresenceQuery>(nameof(PresenceQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a)).Where(p => p.Key == w.Owner.User).ToList()),

        // A stranger is there, and chooses, in the stranger's own workspace.
        Of<PresenceQuery>(nameof(PresenceQuery.OwnAsync), async (q, w, a) => a.Workspace == w.Owner.Workspace ? await q.OwnAsync(a) : null),
        Of<ChoosePresence>(nameof(ChoosePresence.ExecuteAsync), async (u, w, a) =>
            await u.ExecuteAsync(a, PresenceChoice.Available) == PresenceOutcome.Done && a.Workspace == w.Owner.Workspace),
        Of<SetCapacity>(nameof(SetCapacity.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Colleague, 3) == CapacityOutcome.Saved),
        Of<FloorQuery>(nameof(FloorQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a)) is { } floor
            ? floor.People.Where(p => p.User == w.Owner.User).Select(p => p.User.Value).Concat(floor.Waiting.Rows.Where(r => r.Id == w.Conversation).Select(r => r.Id)).ToList()
            : null),
    ];
}
