using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Events;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Api.Events;

public enum EventEndpointOutcome
{
    Saved,

    /// <summary>There is no such webhook for this person.</summary>
    NotFound,

    NotAllowed,

    /// <summary>What was entered cannot be taken.</summary>
    Invalid,

    /// <summary>There are as many as there can be.</summary>
    Full,
}

/// <summary>What became of a change of a webhook.</summary>
/// <param name="Outcome">Whether it was made.</param>
/// <param name="Fault">What is wrong and what to do; null if nothing is.</param>
public sealed record EventEndpointAnswer(EventEndpointOutcome Outcome, string? Fault = null)
{
    /// <summary>Which webhook it is.</summary>
    public long? Id { get; init; }

    /// <summary>Its new secret, which is shown this once; null if there is none.</summary>
    public string? Secret { get; init; }

    public bool IsDone => Outcome == EventEndpointOutcome.Saved;

    /// <summary>What to say to whoever asked; null if it was done.</summary>
    public string? Words => Outcome switch
    {
        EventEndpointOutcome.Saved => null,
        EventEndpointOutcome.NotFound => "This webhook is gone already.",
        EventEndpointOutcome.NotAllowed => "Only Admins may change webhooks. Ask one of yours.",
        EventEndpointOutcome.Full => $"There are {EventEndpoint.Most} webhooks already, which is as many as there can be. Delete one first.",
        _ => Fault ?? "This cannot be taken.",
    };
}

/// <summary>What somebody entered of a webhook.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Address">Where to send.</param>
/// <param name="Types">Of which kinds of events.</param>
/// <param name="HasText">Whether with what people wrote.</param>
/// <param name="HasNumbers">Whether with phone numbers in full.</param>
public sealed record EventEndpointInput(string? Name, string? Address, IReadOnlyCollection<string> Types, bool HasText, bool HasNumbers)
{
    /// <summary>What is wrong with it; null if nothing is.</summary>
    internal string? Read(EventAddresses addresses, out string name, out Uri? address)
    {
        address = null;
        var fault = PlainName.Read(Name, EventEndpoint.NameLength, out name);
        return fault != NameFault.None ? $"Give the webhook a name of at most {EventEndpoint.NameLength} characters, on one line."
            : addresses.Read(Address, out address) is not EventAddressFault.None and var bad ? addresses.Words(bad)
            : Types.Count == 0 ? "Choose at least one kind of event."
            : !Types.All(EventTypes.IsKnown) ? "One of the events is not known any more. Choose again."
            : null;
    }
}

/// <summary>How a webhook is changed: by an Admin, on record.</summary>
public sealed class EventEndpointEdits(WefluxDatabase database, AuditLog audit)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="id">Which webhook.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="changeAsync">Makes the change, and says what for the record; no facts if it was so already.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<EventEndpointAnswer> ChangeAsync(
        Actor actor,
        long id,
        string action,
        Func<WefluxDbContext, EventEndpoint, Task<(EventEndpointAnswer Answer, AuditFacts? Facts)>> changeAsync,
        CancellationToken cancellationToken)
    {
        if (!May(actor))
        {
            return new EventEndpointAnswer(EventEndpointOutcome.NotAllowed);
        }

        return await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, Permission.ManageWebhooks, cancellationToken))
                {
                    return new EventEndpointAnswer(EventEndpointOutcome.NotAllowed);
                }

                if (await db.Set<EventEndpoint>().SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is not { } endpoint)
                {
                    return new EventEndpointAnswer(EventEndpointOutcome.NotFound);
                }

                var (answer, facts) = await changeAsync(db, endpoint);
                if (answer.IsDone && facts is not null)
                {
                    await db.SaveChangesAsync(cancellationToken);
                    await audit.AddAsync(db, actor, action, facts, cancellationToken);
                }

                return answer with { Id = id };
            },
            cancellationToken);
    }

    internal static bool May(Actor actor) => actor.Key is null && actor.May(Permission.ManageWebhooks);

    /// <summary>What goes on record of an address: the rest of it may be as good as a password.</summary>
    internal static string Host(string address) => new Uri(address).Host;
}
