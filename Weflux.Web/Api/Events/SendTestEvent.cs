using System.Text.Json.Nodes;
using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Api.Events;

/// <summary>An Admin tries whether a webhook works: an event that means nothing goes the way of all others.</summary>
public sealed class SendTestEvent(EventEndpointEdits edits, EventRecorder recorder, TimeProvider time)
{
    public Task<EventEndpointAnswer> ExecuteAsync(Actor actor, long id, CancellationToken cancellationToken = default) => edits.ChangeAsync(
        actor,
        id,
        AuditActions.WebhookTested,
        async (db, endpoint) =>
        {
            if (endpoint.State != EventEndpointState.On)
            {
                return (new EventEndpointAnswer(EventEndpointOutcome.Invalid, "Switch the webhook on first."), null);
            }

            // Whoever presses the button wants to know now.
            endpoint.RestsUntil = null;
            var words = $"This is a test from Weflux, for the webhook {endpoint.Name}.";
            await recorder.AddAsync(
                db, endpoint, new OutgoingEvent(EventTypes.Test, time.GetUtcNow(), null, (_, _) => new JsonObject { ["words"] = words }), cancellationToken);
            return (new EventEndpointAnswer(EventEndpointOutcome.Saved), new AuditFacts(endpoint.Name));
        },
        cancellationToken);
}
