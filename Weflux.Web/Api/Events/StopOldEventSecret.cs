using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Api.Events;

/// <summary>An Admin ends the time in which sendings are signed with the old secret too.</summary>
public sealed class StopOldEventSecret(EventEndpointEdits edits)
{
    public Task<EventEndpointAnswer> ExecuteAsync(Actor actor, long id, CancellationToken cancellationToken = default) => edits.ChangeAsync(
        actor,
        id,
        AuditActions.WebhookOldSecretStopped,
        (_, endpoint) =>
        {
            var had = endpoint.OldSecret is not null;
            (endpoint.OldSecret, endpoint.OldSecretUntil) = (null, null);
            return Task.FromResult<(EventEndpointAnswer, AuditFacts?)>((
                new EventEndpointAnswer(EventEndpointOutcome.Saved), had ? new AuditFacts(endpoint.Name) : null));
        },
        cancellationToken);
}
