using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Domain.Events;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Api.Events;

/// <summary>Sends what is due for one address, as long as its turn lasts, and writes down what came of each sending.</summary>
public sealed class EventRun(
    WefluxDatabase database,
    SecretProtector protector,
    EventCall call,
    EventAddresses addresses,
    EventResults results,
    IOptions<EventOptions> options,
    TimeProvider time)
{
    private const int AtOnce = 8;

    /// <summary>How long a turn lasts, so that others get theirs.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);

    /// <returns>Whether more is due.</returns>
    public async Task<bool> ExecuteAsync(WorkspaceId workspace, long endpointId, CancellationToken cancellationToken)
    {
        if (await TakeAsync(workspace, endpointId, cancellationToken) is not { } leaseId)
        {
            return false;
        }

        try
        {
            return await SendDueAsync(workspace, endpointId, leaseId, cancellationToken);
        }
        finally
        {
            await database.WriteAsync(
                workspace,
                db => db.Set<EventEndpoint>().Where(e => e.Id == endpointId && e.LeaseId == leaseId).ExecuteUpdateAsync(
                    set => set.SetProperty(e => e.LeaseId, (Guid?)null).SetProperty(e => e.LeasedUntil, (DateTimeOffset?)null), CancellationToken.None),
                CancellationToken.None);
        }
    }

    private async Task<Guid?> TakeAsync(WorkspaceId workspace, long endpointId, CancellationToken cancellationToken)
    {
        var (now, leaseId) = (time.GetUtcNow(), Guid.NewGuid());
        var until = now + options.Value.Lease;
        var taken = await database.WriteAsync(
            workspace,
            db => db.Set<EventEndpoint>().Where(e => e.Id == endpointId && (e.LeasedUntil == null || e.LeasedUntil <= now)).ExecuteUpdateAsync(
                set => set.SetProperty(e => e.LeaseId, leaseId).SetProperty(e => e.LeasedUntil, until), cancellationToken),
            cancellationToken);
        return taken == 1 ? leaseId : null;
    }

    private async Task<bool> SendDueAsync(WorkspaceId workspace, long endpointId, Guid leaseId, CancellationToken cancellationToken)
    {
        var end = time.GetUtcNow() + Turn;
        while (time.GetUtcNow() < end)
        {
            if (await ReadAsync(workspace, endpointId, leaseId, cancellationToken) is not { Rows.Count: > 0 } batch)
            {
                return false;
            }

            var sent = await Task.WhenAll(batch.Rows.Select(row => SendAsync(batch, row, cancellationToken)));
            FailPoint.Pass(FailPoint.EventAnswered);
            await results.RecordAsync(workspace, endpointId, leaseId, sent, CancellationToken.None);
        }

        return true;
    }

    private async Task<Batch?> ReadAsync(WorkspaceId workspace, long endpointId, Guid leaseId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open(workspace);
        var endpoint = await db.Set<EventEndpoint>().AsNoTracking().SingleOrDefaultAsync(
            e => e.Id == endpointId && e.LeaseId == leaseId && e.State == EventEndpointState.On && (e.RestsUntil == null || e.RestsUntil <= now),
            cancellationToken);
        if (endpoint is null)
        {
            return null;
        }

        // One that failed last is tried with one event before others follow.
        var most = endpoint.Failures > 0 ? 1 : AtOnce;
        var rows = await db.Set<EventDelivery>().AsNoTracking()
            .Where(d => d.EndpointId == endpointId && d.State == EventDeliveryState.Waiting && d.NextAt <= now)
            .OrderBy(d => d.NextAt).ThenBy(d => d.Id).Take(most).ToListAsync(cancellationToken);
        return new Batch(endpoint, rows, Secrets(endpoint, now));
    }

    /// <returns>None if they cannot be decrypted: that is written down as any other failure, or it would be tried each second for ever.</returns>
    private List<byte[]> Secrets(EventEndpoint endpoint, DateTimeOffset now)
    {
        try
        {
            List<byte[]> secrets = [protector.Unprotect(endpoint.Secret, EventEndpoint.SecretContext(endpoint.Key))];
            if (endpoint.OldSecret is { } old && endpoint.OldSecretUntil > now)
            {
                secrets.Add(protector.Unprotect(old, EventEndpoint.OldSecretContext(endpoint.Key)));
            }

            return secrets;
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private async Task<SentEvent> SendAsync(Batch batch, EventDelivery row, CancellationToken cancellationToken)
    {
        // What was allowed when it was entered need not be so any more.
        if (addresses.Read(batch.Endpoint.Address, out var address) is not EventAddressFault.None and var fault)
        {
            return new SentEvent(row, time.GetUtcNow(), new EventAnswer(null, null, addresses.Words(fault), null));
        }

        if (batch.Secrets.Count == 0)
        {
            return new SentEvent(row, time.GetUtcNow(), new EventAnswer(null, null, "The secret cannot be decrypted with the key ring. Make a new one.", null));
        }

        byte[] kept;
        try
        {
            kept = protector.Unprotect(row.Body, EventDelivery.BodyContext(row.EventId));
        }
        catch (CryptographicException)
        {
            return new SentEvent(row, time.GetUtcNow(), new EventAnswer(null, null, "The event cannot be decrypted with the key ring.", null));
        }

        // What the webhook might have when it happened need not be what it may have now.
        if (!EventBodies.TryRead(kept, batch.Endpoint.HasNumbers, batch.Endpoint.HasText, out var body))
        {
            return new SentEvent(row, time.GetUtcNow(), new EventAnswer(null, null, "The event was kept by another version of Weflux and cannot be read.", null));
        }

        var sentAt = time.GetUtcNow();
        return new SentEvent(row, sentAt, await call.SendAsync(address!, batch.Secrets, row.WebhookId, sentAt, body, cancellationToken));
    }

    private sealed record Batch(EventEndpoint Endpoint, IReadOnlyList<EventDelivery> Rows, IReadOnlyList<byte[]> Secrets);
}

/// <summary>One sending that is over.</summary>
/// <param name="Row">The event as it was before.</param>
/// <param name="At">When it was sent (UTC).</param>
/// <param name="Answer">What came of it.</param>
public sealed record SentEvent(EventDelivery Row, DateTimeOffset At, EventAnswer Answer);
