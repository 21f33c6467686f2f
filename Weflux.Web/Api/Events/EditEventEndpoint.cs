using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Api.Events;

/// <summary>An Admin changes where a webhook leads and what it tells. The secret stays.</summary>
public sealed class EditEventEndpoint(EventEndpointEdits edits, EventAddresses addresses)
{
    public async Task<EventEndpointAnswer> ExecuteAsync(Actor actor, long id, EventEndpointInput input, CancellationToken cancellationToken = default) =>
        await edits.ChangeAsync(
            actor,
            id,
            AuditActions.WebhookEdited,
            (_, endpoint) => Task.FromResult(Change(endpoint, input)),
            cancellationToken);

    private (EventEndpointAnswer Answer, AuditFacts? Facts) Change(EventEndpoint endpoint, EventEndpointInput input)
    {
        if (input.Read(addresses, out var name, out var address) is { } fault)
        {
            return (new EventEndpointAnswer(EventEndpointOutcome.Invalid, fault), null);
        }

        IReadOnlyList<string> types = [.. EventTypes.All.Select(t => t.Name).Where(t => input.Types.Contains(t, StringComparer.Ordinal))];
        var facts = AuditFacts.Changed(
            endpoint.Name,
            ("Name", endpoint.Name, name),
            ("Host", EventEndpointEdits.Host(endpoint.Address), EventEndpointEdits.Host(address!.AbsoluteUri)),
            ("Events", string.Join(' ', endpoint.Types), string.Join(' ', types)),
            ("With text", EventFacts.YesNo(endpoint.HasText), EventFacts.YesNo(input.HasText)),
            ("With phone numbers", EventFacts.YesNo(endpoint.HasNumbers), EventFacts.YesNo(input.HasNumbers)));
        if (!string.Equals(endpoint.Address, address.AbsoluteUri, StringComparison.Ordinal))
        {
            // Another address has not failed yet, and what is under way to the one before says nothing of it.
            (endpoint.Failures, endpoint.FailingSince, endpoint.RestsUntil, endpoint.LeaseId) = (0, null, null, null);
        }

        (endpoint.Name, endpoint.Address, endpoint.Types) = (name, address.AbsoluteUri, types);
        (endpoint.HasText, endpoint.HasNumbers) = (input.HasText, input.HasNumbers);
        return (new EventEndpointAnswer(EventEndpointOutcome.Saved), facts);
    }
}
