using Weflux.Web.Api;
using Weflux.Web.Api.Events;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Working;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static IEnumerable<RoleRow> Events() =>
    [
        Of<ApiKeysQuery>(nameof(ApiKeysQuery.GetAsync), Who.Admin),
        Of<ApiClockQuery>(nameof(ApiClockQuery.GetAsync), Who.Admin),
        Of<ContactWordsQuery>(nameof(ContactWordsQuery.GetAsync), Who.Member),
        Of<NoteQuery>(nameof(NoteQuery.FindAsync), Who.Member),
        Of<EventEndpointsQuery>(nameof(EventEndpointsQuery.ListAsync), Who.Admin),
        Of<EventEndpointsQuery>(nameof(EventEndpointsQuery.FindAsync), Who.Admin),
        Of<EventEndpointsQuery>(nameof(EventEndpointsQuery.GivenUpAsync), Who.Admin),
        Of<EventDeliveriesQuery>(nameof(EventDeliveriesQuery.ListAsync), Who.Admin),
        Of<EventDeliveriesQuery>(nameof(EventDeliveriesQuery.NewestAsync), Who.Admin),
        Of<EventDeliveriesQuery>(nameof(EventDeliveriesQuery.FindAsync), Who.Admin),
        Of<MakeEventEndpoint>(nameof(MakeEventEndpoint.ExecuteAsync), Who.Admin, async (u, w, a) =>
        {
            var made = await u.ExecuteAsync(a, Crossings.SomeWebhook);
            if (made.Id is { } id)
            {
                await w.Service<DeleteEventEndpoint>().ExecuteAsync(w.Owner, id);
            }

            return made.IsDone;
        }),
        Of<EditEventEndpoint>(nameof(EditEventEndpoint.ExecuteAsync), Who.Admin),
        Of<SwitchEventEndpoint>(nameof(SwitchEventEndpoint.ExecuteAsync), Who.Admin, (u, w, a) => OnAsync(w, isOn: false, async () => (await u.ExecuteAsync(a, w.Webhook, isOn: true)).IsDone)),
        Of<RotateEventSecret>(nameof(RotateEventSecret.ExecuteAsync), Who.Admin),
        Of<StopOldEventSecret>(nameof(StopOldEventSecret.ExecuteAsync), Who.Admin),
        Of<SendTestEvent>(nameof(SendTestEvent.ExecuteAsync), Who.Admin, (u, w, a) => OnAsync(w, isOn: true, async () => (await u.ExecuteAsync(a, w.Webhook)).IsDone)),
        Of<DeleteEventEndpoint>(nameof(DeleteEventEndpoint.ExecuteAsync), Who.Admin, async (u, w, a) =>
        {
            var made = await w.Service<MakeEventEndpoint>().ExecuteAsync(w.Owner, Crossings.SomeWebhook);
            var isGone = (await u.ExecuteAsync(a, made.Id!.Value)).IsDone;
            await w.Service<DeleteEventEndpoint>().ExecuteAsync(w.Owner, made.Id.Value);
            return isGone;
        }),
        Of<ReplayEvents>(nameof(ReplayEvents.ExecuteAsync), Who.Admin, (u, w, a) => OnAsync(w, isOn: true, async () =>
            (await u.ExecuteAsync(a, w.Event)).Outcome == EventReplayOutcome.Asked
            && (await u.ExecuteAsync(a, w.Webhook, DateTimeOffset.MinValue)).Outcome == EventReplayOutcome.Asked)),
    ];

    /// <summary>The webhook is on or off for one try, and off after it.</summary>
    private static async Task<bool> OnAsync(TwoWorkspaces world, bool isOn, Func<Task<bool>> tryAsync)
    {
        await world.Service<SwitchEventEndpoint>().ExecuteAsync(world.Owner, world.Webhook, isOn);
        var worked = await tryAsync();
        await world.Service<SwitchEventEndpoint>().ExecuteAsync(world.Owner, world.Webhook, isOn: false);
        return worked;
    }
}
