using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Events;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.Api.Events;

/// <summary>An Admin has somebody outside told of events.</summary>
public sealed class MakeEventEndpoint(WefluxDatabase database, SecretProtector protector, EventAddresses addresses, AuditLog audit, TimeProvider time)
{
    public async Task<EventEndpointAnswer> ExecuteAsync(Actor actor, EventEndpointInput input, CancellationToken cancellationToken = default)
    {
        if (!EventEndpointEdits.May(actor))
        {
            return new EventEndpointAnswer(EventEndpointOutcome.NotAllowed);
        }

        if (input.Read(addresses, out var name, out var address) is { } fault)
        {
            return new EventEndpointAnswer(EventEndpointOutcome.Invalid, fault);
        }

        var secret = RandomNumberGenerator.GetBytes(EventSignature.SecretLength);
        var key = Guid.CreateVersion7();
        return await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, Permission.ManageWebhooks, cancellationToken))
                {
                    return new EventEndpointAnswer(EventEndpointOutcome.NotAllowed);
                }

                if (await db.Set<EventEndpoint>().CountAsync(cancellationToken) >= EventEndpoint.Most)
                {
                    return new EventEndpointAnswer(EventEndpointOutcome.Full);
                }

                var made = new EventEndpoint
                {
                    WorkspaceId = actor.Workspace,
                    Key = key,
                    Name = name,
                    Address = address!.AbsoluteUri,
                    Types = [.. EventTypes.All.Select(t => t.Name).Where(t => input.Types.Contains(t, StringComparer.Ordinal))],
                    HasText = input.HasText,
                    HasNumbers = input.HasNumbers,
                    Secret = protector.Protect(secret, EventEndpoint.SecretContext(key)),
                    CreatedAt = time.GetUtcNow(),
                    CreatedBy = actor.User,
                };
                db.Add(made);
                await db.SaveChangesAsync(cancellationToken);
                await audit.AddAsync(
                    db,
                    actor,
                    AuditActions.WebhookMade,
                    AuditFacts.Made(
                        name,
                        ("Host", EventEndpointEdits.Host(made.Address)),
                        ("Events", string.Join(' ', made.Types)),
                        ("With text", EventFacts.YesNo(made.HasText)),
                        ("With phone numbers", EventFacts.YesNo(made.HasNumbers))),
                    cancellationToken);
                return new EventEndpointAnswer(EventEndpointOutcome.Saved) { Id = made.Id, Secret = EventSignature.Write(secret) };
            },
            cancellationToken);
    }
}

internal static class EventFacts
{
    public static string YesNo(bool value) => value ? "yes" : "no";
}
