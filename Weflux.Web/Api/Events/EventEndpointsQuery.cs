using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Events;

/// <summary>A webhook as Admins see it. Of its secret nothing is told.</summary>
/// <param name="Waiting">How many events wait, to 999; 1000 for more.</param>
/// <param name="Failed">How many failed in the last 30 days, to 999; 1000 for more.</param>
/// <param name="SignsTwiceUntil">Until when sendings are signed with the old secret too; null if they are not.</param>
public sealed record EventEndpointView(
    long Id,
    string Name,
    string Address,
    IReadOnlyList<string> Types,
    bool HasText,
    bool HasNumbers,
    EventEndpointState State,
    string? WhyOff,
    DateTimeOffset? FailingSince,
    DateTimeOffset? RestsUntil,
    DateTimeOffset? TookAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SignsTwiceUntil,
    int Waiting,
    int Failed)
{
    public bool IsFailing(DateTimeOffset now) => State == EventEndpointState.On && (FailingSince is not null || RestsUntil > now);
}

/// <summary>A webhook that Weflux switched off.</summary>
public sealed record GivenUpEndpoint(long Id, string Name, string Why);

/// <summary>The webhooks of a workspace.</summary>
public sealed class EventEndpointsQuery(WefluxDatabase database, TimeProvider time)
{
    public const int MostCounted = 1000;

    /// <returns>Null if the actor may not see them.</returns>
    public async Task<IReadOnlyList<EventEndpointView>?> ListAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeEvents))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        return await ReadAsync(db, db.Set<EventEndpoint>().OrderBy(e => e.Id), cancellationToken);
    }

    /// <returns>Null if there is none of that id that the actor may see.</returns>
    public async Task<EventEndpointView?> FindAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeEvents))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        return (await ReadAsync(db, db.Set<EventEndpoint>().Where(e => e.Id == id), cancellationToken)).SingleOrDefault();
    }

    /// <summary>Those that Weflux switched off and nobody has looked after since; none for those who may not.</summary>
    public async Task<IReadOnlyList<GivenUpEndpoint>> GivenUpAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWebhooks))
        {
            return [];
        }

        await using var db = database.Open(actor.Workspace);
        return await db.Set<EventEndpoint>().Where(e => e.State == EventEndpointState.GivenUp).OrderBy(e => e.Id)
            .Select(e => new GivenUpEndpoint(e.Id, e.Name, e.WhyOff ?? "")).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<EventEndpointView>> ReadAsync(WefluxDbContext db, IQueryable<EventEndpoint> which, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var views = new List<EventEndpointView>();
        foreach (var e in await which.AsNoTracking().ToListAsync(cancellationToken))
        {
            views.Add(new EventEndpointView(
                e.Id, e.Name, e.Address, e.Types, e.HasText, e.HasNumbers, e.State, e.WhyOff, e.FailingSince, e.RestsUntil, e.TookAt, e.CreatedAt,
                e.OldSecretUntil > now ? e.OldSecretUntil : null,
                await CountAsync(db, e.Id, EventDeliveryState.Waiting, cancellationToken),
                await CountAsync(db, e.Id, EventDeliveryState.Failed, cancellationToken)));
        }

        return views;
    }

    private static Task<int> CountAsync(WefluxDbContext db, long endpointId, EventDeliveryState state, CancellationToken cancellationToken) =>
        db.Set<EventDelivery>().Where(d => d.EndpointId == endpointId && d.State == state).OrderBy(d => d.Id).Take(MostCounted).CountAsync(cancellationToken);
}
