using System.Security.Cryptography;
using Weflux.Domain.Events;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Security;

namespace Weflux.Web.Api.Events;

/// <summary>An Admin gives a webhook a new secret. For a day, sendings are signed with both, so that whoever checks them can change over.</summary>
public sealed class RotateEventSecret(EventEndpointEdits edits, SecretProtector protector, TimeProvider time)
{
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public Task<EventEndpointAnswer> ExecuteAsync(Actor actor, long id, CancellationToken cancellationToken = default) => edits.ChangeAsync(
        actor,
        id,
        AuditActions.WebhookSecretRotated,
        (_, endpoint) =>
        {
            var (key, secret) = (endpoint.Key, RandomNumberGenerator.GetBytes(EventSignature.SecretLength));
            var old = Read(endpoint);
            endpoint.OldSecret = old is null ? null : protector.Protect(old, EventEndpoint.OldSecretContext(key));
            endpoint.OldSecretUntil = old is null ? null : time.GetUtcNow() + Overlap;
            endpoint.Secret = protector.Protect(secret, EventEndpoint.SecretContext(key));
            return Task.FromResult<(EventEndpointAnswer, AuditFacts?)>((
                new EventEndpointAnswer(EventEndpointOutcome.Saved) { Secret = EventSignature.Write(secret) }, new AuditFacts(endpoint.Name)));
        },
        cancellationToken);

    /// <returns>Null if its key has left the ring: then there is nothing to go on signing with.</returns>
    private byte[]? Read(EventEndpoint endpoint)
    {
        try
        {
            return protector.Unprotect(endpoint.Secret, EventEndpoint.SecretContext(endpoint.Key));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
