using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Api.Events;

/// <summary>An Admin switches a webhook off, or on again. While it is off, no events are kept for it.</summary>
public sealed class SwitchEventEndpoint(EventEndpointEdits edits)
{
    public Task<EventEndpointAnswer> ExecuteAsync(Actor actor, long id, bool isOn, CancellationToken cancellationToken = default) => edits.ChangeAsync(
        actor,
        id,
        AuditActions.WebhookSwitched,
        async (db, endpoint) =>
        {
            var wasOn = endpoint.State == EventEndpointState.On;
            if (wasOn == isOn && endpoint.State != EventEndpointState.GivenUp)
            {
                return (new EventEndpointAnswer(EventEndpointOutcome.Saved), null);
            }

            (endpoint.State, endpoint.WhyOff) = (isOn ? EventEndpointState.On : EventEndpointState.Off, null);
            (endpoint.Failures, endpoint.FailingSince, endpoint.RestsUntil) = (0, null, null);
            if (!isOn)
            {
                await EventResults.StopWaitingAsync(db, id, EventResults.SwitchedOff, cancellationToken);
            }

            return (
                new EventEndpointAnswer(EventEndpointOutcome.Saved),
                AuditFacts.Changed(endpoint.Name, ("On", EventFacts.YesNo(wasOn), EventFacts.YesNo(isOn))));
        },
        cancellationToken);
}
