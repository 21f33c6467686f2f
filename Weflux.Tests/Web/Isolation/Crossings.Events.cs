using Weflux.Web.Api;
using Weflux.Web.Api.Events;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Working;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    internal static readonly EventEndpointInput SomeWebhook = new("Mine", "https://example.com/mine", [EventTypes.ContactCreated], HasText: false, HasNumbers: false);

    private static IEnumerable<Crossing> Events() =>
    [
        Of<ApiKeysQuery>(nameof(ApiKeysQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a))?.Where(k => k.Id == w.Key).ToList()),
        Of<ApiClockQuery>(nameof(ApiClockQuery.GetAsync), async (q, _, a) => (await q.GetAsync(a)).Zone.Id == TwoWorkspaces.TimeZone ? "theirs" : null),
        Of<ContactWordsQuery>(nameof(ContactWordsQuery.GetAsync), async (q, w, a) => a.Workspace == w.Owner.Workspace ? await q.GetAsync(a) : await OwnAsync(q, a)),
        Of<NoteQuery>(nameof(NoteQuery.FindAsync), async (q, w, a) => await q.FindAsync(a, w.NoteDraft)),
        Of<EventEndpointsQuery>(nameof(EventEndpointsQuery.ListAsync), async (q, w, a) => (await q.ListAsync(a))?.Where(e => e.Id == w.Webhook).ToList()),
        Of<EventEndpointsQuery>(nameof(EventEndpointsQuery.FindAsync), async (q, w, a) => await q.FindAsync(a, w.Webhook)),
        Of<EventEndpointsQuery>(nameof(EventEndpointsQuery.GivenUpAsync), (q, w, a) => w.GivenUpAsync(async () => await q.GivenUpAsync(a))),
        Of<EventDeliveriesQuery>(nameof(EventDeliveriesQuery.ListAsync), async (q, w, a) => (await q.ListAsync(a, w.Webhook, null, Whole))?.Data),
        Of<EventDeliveriesQuery>(nameof(EventDeliveriesQuery.NewestAsync), async (q, w, a) => await q.NewestAsync(a, w.Webhook, null, null, 100)),
        Of<EventDeliveriesQuery>(nameof(EventDeliveriesQuery.FindAsync), async (q, w, a) => await q.FindAsync(a, w.Event)),
        Of<MakeEventEndpoint>(nameof(MakeEventEndpoint.ExecuteAsync), async (u, _, a) =>
        {
            // What a stranger makes is the stranger's own.
            await u.ExecuteAsync(a, SomeWebhook);
            return null;
        }),
        Of<EditEventEndpoint>(nameof(EditEventEndpoint.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Webhook, SomeWebhook)).IsDone),
        Of<SwitchEventEndpoint>(nameof(SwitchEventEndpoint.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Webhook, isOn: true)).IsDone),
        Of<RotateEventSecret>(nameof(RotateEventSecret.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Webhook)).Secret),
        Of<StopOldEventSecret>(nameof(StopOldEventSecret.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Webhook)).IsDone),
        Of<SendTestEvent>(nameof(SendTestEvent.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Webhook)).IsDone),
        Of<DeleteEventEndpoint>(nameof(DeleteEventEndpoint.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Webhook)).IsDone),
        Of<ReplayEvents>($"{nameof(ReplayEvents.ExecuteAsync)}(one)", async (u, w, a) => Reached(await u.ExecuteAsync(a, w.Event))),
        Of<ReplayEvents>($"{nameof(ReplayEvents.ExecuteAsync)}(all)", async (u, w, a) => Reached(await u.ExecuteAsync(a, w.Webhook, DateTimeOffset.MinValue))),
    ];

    private static object? Reached(EventReplayAnswer answer) => answer.Outcome is EventReplayOutcome.NotFound or EventReplayOutcome.NotAllowed ? null : answer;

    /// <summary>A stranger has stages of their own, which are made at the first look.</summary>
    private static async Task<object?> OwnAsync(ContactWordsQuery query, Weflux.Domain.Team.Actor actor)
    {
        await query.GetAsync(actor);
        return null;
    }
}
